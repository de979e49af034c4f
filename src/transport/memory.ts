import { DeliveryQueue } from './delivery-queue.ts';
import { MEMORY_NETWORK_DEFAULTS, type MemoryNetworkOptions } from './memory-options.ts';
import { MemoryTransport } from './memory-transport.ts';
import type { Transport } from './transport.ts';

/**
 * A network inside one process, for tests and simulation. It copies what it is given, and delivers
 * only inside `step` and `flush`, synchronously, so that the test decides when anything happens.
 */
export class MemoryNetwork {
  readonly #options: MemoryNetworkOptions;
  readonly #queue = new DeliveryQueue();

  constructor(options: Partial<MemoryNetworkOptions> = {}) {
    this.#options = { ...MEMORY_NETWORK_DEFAULTS, ...options };
  }

  /** A new connection's two ends. */
  connect(): [Transport, Transport] {
    const left = new MemoryTransport(this.#options, this.#queue);
    const right = new MemoryTransport(this.#options, this.#queue);
    left.join(right);
    right.join(left);
    return [left, right];
  }

  /** Delivers the next message or close that is due; false when none is. */
  step(): boolean {
    for (;;) {
      const next = this.#queue.takeDue(this.#options.clock.now());
      if (!next) return false;
      if (next.deliver(next)) return true;
    }
  }

  /** Delivers all that is due, and what that gives rise to; returns how much it was. */
  flush(): number {
    let delivered = 0;
    while (this.step()) delivered++;
    return delivered;
  }

  /** When, by the clock, the next message is due; `undefined` when nothing is under way. */
  nextDueAt(): number | undefined {
    return this.#queue.nextDueAt();
  }

  /** The line dies: both ends learn it at once as a loss; what was under way is gone. */
  cut(end: Transport): void {
    memoryEnd(end).cut();
  }

  /** Silence in both directions: messages wait until `resume`, and neither end learns of it. */
  stall(end: Transport): void {
    memoryEnd(end).stall();
  }

  /** Ends a `stall`; what waited is delivered by the next steps. */
  resume(end: Transport): void {
    memoryEnd(end).resume();
  }
}

function memoryEnd(end: Transport): MemoryTransport {
  if (end instanceof MemoryTransport) return end;
  throw new TypeError('That transport belongs to no MemoryNetwork');
}
