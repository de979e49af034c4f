import { sha256 } from '@noble/hashes/sha2.js';
import type { LogTailRecord } from '../../src/client/session/last-known.ts';
import type { TakenBack } from '../../src/client/session/lost-log.ts';
import { type Agreement, ownAgreement } from '../../src/commands/agreement.ts';
import { genesisHead } from '../../src/commands/judgement.ts';
import { loadCompressor } from '../../src/protocol/compression.ts';
import { loadMessageCodec, type MessageCodec } from '../../src/protocol/message-compression.ts';
import { worldHash } from '../../src/replication/document-codec.ts';
import { Rooms } from '../../src/server/room/host.ts';
import { Room, type RoomContext } from '../../src/server/room/room.ts';
import { ROOM_LIMITS, type RoomLimits } from '../../src/server/room/room-limits.ts';
import { createRoomMetrics } from '../../src/server/room/room-metrics.ts';
import { MemoryBlobs } from '../../src/server/storage/memory-blobs.ts';
import type { SessionStorage } from '../../src/server/storage/storage.ts';
import { type Bytes, toBase64Url } from '../../src/shared/bytes.ts';
import { silentLogger } from '../../src/shared/logger.ts';
import { type Random, seededRandom } from '../../src/shared/random.ts';
import { Metrics } from '../../src/telemetry/prometheus.ts';
import { LaneTransport } from '../../src/transport/lane-transport.ts';
import type { RungName } from '../../src/transport/transport.ts';
import { fastSigner, fastVerifier } from './fast-signing.ts';
import { FaultCounts } from './faults.ts';
import { mortal } from './mortal.ts';
import { FAIR, NetworkWeather } from './network-weather.ts';
import { SimDisk } from './sim-disk.ts';
import { SimHttp } from './sim-http.ts';
import { SimLine } from './sim-line.ts';
import { simLinks } from './sim-links.ts';
import { type PeerOptions, SimPeer } from './sim-peer.ts';
import type { OpenLine } from './sim-ways.ts';
import { Trace } from './trace.ts';
import { VirtualClock } from './virtual-clock.ts';

const EPOCH = 7;
const SESSION_ID_BYTES = 16;
/** How long a page waits for a connection that does not come about. */
const CONNECT_TIMEOUT_MS = 5000;

/** The shipped server, clients, transport and codecs in one process, on a clock and bytes of our own. */
export class Simulation {
  readonly clock = new VirtualClock();
  readonly random: Random;
  readonly faults = new FaultCounts();
  readonly trace = new Trace();
  readonly weather: NetworkWeather;
  storage: SimDisk;
  blobs: MemoryBlobs;
  readonly peers: SimPeer[] = [];
  readonly sessionId: string;
  /** T3: in what the next server that starts is of another release than this build. */
  release: Partial<Agreement> = {};
  rooms!: Rooms;
  metrics!: Metrics;
  #http!: SimHttp;
  readonly #limits: Partial<RoomLimits>;
  readonly #lines = new Set<SimLine>();
  #compress!: (bytes: Bytes) => Bytes;
  #serverLife = 0;
  #lineCount = 0;

  /** What every end of it compresses with. */
  messages!: MessageCodec;

  private constructor(seed: number, limits: Partial<RoomLimits>) {
    this.random = seededRandom(seed);
    this.#limits = limits;
    this.weather = new NetworkWeather(this.clock, this.random, this.faults, this.trace, FAIR);
    this.storage = new SimDisk(this.clock, this.random, this.faults);
    this.blobs = new MemoryBlobs(this.clock);
    const { publicKey } = fastSigner('session');
    this.sessionId = toBase64Url(sha256(publicKey).subarray(0, SESSION_ID_BYTES));
  }

  static async create(seed: number, limits: Partial<RoomLimits> = {}): Promise<Simulation> {
    const simulation = new Simulation(seed, { packetBurst: 1e9, ...limits });
    simulation.#compress = await loadCompressor();
    simulation.messages = await loadMessageCodec();
    const { publicKey } = fastSigner('session');
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
      simLinks(simulation.sessionId),
    );
    simulation.startServer();
    return simulation;
  }

  startServer(): void {
    this.#serverLife += 1;
    const life = this.#serverLife;
    const isDead = (): boolean => this.#serverLife !== life;
    const storage = mortal(this.storage, isDead);
    const blobs = mortal(this.blobs, isDead);
    this.metrics = new Metrics();
    this.rooms = new Rooms({
      storage,
      blobs,
      metrics: this.metrics,
      clock: this.clock,
      loggerFor: () => silentLogger,
      limits: this.#limits,
      agreement: { ...ownAgreement(), ...this.release },
      compress: this.#compress,
      messages: this.messages,
      verifier: fastVerifier,
      signerOf: async () => fastSigner('session'),
    });
    this.#http = new SimHttp({ rooms: this.rooms, storage, blobs, weather: this.weather });
  }

  /**
   * The server dies, and another one finds what is stored.
   * @param silently nobody is told: connections are dead without a word
   */
  async crashServer(silently = false): Promise<void> {
    this.faults.count('server crashes');
    if (silently) this.faults.count('server crashes that nobody is told of');
    this.#serverLife += 1;
    this.#http.die();
    for (const line of this.#lines) {
      if (silently) line.orphan();
      else line.cut();
    }
    this.#lines.clear();
    await this.storage.lose();
    this.startServer();
  }

  /** Opens a connection for a peer by one of its ways. @throws when its packets do not get through */
  async connect(peer: SimPeer, kind: RungName, isDead: () => boolean): Promise<OpenLine> {
    if (!peer.online) throw new Error('There is no network.');
    const life = this.#serverLife;
    const lost = (): boolean => !peer.reachable || isDead();
    await this.#pause(lost() ? CONNECT_TIMEOUT_MS : this.weather.segmentDelay());
    if (lost() || life !== this.#serverLife) throw new Error('The server does not answer.');
    this.#lineCount += 1;
    const line = new SimLine(this.weather, `line ${this.#lineCount} of ${peer.name} by ${kind}`);
    for (const each of this.#lines) if (each.isOver) this.#lines.delete(each);
    this.#lines.add(line);
    const server = new LaneTransport(kind, line.server, { clock: this.clock });
    const address = { path: '/', origin: undefined, authority: '', remoteAddress: peer.name };
    this.rooms.acceptTransport(server, address);
    const transport = new LaneTransport(kind, line.client, { clock: peer.clock });
    return { line, transport, served: server };
  }

  /** A request of a peer over HTTP. */
  async fetch(peer: SimPeer, url: string, init: RequestInit): Promise<Response> {
    if (peer.online && peer.reachable) return this.#http.fetch(url, init);
    if (peer.online) await this.#pause(CONNECT_TIMEOUT_MS);
    throw new TypeError('There is no network.');
  }

  /** Brings records of the log to the server. */
  async giveBack(records: readonly LogTailRecord[]): Promise<TakenBack> {
    const taken = await this.rooms.takeBack(this.sessionId, records);
    if (taken === undefined) throw new Error('There is no such session.');
    return taken;
  }

  /**
   * The server dies, and one starts on what was copied to `backup` before.
   * @param blobs the content that was copied; all there is unless told
   */
  async restoreBackup(backup: SimDisk, blobs: MemoryBlobs = this.blobs): Promise<void> {
    await this.crashServer();
    this.storage = backup;
    this.blobs = blobs;
    this.startServer();
  }

  /** A store without content. */
  emptyBlobs(): MemoryBlobs {
    return new MemoryBlobs(this.clock);
  }

  /** A disk with nothing on it. */
  emptyDisk(): SimDisk {
    return new SimDisk(this.clock, this.random, this.faults);
  }

  /** Content as it lies on the server, for those who need no network. */
  readonly fetchBlob = async (digest: string): Promise<Bytes> => {
    const blob = await this.blobs.read(digest);
    if (blob === undefined) throw new Error('no such blob');
    return blob;
  };

  async peer(options: PeerOptions): Promise<SimPeer> {
    const peer = new SimPeer(this, options);
    this.peers.push(peer);
    await peer.open();
    return peer;
  }

  /** Lets everything that can happen now happen. */
  settle(): Promise<void> {
    return new Promise((resolve) => setImmediate(resolve));
  }

  /** Lets time pass. */
  async run(ms: number): Promise<void> {
    const end = this.clock.now() + ms;
    await this.settle();
    for (let next = this.clock.nextAt(); next !== undefined && next < end; ) {
      this.clock.moveTo(next);
      await this.settle();
      next = this.clock.nextAt();
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

  /** Everybody honest is connected, has everything, and waits for nothing. */
  async quiesce(): Promise<void> {
    const honest = this.peers.filter(({ options }) => options.tamper === undefined);
    for (const peer of honest) peer.online = true;
    await this.until('quiet', () =>
      honest.every(
        ({ session, errands }) =>
          errands === 0 &&
          session.status === 'connected' &&
          session.pending === 0 &&
          session.outbox.unsealed === 0,
      ),
    );
    const last = await this.storage.lastRecord(this.sessionId);
    const seq = last ? last.firstSeq + last.entryCount - 1 : 0;
    // Who comes back meanwhile may add to the log.
    await this.until('caught up', () =>
      honest.every(({ session }) => session.seq >= seq && session.seq === honest[0]?.session.seq),
    );
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

  #pause(ms: number): Promise<void> {
    return new Promise((resolve) => this.clock.setTimer(resolve, ms));
  }
}
