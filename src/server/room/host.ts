import type { Agreement } from '../../commands/agreement.ts';
import { MESSAGES_ZSTD, SNAPSHOT_ZSTD } from '../../commands/capabilities.ts';
import { createLinkId, createToken, hashToken } from '../../commands/governance/link-token.ts';
import { signalStatement } from '../../commands/signal-statement.ts';
import type { Signer, Verifier } from '../../commands/signing.ts';
import { webCryptoVerifier } from '../../commands/signing.ts';
import type { Accepted } from '../../protocol/generated/types.ts';
import type { MessageCodec } from '../../protocol/message-compression.ts';
import { type Bytes, toHex } from '../../shared/bytes.ts';
import { messageOf, ThetaError } from '../../shared/errors.ts';
import type { IncomingRequest, Transport } from '../../transport/transport.ts';
import { admit } from '../admission.ts';
import type {
  LinkRequest,
  RoomHost,
  RoomHostContext,
  RoomHostStats,
  SignalRequest,
  TakenBack,
  Uploader,
} from '../room-host.ts';
import type { SessionRecord } from '../storage/storage.ts';
import { Connection } from './connection.ts';
import type { WantedContent } from './lost-content.ts';
import { signedPastSnapshot } from './past-snapshot.ts';
import { CLOSE } from './peer.ts';
import { Room, type RoomContext } from './room.ts';
import { ROOM_LIMITS, type RoomLimits } from './room-limits.ts';
import { createRoomMetrics } from './room-metrics.ts';
import { sessionSigner } from './session-signer.ts';
import { type Compress, snapshotRecord } from './snapshots.ts';

export interface HostOptions extends RoomHostContext {
  readonly limits?: Partial<RoomLimits>;
  /** T3: what this server speaks. */
  readonly agreement: Agreement;
  readonly compress: Compress;
  /** Without it messages go as they are. */
  readonly messages?: MessageCodec;
  readonly verifier?: Verifier;
  readonly signerOf?: (session: SessionRecord) => Promise<Signer>;
}

export interface HostContext extends RoomContext {
  readonly agreement: Agreement;
  readonly compress: Compress;
  readonly messages: MessageCodec | undefined;
  roomOf(sessionId: string): Promise<Room | undefined>;
  nextPeerId(): number;
}

function withoutCompression(agreement: Agreement): Agreement {
  const capabilities = agreement.capabilities.filter((each) => each !== MESSAGES_ZSTD);
  return { ...agreement, capabilities };
}

/** How long an empty room stays in memory. */
const IDLE_MS = 60_000;

/** The rooms of a server: opened when somebody comes, put away when everybody has gone. */
export class Rooms implements RoomHost {
  readonly #context: HostContext;
  readonly #rooms = new Map<string, Promise<Room | undefined>>();
  readonly #connections = new Set<Connection>();
  /** D3: by session, content that is asked for. */
  readonly #wanted = new Map<string, WantedContent>();
  readonly #snapshotAt = new WeakMap<Room, number>();
  #peerIds = 0;
  #closing = false;

  constructor(options: HostOptions) {
    const { storage, blobs, clock, metrics, loggerFor, compress, messages } = options;
    const agreement = messages ? options.agreement : withoutCompression(options.agreement);
    this.#context = {
      storage,
      blobs,
      clock,
      agreement,
      compress,
      messages,
      logger: loggerFor('room'),
      metrics: createRoomMetrics(metrics),
      limits: { ...ROOM_LIMITS, ...options.limits },
      verifier: options.verifier ?? webCryptoVerifier(),
      signerOf: options.signerOf ?? sessionSigner,
      roomOf: (id) => this.#roomOf(id),
      nextPeerId: () => {
        this.#peerIds += 1;
        return this.#peerIds;
      },
    };
  }

  acceptTransport(transport: Transport, _request: IncomingRequest): void {
    if (this.#closing) {
      transport.close(CLOSE.shutdown, 'The server is stopping.');
      return;
    }
    const connection = new Connection(this.#context, transport);
    this.#connections.add(connection);
    connection.onEnd = () => {
      this.#connections.delete(connection);
      const { room } = connection;
      if (room) this.#settleLater(room);
    };
  }

  async mayJoin(request: SignalRequest): Promise<boolean> {
    const { session, author, token, statement, signature } = request;
    const { verifier, clock } = this.#context;
    const signed = signalStatement(session, statement);
    if (!(await verifier.verify(author, 'theta signal 1', signed, signature))) return false;
    const room = await this.#roomOf(session);
    if (room === undefined) return false;
    const { governance } = room.document;
    return admit(governance, toHex(author), token, clock.wallTime()).status !== 'refused';
  }

  authorizeUpload(sessionId: string, token: string): Uploader | undefined {
    const holder = this.#holderOf(token);
    return holder?.session === sessionId ? holder : undefined;
  }

  authorOfLost(sessionId: string, token: string, digest: string): string | undefined {
    const wanted = this.#wanted.get(sessionId);
    return wanted?.token === token ? wanted.authorOf(digest) : undefined;
  }

  authorizeDownload(token: string): string | undefined {
    return this.#holderOf(token)?.session;
  }

  /** Who is connected and was given this token; nobody whose role has ended. */
  #holderOf(token: string): (Uploader & { readonly session: string }) | undefined {
    const holder = this.#peerWith(token);
    if (holder === undefined) return undefined;
    const { room, peer } = holder;
    const author = peer.identity.authorHex;
    const role = room.roleOf(author);
    return role && { session: room.session.id, author, role };
  }

  async pastSnapshot(id: string, token: string, atMostIndex: number): Promise<Bytes | undefined> {
    if (this.authorizeUpload(id, token) === undefined) return undefined;
    const zstd = this.#peerWith(token)?.peer.has(SNAPSHOT_ZSTD) ?? false;
    const room = await this.#rooms.get(id);
    return room && signedPastSnapshot(room, this.#context.storage, { atMostIndex, zstd });
  }

  async createLink(sessionId: string, link: LinkRequest): Promise<string | undefined> {
    const room = await this.#roomOf(sessionId);
    if (room === undefined) return undefined;
    const token = createToken();
    await room.inTurn(async () => {
      await room.addLink({ id: createLinkId(), tokenHash: hashToken(token), ...link });
      await room.settled();
    });
    if (room.isOver) throw new ThetaError('storage', 'The link could not be stored.');
    this.#settleLater(room);
    return token;
  }

  async takeBack(sessionId: string, records: readonly Accepted[]): Promise<TakenBack | undefined> {
    if (this.#closing) return undefined;
    const room = await this.#context.roomOf(sessionId);
    if (room === undefined) return undefined;
    const taken = await room.inTurn(() => room.takeBack(records));
    if (taken.missing.length > 0) this.#wanted.set(sessionId, room.wanted);
    else this.#wanted.delete(sessionId);
    this.#settleLater(room);
    return taken;
  }

  holds(sessionId: string): boolean {
    return this.#rooms.has(sessionId);
  }

  async shutdown(): Promise<void> {
    this.#closing = true;
    const rooms = await Promise.all(this.#rooms.values());
    for (const room of rooms) {
      if (room) await room.inTurn(() => this.#putAway(room));
    }
    for (const connection of [...this.#connections]) {
      connection.close(CLOSE.shutdown, 'The server is stopping; your edits are safe.');
    }
  }

  stats(): RoomHostStats {
    let peers = 0;
    for (const { peer } of this.#connections) if (peer) peers += 1;
    return { rooms: this.#rooms.size, peers };
  }

  #peerWith(token: string): Connection['tokenHolder'] {
    for (const { tokenHolder } of this.#connections) {
      if (tokenHolder?.peer.identity.uploadToken === token) return tokenHolder;
    }
    return undefined;
  }

  #roomOf(id: string): Promise<Room | undefined> {
    let room = this.#rooms.get(id);
    if (room === undefined) {
      room = this.#open(id);
      this.#rooms.set(id, room);
    }
    return room;
  }

  async #open(id: string): Promise<Room | undefined> {
    try {
      const session = await this.#context.storage.getSession(id);
      if (session === undefined) {
        this.#rooms.delete(id);
        return undefined;
      }
      const room = await Room.open(this.#context, session);
      this.#snapshotAt.set(room, room.position.index);
      room.onBroken = () => this.#forget(room);
      room.onJudged = () => this.#snapshotWhenDue(room);
      return room;
    } catch (thrown) {
      this.#rooms.delete(id);
      this.#context.logger.error('A room could not be opened.', {
        session: id,
        error: messageOf(thrown),
      });
      throw thrown;
    }
  }

  #forget({ session }: Room): void {
    this.#rooms.delete(session.id);
    this.#wanted.delete(session.id);
  }

  #snapshotWhenDue(room: Room): void {
    const last = this.#snapshotAt.get(room) ?? 0;
    if (room.position.index - last < this.#context.limits.snapshotEvery) return;
    this.#snapshotAt.set(room, room.position.index);
    void room.inTurn(() => this.#store(room));
  }

  /** D4: a stored snapshot, so that a start reads it and the log after it, not the whole history. */
  async #store(room: Room): Promise<void> {
    await room.settled();
    // What could not be written to the log must not be in a snapshot.
    if (room.isOver) return;
    const { storage, clock, logger, compress } = this.#context;
    try {
      await storage.putSnapshot(snapshotRecord(room, compress, clock.wallTime()));
    } catch (thrown) {
      logger.error('A snapshot could not be stored; the log is whole.', {
        session: room.session.id,
        error: messageOf(thrown),
      });
    }
  }

  async #putAway(room: Room): Promise<void> {
    const last = this.#snapshotAt.get(room) ?? 0;
    if (room.position.index > last) await this.#store(room);
  }

  #settleLater(room: Room): void {
    const isIdle = (): boolean => room.peers.size === 0 && !room.isOver && !this.#closing;
    if (!isIdle()) return;
    this.#context.clock.setTimer(() => {
      if (!isIdle()) return;
      void room.inTurn(async () => {
        await this.#putAway(room);
        if (!isIdle()) return;
        room.end();
        this.#forget(room);
      });
    }, IDLE_MS);
  }
}
