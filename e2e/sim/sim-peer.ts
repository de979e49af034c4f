import { AssetCache } from '../../src/client/assets/asset-cache.ts';
import { HttpBlobUploader } from '../../src/client/assets/blob-uploader.ts';
import { ClientSession } from '../../src/client/session/client-session.ts';
import { type Agreement, ownAgreement } from '../../src/commands/agreement.ts';
import type { CommandOutcome } from '../../src/commands/local-transaction.ts';
import type { Issued } from '../../src/commands/pipeline.ts';
import { decompress } from '../../src/protocol/compression.ts';
import { worldHash } from '../../src/replication/document-codec.ts';
import { type Bytes, fromBase64Url, toHex } from '../../src/shared/bytes.ts';
import type { Role } from '../../src/shared/roles.ts';
import { Ladder } from '../../src/transport/ladder.ts';
import type { RungName, Transport } from '../../src/transport/transport.ts';
import { fastSigner, fastVerifier } from './fast-signing.ts';
import { MemoryLastKnown, MemoryOutboxStore, MemoryTray } from './memory-stores.ts';
import { mortal } from './mortal.ts';
import { NO_SKEW, PeerClock, type Skew } from './peer-clock.ts';
import { TOKENS } from './sim-links.ts';
import { type OpenLine, SimWays } from './sim-ways.ts';
import type { Simulation } from './simulation.ts';

export interface PeerOptions {
  readonly author: string;
  readonly replica?: number;
  readonly role?: Role;
  readonly skew?: Skew;
  /** Comes between the peer and its network: what a hostile peer sends is not what it should. */
  readonly tamper?: (transport: Transport) => Transport;
  /** T3: in what its page is of another release than the server. */
  readonly release?: Partial<Agreement>;
}

/** A browser tab: what is gone with it, and what the next one finds. */
export class SimPeer {
  readonly store = new MemoryOutboxStore();
  readonly tray = new MemoryTray();
  readonly lastKnown: MemoryLastKnown;
  readonly clock: PeerClock;
  session!: ClientSession;
  transport: Transport | undefined;
  /** The server's end of the same connection. */
  served: Transport | undefined;
  readonly ways: SimWays;
  /** Whether its machine has a network at all. */
  online = true;
  /** Whether what it sends gets to the server; a partition makes it false, and tells nobody. */
  reachable = true;
  readonly outcomes: CommandOutcome[] = [];
  readonly notices: string[] = [];
  readonly #simulation: Simulation;
  /** What its page speaks otherwise than this build; another page of it may be newer. */
  release: Partial<Agreement>;
  readonly options: Required<Omit<PeerOptions, 'tamper' | 'release'>> & Pick<PeerOptions, 'tamper'>;
  /** What its address holds; a page strips it once it is in. */
  token: string | undefined;
  #page = 0;

  constructor(simulation: Simulation, options: PeerOptions) {
    this.#simulation = simulation;
    this.lastKnown = new MemoryLastKnown({ decompress, fetchBlob: simulation.fetchBlob });
    this.release = options.release ?? {};
    this.options = { replica: 0, role: 'editor', skew: NO_SKEW, ...options };
    this.token = TOKENS[this.options.role];
    this.clock = new PeerClock(simulation.clock, this.options.skew);
    this.ways = new SimWays((kind, isDead) => this.#connect(kind, isDead));
  }

  get name(): string {
    return `${this.options.author}-${this.options.replica}`;
  }

  /** As the log names its author. */
  get publicKeyHex(): string {
    return toHex(fastSigner(this.options.author).publicKey);
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
    const { author, replica } = this.options;
    this.#page += 1;
    const page = this.#page;
    const { clock } = this;
    const { random, sessionId } = simulation;
    const fetch = (url: string, init: RequestInit) => simulation.fetch(this, url, init);
    const ladder = new Ladder({ clock, rungs: async () => this.ways.rungs });
    const uploadToken = () => this.session.uploadToken;
    const assets = new AssetCache({ token: uploadToken, fetch, clock, random, caches: undefined });
    const uploader = new HttpBlobUploader({ sessionId, uploadToken, fetch, clock, random });
    this.upload = (bytes, digest) => {
      assets.put(digest, bytes);
      return uploader.upload(bytes, digest);
    };
    this.session = new ClientSession({
      sessionId: fromBase64Url(sessionId) as Bytes,
      token: this.token,
      signer: fastSigner(author),
      verifier: fastVerifier,
      replica,
      name: author,
      color: 0xffffff,
      agreement: { ...ownAgreement(), ...this.release },
      store: mortal(this.store, () => this.#page !== page),
      trayStore: mortal(this.tray, () => this.#page !== page),
      lastKnownStore: mortal(this.lastKnown, () => this.#page !== page),
      clock,
      random,
      connect: () => ladder.connect(),
      ladder,
      decompress,
      loadMessages: async () => simulation.messages,
      fetchBlob: (digest) => assets.bytes(digest),
      giveBack: {
        records: (records) => {
          if (this.online && this.reachable) return simulation.giveBack(records);
          return Promise.reject(new TypeError('There is no network.'));
        },
        content: async (digest, given) => {
          const bytes = await assets.held(digest);
          if (bytes === undefined) return false;
          const own = { sessionId, uploadToken: () => given, fetch, clock, random };
          await new HttpBlobUploader(own).upload(bytes, digest);
          return true;
        },
      },
      uploadBlob: async ({ blob }) => {
        if (blob === undefined) return;
        const digest = toHex(blob.digest);
        assets.put(digest, blob.bytes);
        await uploader.upload(blob.bytes, digest);
      },
    });
    this.session.onNotice = (code) => this.notices.push(code);
    await this.session.start();
  }

  /** Brings content to the session, as an import does. */
  upload!: (bytes: Bytes, digest: string) => Promise<void>;

  /** The page dies without a word; the next `open` finds what its store holds. */
  kill(): void {
    this.#page += 1;
    this.cut();
    void this.session.stop();
  }

  /** The line dies. */
  cut(): void {
    this.ways.cut();
  }

  /** The lid is closed: nothing is heard of it, and no time passes in it. */
  sleep(): void {
    this.clock.sleep();
    this.ways.stall();
  }

  /** It hangs: it takes nothing in, and does nothing by itself. Its line stands. */
  hang(): void {
    this.clock.sleep();
    this.ways.clog();
  }

  wake(): void {
    this.ways.resume();
    this.clock.wake();
  }

  /** What goes on beside its edits, and ends in one: uploads. */
  errands = 0;

  /** Keeps the outcome of what it does for the end. */
  does(issued: Issued | undefined): Promise<CommandOutcome> | undefined {
    const outcome = issued?.outcome;
    void outcome?.then((each) => this.outcomes.push(each));
    return outcome;
  }

  async #connect(kind: RungName, isDead: () => boolean): Promise<OpenLine> {
    const page = this.#page;
    const { line, transport, served } = await this.#simulation.connect(this, kind, isDead);
    if (page !== this.#page) {
      line.cut();
      throw new Error('The page has gone.');
    }
    this.transport = this.options.tamper?.(transport) ?? transport;
    this.served = served;
    return { line, transport: this.transport, served };
  }
}
