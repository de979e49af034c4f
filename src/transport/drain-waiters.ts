import type { Lane } from './transport.ts';

interface Waiter {
  readonly lane: Lane;
  readonly atMost: number;
  readonly resolve: () => void;
}

/** Those who wait for a lane's buffer to empty: the part of `Transport.drained` that all share. */
export class DrainWaiters {
  #waiters: Waiter[] = [];

  /** Resolves once `settle` reports `lane` at or below `atMost`, or `releaseAll` is called. */
  wait(lane: Lane, atMost: number): Promise<void> {
    return new Promise((resolve) => this.#waiters.push({ lane, atMost, resolve }));
  }

  /** Releases those of `lane` for whom `buffered` bytes are few enough. */
  settle(lane: Lane, buffered: number): void {
    if (this.#waiters.length === 0) return;
    const released = this.#waiters.filter((w) => w.lane === lane && buffered <= w.atMost);
    if (released.length === 0) return;
    this.#waiters = this.#waiters.filter((w) => !released.includes(w));
    for (const waiter of released) waiter.resolve();
  }

  /** The transport has closed: nobody waits any longer. */
  releaseAll(): void {
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const waiter of waiters) waiter.resolve();
  }
}
