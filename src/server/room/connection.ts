import type { Terms } from '../../commands/agreement.ts';
import { MESSAGES_ZSTD } from '../../commands/capabilities.ts';
import { ephemeralRole, PRESENCE_ROLE } from '../../commands/ephemeral.ts';
import { createToken } from '../../commands/governance/link-token.ts';
import { openPacket } from '../../commands/packet.ts';
import type { ClientPayload, Ephemeral, Hello, Presence } from '../../protocol/generated/types.ts';
import { MAX_CLIENT_MESSAGE_BYTES } from '../../protocol/limits.ts';
import { isZstd } from '../../protocol/zstd-frame.ts';
import { type Bytes, toBase64Url, toHex } from '../../shared/bytes.ts';
import { messageOf, ThetaError } from '../../shared/errors.ts';
import { type CloseInfo, type Lane, LOST, type Transport } from '../../transport/transport.ts';
import { admit, JOIN_REFUSALS } from '../admission.ts';
import { agreeOn, JoinRefused, makeChallenge, verifyProof } from './handshake.ts';
import type { HostContext } from './host.ts';
import { join } from './joining.ts';
import { readClientMessage, serverMessage } from './messages.ts';
import { CLOSE, Peer } from './peer.ts';
import { guardPresence } from './presence-guard.ts';
import { Fault, faultOf, type Room } from './room.ts';
import { TokenBucket } from './token-bucket.ts';

const MAX_NAME = 64;
const KNOWN_CODES: ReadonlySet<number> = new Set([...Object.values(CLOSE), LOST.code]);

/** How far a connection has come. */
type State =
  | { readonly at: 'hello' }
  | { readonly at: 'working' }
  | {
      readonly at: 'proof';
      readonly room: Room;
      readonly hello: Hello;
      readonly helloBytes: Bytes;
      readonly challenge: ReturnType<typeof makeChallenge>;
      readonly terms: Terms;
    }
  /** The welcome goes out, and what is missing after it. */
  | { readonly at: 'joining'; readonly room: Room; readonly peer: Peer }
  | { readonly at: 'joined'; readonly room: Room; readonly peer: Peer }
  | { readonly at: 'closed' };

/** One transport from its first byte to its last: handshake (T3), then a peer of a room. */
export class Connection {
  readonly #context: HostContext;
  readonly #transport: Transport;
  readonly #bytes: TokenBucket;
  readonly #presence: TokenBucket;
  #state: State = { at: 'hello' };
  #faults = 0;
  #queued = 0;
  #heardAt: number;
  #cancelWatch: () => void = () => undefined;
  onEnd: () => void = () => undefined;

  constructor(context: HostContext, transport: Transport) {
    const { clock, limits } = context;
    this.#context = context;
    this.#transport = transport;
    this.#bytes = new TokenBucket(clock, limits.byteBurst, limits.bytesPerSecond);
    this.#presence = new TokenBucket(clock, limits.presenceBurst, limits.presencePerSecond);
    this.#heardAt = clock.now();
    transport.onMessage = (lane, message) => this.#onMessage(lane, message);
    transport.onClose = (info) => this.#onClose(info);
    this.#watch(limits.handshakeMs);
  }

  /** Whom an upload token stands for: from the welcome on that brings it, while he is here. */
  get tokenHolder(): { readonly room: Room; readonly peer: Peer } | undefined {
    const state = this.#state;
    return state.at === 'joining' || state.at === 'joined' ? state : undefined;
  }

  get peer(): Peer | undefined {
    return this.#state.at === 'joined' ? this.#state.peer : undefined;
  }

  get #isClosed(): boolean {
    return this.#state.at === 'closed';
  }

  get room(): Room | undefined {
    return this.#state.at === 'joined' ? this.#state.room : undefined;
  }

  close(code: number, reason: string): void {
    this.#transport.close(code, reason);
    this.#end();
  }

  #onClose({ code, fault }: CloseInfo): void {
    const { metrics } = this.#context;
    if (fault) metrics.transportFaults.add({ transport: this.#transport.kind, fault });
    // A peer may close with whatever number it likes.
    metrics.closes.add({ code: KNOWN_CODES.has(code) ? String(code) : 'other' });
    this.#end();
  }

  #onMessage(lane: Lane, bytes: Bytes): void {
    if (this.#state.at === 'closed') return;
    this.#heardAt = this.#context.clock.now();
    if (this.#bytes.take(bytes.length) > 0) {
      this.#context.metrics.payloadGuardDrops.add({});
      this.close(CLOSE.busy, 'Too much at once.');
      return;
    }
    try {
      const message = isZstd(bytes) ? this.#inflate(bytes) : bytes;
      this.#dispatch(lane, readClientMessage(message), message);
    } catch (thrown) {
      this.#fault(thrown);
    }
  }

  /** S3: what comes out counts, too, and is bounded before it is taken in. */
  #inflate(bytes: Bytes): Bytes {
    const { messages } = this.#context;
    const { peer } = this;
    if (!messages || !peer?.has(MESSAGES_ZSTD)) {
      throw new Fault('compression', 'Nobody agreed on compressed messages.');
    }
    const message = compressionFault(() => messages.inflate(bytes, MAX_CLIENT_MESSAGE_BYTES));
    if (this.#bytes.take(message.length) > 0) {
      this.#context.metrics.payloadGuardDrops.add({});
      throw new Fault('too_large', 'Too much at once.');
    }
    return message;
  }

  #dispatch(lane: Lane, payload: ClientPayload, bytes: Bytes): void {
    const state = this.#state;
    if (payload.type === 'Ping') {
      this.#send({ type: 'Pong', value: payload.value });
      return;
    }
    if (payload.type === 'Leave') {
      this.close(CLOSE.normal, '');
      return;
    }
    if (state.at === 'hello' && payload.type === 'Hello') {
      void this.#guard(this.#hello(payload.value, bytes));
      return;
    }
    if (state.at === 'proof' && payload.type === 'Proof') {
      void this.#guard(this.#prove(state, payload.value.signature));
      return;
    }
    if (state.at !== 'joined') return;
    if (payload.type === 'Submit') this.#submit(state, payload.value.packet);
    else if (payload.type === 'Presence') this.#relayPresence(state, payload.value, lane);
    else if (payload.type === 'Inflates') this.#deflateFor(state.peer, payload.value.dictionary);
    else if (payload.type === 'Ephemeral') this.#relayEphemeral(state, payload.value);
  }

  async #hello(hello: Hello, bytes: Bytes): Promise<void> {
    this.#state = { at: 'working' };
    const terms = agreeOn(hello, this.#context.agreement);
    const room = await this.#context.roomOf(toBase64Url(hello.session));
    if (room === undefined) {
      throw new JoinRefused('unknown_session', 'There is no such session; it may have expired.');
    }
    if (room.peers.size >= this.#context.limits.maxPeers) {
      throw new JoinRefused('session_full', 'This session is full.');
    }
    const challenge = makeChallenge(room.sessionKey, terms);
    this.#state = { at: 'proof', room, hello, helloBytes: bytes, challenge, terms };
    this.#send({ type: 'Challenge', value: challenge });
  }

  async #prove(state: Extract<State, { at: 'proof' }>, signature: Bytes): Promise<void> {
    this.#state = { at: 'working' };
    const { room, hello, challenge, terms } = state;
    const { verifier, metrics, storage, clock, limits, compress } = this.#context;
    const proven = await verifyProof(
      verifier,
      challenge,
      { author: hello.author, bytes: state.helloBytes },
      signature,
    );
    if (!proven) {
      metrics.signatureRejections.add({});
      throw new JoinRefused('bad_proof', 'The key of this browser could not be confirmed.');
    }
    const { resumeEpoch, resumeIndex } = hello;
    if (resumeEpoch === room.session.epoch && resumeIndex > room.position.index) {
      // Nobody is let in before: that would be a record in the place of one that is to come back.
      throw new JoinRefused(
        'log_behind',
        'This server lacks a part of the session; this page brings it back.',
      );
    }
    const authorHex = toHex(hello.author);
    const name = (hello.name ?? '').slice(0, MAX_NAME);
    const peer = new Peer(
      {
        id: this.#context.nextPeerId(),
        author: new Uint8Array(hello.author),
        authorHex,
        replica: hello.replica,
        name,
        color: hello.color & 0xffffff,
        uploadToken: createToken(),
        terms,
      },
      this.#transport,
      new TokenBucket(clock, limits.wastedBurst, limits.wastedPerSecond),
      limits.maxUnreadBytes,
    );
    const { maxResumedPackets } = limits;
    const random = challenge.random;
    await room.inTurn(async () => {
      if (this.#isClosed) return;
      await this.#admit(room, authorHex, name, hello.token);
      if (this.#isClosed) return;
      this.#state = { at: 'joining', room, peer };
      await join({ room, peer, hello, challenge: random, storage, compress, maxResumedPackets });
      this.#joined(room, peer);
    });
  }

  /** S4: settles what the author may be here; what is new of it is logged first. */
  async #admit(room: Room, key: string, name: string, token: string | undefined): Promise<void> {
    if (!room.mayBeKnown(key)) {
      throw new JoinRefused('author_id_taken', 'Somebody else here has a key with the same name.');
    }
    const { storage, clock } = this.#context;
    const now = clock.wallTime();
    const answer = admit(room.document.governance, key, token, now);
    if (answer.status === 'refused') {
      throw new JoinRefused(answer.reason, JOIN_REFUSALS[answer.reason]);
    }
    if (answer.status === 'granted') {
      const { role, link } = answer;
      await room.admit({ key, name, role, link });
    }
    await storage.updateSession({ id: room.session.id, lastActiveAt: now });
  }

  #joined(room: Room, peer: Peer): void {
    // The line may have been lost while the welcome went out.
    if (this.#isClosed) room.remove(peer);
    else this.#state = { at: 'joined', room, peer };
  }

  #deflateFor(peer: Peer, dictionary: number): void {
    const { messages } = this.#context;
    if (peer.has(MESSAGES_ZSTD) && messages?.dictionary === dictionary) peer.messages = messages;
  }

  #submit({ room, peer }: Extract<State, { at: 'joined' }>, packet: Bytes): void {
    if (this.#queued >= this.#context.limits.maxQueuedPackets) {
      this.close(CLOSE.busy, 'Too many packets at once.');
      return;
    }
    this.#queued += 1;
    void this.#guard(
      room.submit(peer, packet).finally(() => {
        this.#queued -= 1;
      }),
      () => nonceOf(packet),
    );
  }

  #relayPresence(
    { room, peer }: Extract<State, { at: 'joined' }>,
    presence: Presence,
    lane: Lane,
  ): void {
    if (lane === 'bulk') return;
    const { presenceFaults } = this.#context.metrics;
    if (this.#presence.take() > 0) {
      presenceFaults.add({ fault: 'rate' });
      return;
    }
    if (!room.mayShow(peer, PRESENCE_ROLE)) return;
    const { presence: shown, clamped } = guardPresence(presence);
    if (clamped) presenceFaults.add({ fault: 'place' });
    const value = { ...shown, peer: peer.identity.id };
    room.presence.show(value);
  }

  #relayEphemeral({ room, peer }: Extract<State, { at: 'joined' }>, ephemeral: Ephemeral): void {
    const { id } = ephemeral;
    if (this.#presence.take() > 0) {
      this.#context.metrics.rateLimitDrops.add({});
      this.#send({ type: 'Relayed', value: { id, ok: false, reason: 'rate' } });
      return;
    }
    if (!room.mayShow(peer, ephemeralRole(ephemeral.op.type))) {
      this.#send({ type: 'Relayed', value: { id, ok: false, reason: 'role' } });
      return;
    }
    const value = { ...ephemeral, peer: peer.identity.id };
    peer.remember(value);
    room.presence.attend(value.peer, value);
    room.broadcast('reliable', serverMessage({ type: 'Ephemeral', value }), peer);
    this.#send({ type: 'Relayed', value: { id, ok: true } });
  }

  #send(payload: Parameters<typeof serverMessage>[0]): void {
    this.#transport.send('reliable', serverMessage(payload));
  }

  /** @param nonce of the packet that the work is about; 0 where there is none */
  async #guard(work: Promise<void>, nonce = () => 0): Promise<void> {
    try {
      await work;
    } catch (thrown) {
      if (thrown instanceof JoinRefused) this.#refuse(thrown);
      else this.#fault(thrown, nonce());
    }
  }

  #refuse({ code, message }: JoinRefused): void {
    this.#context.metrics.joinRefusals.add({ reason: code });
    this.#send({ type: 'Refused', value: { code, message } });
    this.close(CLOSE.refused, message);
  }

  /** S5: a bad message is named, counted and has no other effect; one after the other ends it. */
  #fault(thrown: unknown, nonce = 0): void {
    const fault = faultOf(thrown);
    if (fault === undefined) {
      this.#context.logger.error('A connection failed.', { error: messageOf(thrown) });
      this.close(CLOSE.failed, 'The server failed.');
      return;
    }
    this.#context.metrics.faults.add({ reason: fault.code });
    this.#faults += 1;
    const value = { nonce, code: fault.code, message: fault.message, retryMs: 0 };
    this.#send({ type: 'Dropped', value });
    const joined = this.#state.at === 'joined';
    if (!joined || this.#faults >= this.#context.limits.maxFaults) {
      this.close(CLOSE.malformed, fault.message);
    }
  }

  #watch(afterMs: number): void {
    const { clock, limits } = this.#context;
    this.#cancelWatch = clock.setTimer(() => {
      const silent = clock.now() - this.#heardAt;
      if (this.#state.at !== 'joined') this.close(CLOSE.silent, 'The handshake took too long.');
      else if (silent >= limits.silenceMs) this.close(CLOSE.silent, 'Nothing was heard.');
      else this.#watch(limits.silenceMs - silent);
    }, afterMs);
  }

  #end(): void {
    const state = this.#state;
    if (state.at === 'closed') return;
    this.#state = { at: 'closed' };
    this.#cancelWatch();
    if (state.at === 'joined') state.room.remove(state.peer);
    this.onEnd();
  }
}

/** @throws {Fault} for a frame that does not hold */
function compressionFault<T>(read: () => T): T {
  try {
    return read();
  } catch (thrown) {
    if (thrown instanceof ThetaError) throw new Fault('compression', thrown.message);
    throw thrown;
  }
}

/** What a packet says its number is, for its sender to know which one is meant. */
function nonceOf(packet: Bytes): number {
  try {
    return openPacket(packet).body.nonce;
  } catch (thrown) {
    if (thrown instanceof ThetaError) return 0;
    throw thrown;
  }
}
