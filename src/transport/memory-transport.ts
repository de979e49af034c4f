import type { Bytes } from '../shared/bytes.ts';
import type { Delivery, DeliveryQueue } from './delivery-queue.ts';
import { DrainWaiters } from './drain-waiters.ts';
import { truncateReason } from './framing.ts';
import type { MemoryNetworkOptions } from './memory-options.ts';
import { maxMessageBytes } from './message-limit.ts';
import { type CloseInfo, type Lane, LOST, TRANSPORT_LIMITS, type Transport } from './transport.ts';

/** One end of a connection of a `MemoryNetwork`, which makes it. */
export class MemoryTransport implements Transport {
  readonly kind = 'memory';
  readonly maxDatagramBytes: number;
  onMessage: (lane: Lane, message: Bytes) => void = () => undefined;
  onClose: (info: CloseInfo) => void = () => undefined;

  readonly #options: MemoryNetworkOptions;
  readonly #queue: DeliveryQueue;
  readonly #waiters = new DrainWaiters();
  readonly #buffered: Record<Lane, number> = { reliable: 0, bulk: 0, unreliable: 0 };
  readonly #lastDueAt: Record<Lane, number> = { reliable: 0, bulk: 0, unreliable: 0 };
  #peer: MemoryTransport | undefined;
  #state: 'open' | 'closing' | 'closed' = 'open';
  /** What came due during a stall; `undefined` outside one. */
  #stalled: Delivery[] | undefined;

  constructor(options: MemoryNetworkOptions, queue: DeliveryQueue) {
    this.#options = options;
    this.#queue = queue;
    this.maxDatagramBytes = options.maxDatagramBytes;
  }

  /** Names the other end; the network calls it once for each. */
  join(peer: MemoryTransport): void {
    this.#peer = peer;
  }

  bufferedBytes(lane: Lane): number {
    return this.#buffered[lane];
  }

  send(lane: Lane, message: Uint8Array): boolean {
    if (this.#state !== 'open') return false;
    if (message.length > maxMessageBytes(this, lane)) return false;
    if (this.#buffered[lane] + message.length > TRANSPORT_LIMITS.maxBufferedBytes) return false;
    if (lane === 'unreliable') this.#sendUnreliable(message);
    else this.#carry(lane, message, this.#orderedDueAt(lane));
    return true;
  }

  drained(lane: Lane, atMost: number): Promise<void> {
    if (this.#state === 'closed' || this.#buffered[lane] <= atMost) return Promise.resolve();
    return this.#waiters.wait(lane, atMost);
  }

  close(code = 0, reason = ''): void {
    if (this.#state !== 'open') return;
    this.#state = 'closing';
    const info = { code, reason: truncateReason(reason), clean: true };
    this.#put('reliable', this.#orderedDueAt('reliable'), () => {
      const wasOpen = this.#finish(info);
      return this.#peer!.#finish(info) || wasOpen;
    });
  }

  cut(): void {
    this.#finish(LOST);
    this.#peer!.#finish(LOST);
  }

  stall(): void {
    this.#stalled ??= [];
    this.#peer!.#stalled ??= [];
  }

  resume(): void {
    this.#release();
    this.#peer!.#release();
  }

  #release(): void {
    const held = this.#stalled ?? [];
    this.#stalled = undefined;
    for (const delivery of held) this.#queue.restore(delivery);
  }

  #sendUnreliable(message: Uint8Array): void {
    const { random, loss, duplication } = this.#options;
    if (random.next() < loss) return;
    this.#carry('unreliable', message, this.#datagramDueAt());
    if (random.next() < duplication) this.#carry('unreliable', message, this.#datagramDueAt());
  }

  #carry(lane: Lane, message: Uint8Array, dueAt: number): void {
    const copy = message.slice();
    this.#buffered[lane] += copy.length;
    this.#put(lane, dueAt, () => {
      if (this.#state === 'closed') return false;
      this.#buffered[lane] -= copy.length;
      const taken = this.#peer!.#receive(lane, copy);
      this.#waiters.settle(lane, this.#buffered[lane]);
      return taken;
    });
  }

  #put(lane: Lane, dueAt: number, deliver: () => boolean): void {
    this.#queue.add(dueAt, lane, (delivery) => {
      if (!this.#stalled) return deliver();
      this.#stalled.push(delivery);
      return false;
    });
  }

  #receive(lane: Lane, message: Bytes): boolean {
    if (this.#state !== 'open') return false;
    this.onMessage(lane, message);
    return true;
  }

  #finish(info: CloseInfo): boolean {
    if (this.#state === 'closed') return false;
    this.#state = 'closed';
    this.#stalled = undefined;
    for (const lane of ['reliable', 'bulk', 'unreliable'] as const) this.#buffered[lane] = 0;
    this.#waiters.releaseAll();
    this.onClose(info);
    return true;
  }

  #orderedDueAt(lane: Lane): number {
    const { clock, delayMs, jitterMs, random } = this.#options;
    const dueAt = clock.now() + delayMs + (jitterMs > 0 ? random.next() * jitterMs : 0);
    this.#lastDueAt[lane] = Math.max(this.#lastDueAt[lane], dueAt);
    return this.#lastDueAt[lane];
  }

  #datagramDueAt(): number {
    const { clock, delayMs, jitterMs, random, reordering, reorderMs } = this.#options;
    const late = random.next() < reordering ? random.next() * reorderMs : 0;
    return clock.now() + delayMs + (jitterMs > 0 ? random.next() * jitterMs : 0) + late;
  }
}
