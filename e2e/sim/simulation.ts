import { ClientSession } from '../../src/client/session/client-session.ts';
import { agreementDigest } from '../../src/commands/agreement.ts';
import { hashToken } from '../../src/commands/governance/link-token.ts';
import { hexBytes } from '../../src/commands/governance/values.ts';
import { genesisHead } from '../../src/commands/judgement.ts';
import type { CommandOutcome } from '../../src/commands/local-transaction.ts';
import type { Issued } from '../../src/commands/pipeline.ts';
import { decompress, loadCompressor } from '../../src/protocol/compression.ts';
import { worldHash } from '../../src/replication/document-codec.ts';
import { Rooms } from '../../src/server/room/host.ts';
import { Room, type RoomContext } from '../../src/server/room/room.ts';
import { ROOM_LIMITS, type RoomLimits } from '../../src/server/room/room-limits.ts';
import { createRoomMetrics } from '../../src/server/room/room-metrics.ts';
import { sessionIdOf } from '../../src/server/session-identity.ts';
import { MemoryBlobs } from '../../src/server/storage/memory-blobs.ts';
import type { SessionStorage } from '../../src/server/storage/storage.ts';
import { type Bytes, fromBase64Url } from '../../src/shared/bytes.ts';
import { silentLogger } from '../../src/shared/logger.ts';
import { type Random, seededRandom } from '../../src/shared/random.ts';
import type { Role } from '../../src/shared/roles.ts';
import { Metrics } from '../../src/telemetry/prometheus.ts';
import { Ladder, type Rung } from '../../src/transport/ladder.ts';
import { MemoryNetwork } from '../../src/transport/memory.ts';
import type { Transport } from '../../src/transport/transport.ts';
import { fastSigner, fastVerifier } from './fast-signing.ts';
import { MemoryLastKnown, MemoryOutboxStore, MemoryTray } from './memory-stores.ts';
import { mortal } from './mortal.ts';
import { SimDisk } from './sim-disk.ts';
import { VirtualClock } from './virtual-clock.ts';

const EDITOR_TOKEN = 'e'.repeat(43);
const VIEWER_TOKEN = 'v'.repeat(43);
const ADMIN_TOKEN = 'a'.repeat(43);
const TOKENS = { viewer: VIEWER_TOKEN, editor: EDITOR_TOKEN, admin: ADMIN_TOKEN };
const EPOCH = 7;

export interface PeerOptions {
  readonly author: string;
  readonly replica?: number;
  readonly role?: Role;
  /** T2: transports that it may choose among; without them it has one. */
  readonly rungs?: () => readonly Rung[];
}

/** A browser tab: what is gone with it, and what the next one finds. */
export class SimPeer {
  readonly store = new MemoryOutboxStore();
  readonly tray = new MemoryTray();
  readonly lastKnown: MemoryLastKnown;
  session!: ClientSession;
  transport: Transport | undefined;
  online = true;
  readonly outcomes: CommandOutcome[] = [];
  readonly notices: string[] = [];
  readonly #simulation: Simulation;
  readonly options: Required<Omit<PeerOptions, 'rungs'>> & Pick<PeerOptions, 'rungs'>;
  /** What its address holds; a page strips it once it is in. */
  token: string | undefined;
  #page = 0;

  constructor(simulation: Simulation, options: PeerOptions) {
    this.#simulation = simulation;
    this.lastKnown = new MemoryLastKnown({ decompress, fetchBlob: simulation.fetchBlob });
    this.options = { replica: 0, role: 'editor', ...options };
    this.token = TOKENS[this.options.role];
  }

  get name(): string {
    return `${this.options.author}-${this.options.replica}`;
  }

  /** For people who read a failure. */
  get state(): string {
    const { status, pending, seq, outbox, problem } = this.session;
    const nonces = outbox.packets.map(({ nonce }) => nonce);
    return `${this.name} ${status} at ${seq}, ${pending} pending, packets [${nonces}] ${problem?.code ?? ''}`;
  }

  get pipeline(): ClientSession['pipeline'] {
    return this.session.pipeline;
  }

  get hash(): string {
    return worldHash(this.session.document);
  }

  /** Opens the page, anew or for the first time. */
  async open(): Promise<void> {
    const simulation = this.#simulation;
    const { author, replica, rungs } = this.options;
    const { clock } = simulation;
    const ladder = rungs && new Ladder({ clock, rungs: async () => rungs() });
    this.#page += 1;
    const page = this.#page;
    this.session = new ClientSession({
      sessionId: fromBase64Url(simulation.sessionId) as Bytes,
      token: this.token,
      signer: fastSigner(author),
      verifier: fastVerifier,
      replica,
      name: author,
      color: 0xffffff,
      schema: agreementDigest(),
      store: mortal(this.store, () => this.#page !== page),
      trayStore: mortal(this.tray, () => this.#page !== page),
      lastKnownStore: mortal(this.lastKnown, () => this.#page !== page),
      clock: simulation.clock,
      random: simulation.random,
      connect: () => ladder?.connect() ?? this.#connect(),
      ...(ladder && { ladder }),
      decompress,
      fetchBlob: simulation.fetchBlob,
      uploadBlob: async ({ blob }) => {
        if (!blob) return;
        const hash = await simulation.blobs.put(blob.bytes);
        const { sessionId } = simulation;
        const grant = { sessionId, hash, size: blob.bytes.length, author: '0'.repeat(64), at: 0 };
        await simulation.storage.grantBlob(grant);
      },
    });
    this.session.onNotice = (code) => this.notices.push(code);
    await this.session.start();
  }

  /** The page dies without a word; the next `open` finds what its store holds. */
  kill(): void {
    this.#page += 1;
    this.cut();
    void this.session.stop();
  }

  /** The line dies. */
  cut(): void {
    if (this.transport) this.#simulation.network.cut(this.transport);
  }

  /** Keeps the outcome of what it does for the end. */
  does(issued: Issued | undefined): Promise<CommandOutcome> | undefined {
    const outcome = issued?.outcome;
    void outcome?.then((each) => this.outcomes.push(each));
    return outcome;
  }

  async #connect(): Promise<Transport> {
    if (!this.online) throw new Error('offline');
    this.transport = this.#simulation.connect();
    return this.transport;
  }
}

/** The shipped server, clients and codecs in one process, on a clock and a network of our own. */
export class Simulation {
  readonly clock = new VirtualClock();
  readonly random: Random;
  readonly network: MemoryNetwork;
  readonly storage: SimDisk;
  readonly blobs: MemoryBlobs;
  readonly peers: SimPeer[] = [];
  sessionId = '';
  rooms!: Rooms;
  metrics!: Metrics;
  readonly #limits: Partial<RoomLimits>;
  #compress!: (bytes: Bytes) => Bytes;
  #serverLife = 0;

  private constructor(seed: number, limits: Partial<RoomLimits>) {
    this.random = seededRandom(seed);
    this.#limits = limits;
    this.storage = new SimDisk(this.clock, this.random);
    this.blobs = new MemoryBlobs(this.clock);
    this.network = new MemoryNetwork({
      clock: this.clock,
      random: this.random,
      delayMs: 5,
      jitterMs: 40,
    });
  }

  static async create(seed: number, limits: Partial<RoomLimits> = {}): Promise<Simulation> {
    const simulation = new Simulation(seed, { packetBurst: 1e9, ...limits });
    simulation.#compress = await loadCompressor();
    const { publicKey } = fastSigner('session');
    simulation.sessionId = await sessionIdOf(publicKey);
    const link = (id: string, role: Role, tokenHash: Bytes) => ({
      id,
      sessionId: simulation.sessionId,
      role,
      tokenHash,
      createdAt: 0,
    });
    await simulation.storage.createSession(
      {
        id: simulation.sessionId,
        publicKey,
        privateKey: new Uint8Array(0),
        createdAt: 0,
        lastActiveAt: 0,
        epoch: EPOCH,
        genesis: genesisHead(publicKey, EPOCH),
      },
      [
        link('editors', 'editor', hexBytes(hashToken(EDITOR_TOKEN))),
        link('viewers', 'viewer', hexBytes(hashToken(VIEWER_TOKEN))),
        link('admins', 'admin', hexBytes(hashToken(ADMIN_TOKEN))),
      ],
    );
    simulation.startServer();
    return simulation;
  }

  startServer(): void {
    this.#serverLife += 1;
    const life = this.#serverLife;
    this.metrics = new Metrics();
    this.rooms = new Rooms({
      storage: mortal(this.storage, () => this.#serverLife !== life),
      blobs: this.blobs,
      metrics: this.metrics,
      clock: this.clock,
      loggerFor: () => silentLogger,
      limits: this.#limits,
      schema: agreementDigest(),
      compress: this.#compress,
      verifier: fastVerifier,
      signerOf: async () => fastSigner('session'),
    });
  }

  /** The server dies, and another one finds what is stored. */
  crashServer(): void {
    this.storage.lose();
    for (const peer of this.peers) peer.cut();
    this.startServer();
  }

  readonly fetchBlob = async (digest: string): Promise<Bytes> => {
    const blob = await this.blobs.read(digest);
    if (blob === undefined) throw new Error('no such blob');
    return blob;
  };

  connect(): Transport {
    const [client, server] = this.network.connect();
    const { rooms } = this;
    rooms.acceptTransport(server, {
      path: '/',
      origin: undefined,
      authority: '',
      remoteAddress: '',
    });
    return client;
  }

  async peer(options: PeerOptions): Promise<SimPeer> {
    const peer = new SimPeer(this, options);
    this.peers.push(peer);
    await peer.open();
    return peer;
  }

  /** Lets everything that can happen now happen. */
  async settle(): Promise<void> {
    do await new Promise((resolve) => setImmediate(resolve));
    while (this.network.flush() > 0);
  }

  /** Lets time pass. */
  async run(ms: number): Promise<void> {
    const end = this.clock.now() + ms;
    await this.settle();
    for (;;) {
      const next = Math.min(this.clock.nextAt() ?? end, this.network.nextDueAt() ?? end);
      if (next >= end) break;
      this.clock.moveTo(next);
      await this.settle();
    }
    this.clock.moveTo(end);
    await this.settle();
  }

  /** Runs until a condition holds. @throws {Error} when it does not within a simulated while */
  async until(what: string, condition: () => boolean, withinMs = 120_000): Promise<void> {
    const end = this.clock.now() + withinMs;
    while (!condition()) {
      if (this.clock.now() >= end) {
        const peers = this.peers.map((peer) => peer.state).join('; ');
        throw new Error(`${what}: not within ${withinMs} ms: ${peers}`);
      }
      await this.run(50);
    }
  }

  /** Everybody is connected, has everything, and waits for nothing. */
  async quiesce(): Promise<void> {
    for (const peer of this.peers) peer.online = true;
    await this.until('quiet', () =>
      this.peers.every(
        ({ session }) =>
          session.status === 'connected' && session.pending === 0 && session.outbox.unsealed === 0,
      ),
    );
    const last = await this.storage.lastRecord(this.sessionId);
    const seq = last ? last.firstSeq + last.entryCount - 1 : 0;
    await this.until('caught up', () => this.peers.every(({ session }) => session.seq === seq));
  }

  /** The hash that the server would have if it started now, from what is stored alone (D3). */
  async serverHash(): Promise<string> {
    return worldHash((await this.openRoom()).document);
  }

  /** A room as a starting server would open it. */
  async openRoom(storage: SessionStorage = this.storage): Promise<Room> {
    const session = await storage.getSession(this.sessionId);
    if (session === undefined) throw new Error('The session is gone.');
    const context: RoomContext = {
      storage,
      blobs: this.blobs,
      clock: this.clock,
      logger: silentLogger,
      metrics: createRoomMetrics(new Metrics()),
      limits: ROOM_LIMITS,
      verifier: fastVerifier,
      signerOf: async () => fastSigner('session'),
    };
    return Room.open(context, session);
  }
}
