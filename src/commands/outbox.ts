import type { Document } from '../ecs/document/document.ts';
import type { Site } from '../ecs/document/sites.ts';
import { MAX_INLINE_ENTRIES, MAX_INLINE_ENTRIES_BYTES } from '../protocol/limits.ts';
import type { Bytes } from '../shared/bytes.ts';
import type { Clock } from '../shared/clock.ts';
import { encodeEntries } from './entries.ts';
import { MAX_LAMPORT_SPAN } from './entry-heads.ts';
import type { LocalTransaction } from './local-transaction.ts';
import { openPacket, sealPacket } from './packet.ts';
import type { Signer } from './signing.ts';

/** D5: entries that are too large for a packet, under the digest that the packet names. */
export interface EntriesBlob {
  readonly digest: Bytes;
  readonly bytes: Bytes;
}

/** A signed packet that waits for its verdict. */
export interface SealedPacket {
  readonly nonce: number;
  readonly bytes: Bytes;
  readonly blob?: EntriesBlob | undefined;
}

/**
 * D2, O1: numbers that a replica has used up, in whatever page. They are kept beside its packets and
 * outlive them: a page that opens offline, with less of the log than the one before it had, would use
 * them again for something else.
 */
export interface HighWater {
  /** Above every nonce of it. */
  readonly nextNonce: number;
  /** The highest clock that it has seen, its own included. */
  readonly lamport: number;
  /** The highest counter of an entity's id that it has minted. */
  readonly counter: number;
}

/** D2: where packets wait for their verdicts, across reloads. */
export interface OutboxStore {
  /** Resolves when the packet, and the numbers with it, would survive the page. */
  put(packet: SealedPacket, used: HighWater): Promise<void>;
  remove(nonce: number): Promise<void>;
  /** Takes the place of all that was put: at once or not at all. */
  replaceAll(packets: readonly SealedPacket[], used: HighWater): Promise<void>;
}

export interface OutboxOptions {
  readonly document: Document;
  readonly site: Site;
  readonly signer: Signer;
  readonly session: Bytes;
  readonly replica: number;
  readonly store: OutboxStore;
  readonly clock: Clock;
  /** What the replica's edits have used up by now. */
  readonly used: () => Omit<HighWater, 'nextNonce'>;
  readonly digest: (bytes: Bytes) => Promise<Bytes>;
  /** Called with each packet, in the order of nonces, when it is signed and stored. */
  readonly onSealed: (packet: SealedPacket) => void;
  /** Called when packets cannot be stored: they will not survive this page. */
  readonly onStoreError?: (error: unknown) => void;
  /** How long a stream of edits is gathered between two packets, in ms. */
  readonly intervalMs?: number;
}

/** The design's ten packets a second. */
const DEFAULT_INTERVAL_MS = 100;

/**
 * Batches transactions into signed packets: the first at once, then at most one in every interval
 * while a stream of edits lasts. Keeps each until its verdict (D2).
 */
export class CommandOutbox {
  readonly #options: OutboxOptions;
  readonly #intervalMs: number;
  readonly #queue: LocalTransaction[] = [];
  readonly #sealed = new Map<number, SealedPacket>();
  #nextNonce = 1;
  #lastSealAt = Number.NEGATIVE_INFINITY;
  #cancelTimer: (() => void) | undefined;
  #sealing: Promise<void> = Promise.resolve();
  #flushing = false;

  constructor(options: OutboxOptions) {
    this.#options = options;
    this.#intervalMs = options.intervalMs ?? DEFAULT_INTERVAL_MS;
  }

  /** Packets without a verdict, in the order of their nonces. */
  get packets(): SealedPacket[] {
    return [...this.#sealed.values()].sort((a, b) => a.nonce - b.nonce);
  }

  /** Transactions that are in no packet yet. */
  get unsealed(): number {
    return this.#queue.length;
  }

  get nextNonce(): number {
    return this.#nextNonce;
  }

  /** The server has seen nonces below this one: ours begin no lower. */
  raiseNonce(next: number): void {
    if (next > this.#nextNonce) this.#nextNonce = next;
  }

  /** Takes up a packet that an earlier page left. */
  adopt(packet: SealedPacket): void {
    this.#sealed.set(packet.nonce, packet);
    this.raiseNonce(packet.nonce + 1);
  }

  /** D3: takes up a packet that was judged once, by a server that has lost it. */
  async takeUp(packet: SealedPacket): Promise<void> {
    this.adopt(packet);
    await this.#stored(() => this.#options.store.put(packet, this.#used()));
  }

  /**
   * Signs anew, under consecutive nonces from `first` on, what waits under that one or later ones;
   * takes out the packet `without`. Only for nonces that the server is known not to have judged, and
   * while nothing is under way.
   *
   * @returns the new nonce of each packet by its old one
   */
  renumber(first: number, without?: number): Promise<ReadonlyMap<number, number>> {
    const renumbered = this.#sealing.then(() => this.#renumber(first, without));
    this.#sealing = renumbered.then(
      () => undefined,
      () => undefined,
    );
    return renumbered;
  }

  enqueue(transaction: LocalTransaction): void {
    this.#queue.push(transaction);
    this.#schedule();
  }

  /** Seals what waits, without waiting for the interval. Resolves when it is signed and stored. */
  flush(): Promise<void> {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    if (!this.#flushing) {
      this.#flushing = true;
      this.#sealing = this.#sealing.then(async () => {
        this.#flushing = false;
        while (this.#queue.length > 0) await this.#sealNext();
      });
    }
    return this.#sealing;
  }

  /**
   * The verdict has come.
   * @param kept resolves when what came of it is stored: until then a page that dies leaves the packet
   */
  async settle(nonce: number, kept: Promise<unknown> = Promise.resolve()): Promise<void> {
    if (!this.#sealed.delete(nonce)) return;
    await this.#stored(async () => {
      await kept;
      await this.#options.store.remove(nonce);
    });
  }

  dispose(): void {
    this.#cancelTimer?.();
    this.#queue.length = 0;
  }

  #schedule(): void {
    if (this.#cancelTimer || this.#flushing) return;
    const { clock } = this.#options;
    const wait = this.#lastSealAt + this.#intervalMs - clock.now();
    // Even the first waits for the end of the task: what one frame does goes into one packet.
    this.#cancelTimer = clock.setTimer(() => void this.flush(), Math.max(0, wait));
  }

  async #sealNext(): Promise<void> {
    const { signer, session, replica, store, clock, onSealed } = this.#options;
    this.#lastSealAt = clock.now();
    const batch = this.#takeBatch();
    const lamport = batch[0]?.target.lamport ?? 0;
    const { bytes, count } = this.#encodeBatch(batch, lamport);
    const nonce = this.#nextNonce;
    this.#nextNonce += 1;
    for (const transaction of batch.slice(0, count)) transaction.nonce = nonce;
    this.#queue.unshift(...batch.slice(count));
    const blob = await this.#blobOf(bytes);
    const packet: SealedPacket = {
      nonce,
      blob,
      bytes: await sealPacket(signer, {
        session,
        replica,
        nonce,
        lamport,
        ...(blob ? { blob: blob.digest } : { entries: bytes }),
        blobSize: blob ? bytes.length : 0,
      }),
    };
    this.#sealed.set(nonce, packet);
    await this.#stored(() => store.put(packet, this.#used()));
    onSealed(packet);
  }

  async #renumber(first: number, without?: number): Promise<ReadonlyMap<number, number>> {
    const { signer, store } = this.#options;
    const renumbered = new Map<number, number>();
    const packets: SealedPacket[] = [];
    let next = first;
    for (const packet of this.packets) {
      if (packet.nonce === without) continue;
      if (packet.nonce < first) {
        packets.push(packet);
        continue;
      }
      const nonce = next;
      next += 1;
      renumbered.set(packet.nonce, nonce);
      const { protocol: _, author: __, ...fields } = openPacket(packet.bytes).body;
      const bytes = await sealPacket(signer, { ...fields, nonce });
      packets.push({ ...packet, nonce, bytes });
    }
    this.#sealed.clear();
    for (const packet of packets) this.#sealed.set(packet.nonce, packet);
    this.#nextNonce = next;
    await this.#stored(() => store.replaceAll(packets, this.#used()));
    return renumbered;
  }

  #used(): HighWater {
    return { ...this.#options.used(), nextNonce: this.#nextNonce };
  }

  /** What cannot be stored is sent all the same. */
  async #stored(store: () => Promise<void>): Promise<void> {
    try {
      await store();
    } catch (error) {
      this.#options.onStoreError?.(error);
    }
  }

  /** As many transactions as one packet's counts and clocks allow, at least one. */
  #takeBatch(): LocalTransaction[] {
    const first = this.#queue[0] as LocalTransaction;
    const base = first.target.lamport;
    let entries = 0;
    let count = 0;
    for (const transaction of this.#queue) {
      entries += transaction.entries.length;
      const last = transaction.entries.at(-1)?.stamp.lamport ?? base;
      if (count > 0 && (entries > MAX_INLINE_ENTRIES || last - base > MAX_LAMPORT_SPAN)) break;
      count += 1;
    }
    return this.#queue.splice(0, count);
  }

  /** The entries of the first `count` of a batch: all, or as many as fit a packet, at least one. */
  #encodeBatch(
    batch: readonly LocalTransaction[],
    lamport: number,
  ): { bytes: Bytes; count: number } {
    const { document, site } = this.#options;
    let count = batch.length;
    let bytes = encodeEntries(document, site, lamport, batch);
    while (bytes.length > MAX_INLINE_ENTRIES_BYTES && count > 1) {
      count = Math.ceil(count / 2);
      bytes = encodeEntries(document, site, lamport, batch.slice(0, count));
    }
    return { bytes, count };
  }

  async #blobOf(bytes: Bytes): Promise<EntriesBlob | undefined> {
    if (bytes.length <= MAX_INLINE_ENTRIES_BYTES) return undefined;
    return { digest: await this.#options.digest(bytes), bytes };
  }
}
