import type { Bytes } from '../../shared/bytes.ts';
import type { Clock } from '../../shared/clock.ts';

/** A document of the session at one position of its log, as its key vouched for it. */
export interface LogBase {
  readonly epoch: number;
  readonly index: number;
  readonly seq: number;
  readonly head: Bytes;
  readonly lamport: number;
  readonly sessionKey: Bytes;
  /** A `Snapshot` buffer; empty where nothing has been done yet. */
  readonly snapshot: Bytes;
  /** Bytes of the snapshot before it was compressed. */
  readonly size: number;
  readonly compression: 'zstd' | 'gzip' | 'none';
}

/** A judged packet of anybody, as it came. */
export interface LogTailRecord {
  readonly index: number;
  readonly judgement: Bytes;
  readonly packet: Bytes;
}

/** What this browser last knew of a session. */
export interface KnownLog {
  readonly base: LogBase;
  /** Those after the base, without a gap. */
  readonly records: readonly LogTailRecord[];
}

/** Where that is kept, for all tabs of the browser. */
export interface LastKnownStore {
  load(): Promise<KnownLog | undefined>;
  /** Takes the place of the base before; records after it are of another log, and go. */
  begin(base: LogBase): Promise<void>;
  append(records: readonly LogTailRecord[]): Promise<void>;
  /** Up to so many records after this index, in their order; records before the base included. */
  after(index: number, limit: number): Promise<LogTailRecord[]>;
  forget(): Promise<void>;
  /** Makes a newer base of the records after the last one, away from the page's own thread. */
  compact(): Promise<void>;
}

/** Records are written together: one transaction of the database for what comes in so many ms. */
const WRITE_AFTER_MS = 400;
/** Opening goes through all records after the base: beyond these it would take too long. */
const COMPACT_AFTER_RECORDS = 1000;
const COMPACT_AFTER_BYTES = 4 * 1024 * 1024;

/**
 * Keeps what one knows of a session's log in this browser, so that the page opens with it while the
 * server is away, and joining again costs only what is new. It is a help, never a need: when it cannot
 * be kept it is dropped, for edits that wait need the room more.
 */
export class LastKnown {
  readonly #store: LastKnownStore;
  readonly #clock: Clock;
  #waiting: LogTailRecord[] = [];
  #cancelWrite: (() => void) | undefined;
  #work: Promise<void> = Promise.resolve();
  /** The index of the last record, while there is no gap. */
  #index: number | undefined;
  #records = 0;
  #bytes = 0;

  constructor(store: LastKnownStore, clock: Clock) {
    this.#store = store;
    this.#clock = clock;
  }

  /** What an earlier page left; undefined when it cannot be read. */
  async load(): Promise<KnownLog | undefined> {
    let known: KnownLog | undefined;
    this.#inTurn(async () => {
      known = await this.#store.load();
    });
    await this.#work;
    if (known === undefined) return undefined;
    this.#index = known.base.index + known.records.length;
    this.#records = known.records.length;
    return known;
  }

  /** The records could be read up to this index alone: those after it come again. */
  continueAfter(index: number): void {
    if (this.#index !== undefined) this.#index = index;
  }

  begin(base: LogBase): void {
    this.#discard();
    this.#index = base.index;
    this.#inTurn(() => this.#store.begin(base));
  }

  /** @param packet undefined where it is not at hand: then there is a gap until the next base */
  append(index: number, judgement: Bytes, packet: Bytes | undefined): void {
    if (this.#index === undefined) return;
    if (index !== this.#index + 1 || packet === undefined) {
      this.#index = undefined;
      return;
    }
    this.#index = index;
    this.#waiting.push({ index, judgement, packet });
    this.#records += 1;
    this.#bytes += judgement.length + packet.length;
    this.#cancelWrite ??= this.#clock.setTimer(() => void this.flush(), WRITE_AFTER_MS);
  }

  /** Records from this index on, as far as they are kept. */
  async after(index: number, limit: number): Promise<LogTailRecord[]> {
    await this.flush();
    return this.#store.after(index, limit);
  }

  /** Writes now what would be written soon. */
  flush(): Promise<void> {
    this.#cancelWrite?.();
    this.#cancelWrite = undefined;
    const records = this.#waiting;
    this.#waiting = [];
    if (records.length > 0) this.#inTurn(() => this.#store.append(records));
    if (this.#records > COMPACT_AFTER_RECORDS || this.#bytes > COMPACT_AFTER_BYTES) {
      this.#records = 0;
      this.#bytes = 0;
      this.#inTurn(() => this.#store.compact());
    }
    return this.#work;
  }

  /** Nothing of the session stays but edits that wait. */
  forget(): Promise<void> {
    this.#discard();
    this.#index = undefined;
    this.#work = this.#work.then(() => this.#store.forget()).catch(() => undefined);
    return this.#work;
  }

  #discard(): void {
    this.#cancelWrite?.();
    this.#cancelWrite = undefined;
    this.#waiting = [];
    this.#records = 0;
    this.#bytes = 0;
  }

  #inTurn(step: () => Promise<void>): void {
    this.#work = this.#work.then(step).catch(() => {
      void this.forget();
    });
  }
}

/** The snapshot of a base as it was written. @throws when it is damaged */
export async function snapshotOf(
  { snapshot, size, compression }: LogBase,
  decompress: (bytes: Bytes, size: number) => Bytes | Promise<Bytes>,
): Promise<Bytes> {
  if (compression === 'none') return snapshot;
  if (compression === 'zstd') return decompress(snapshot, size);
  const inflated = new Blob([snapshot]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Uint8Array(await new Response(inflated).arrayBuffer());
}
