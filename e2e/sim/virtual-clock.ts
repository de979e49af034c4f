import type { Clock } from '../../src/shared/clock.ts';
import { Heap } from '../../src/shared/heap.ts';

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly fn: () => void;
  cancelled: boolean;
}

function precedes(a: Timer, b: Timer): boolean {
  return a.at !== b.at ? a.at < b.at : a.order < b.order;
}

/** Time that stands still until the simulation moves it. */
export class VirtualClock implements Clock {
  #now = 0;
  #order = 0;
  readonly #timers = new Heap<Timer>(precedes);

  now(): number {
    return this.#now;
  }

  wallTime(): number {
    return 1_700_000_000_000 + this.#now;
  }

  setTimer(fn: () => void, delayMs: number): () => void {
    this.#order += 1;
    // As a browser's: no finer than a millisecond, and never early.
    const wait = delayMs > 0 ? Math.max(1, delayMs) : 0;
    const at = Math.ceil(this.#now + wait);
    const timer: Timer = { at, order: this.#order, fn, cancelled: false };
    this.#timers.add(timer);
    return () => {
      timer.cancelled = true;
    };
  }

  /** When the next timer is due; `undefined` when none waits. */
  nextAt(): number | undefined {
    while (this.#timers.first?.cancelled) this.#timers.take();
    return this.#timers.first?.at;
  }

  /** Moves to a time and runs what is due by then, in order; what that makes due waits. */
  moveTo(time: number): void {
    this.#now = Math.max(this.#now, time);
    const last = this.#order;
    const later: Timer[] = [];
    for (let at = this.nextAt(); at !== undefined && at <= this.#now; at = this.nextAt()) {
      const timer = this.#timers.take()!;
      if (timer.order > last) later.push(timer);
      else timer.fn();
    }
    for (const timer of later) this.#timers.add(timer);
  }
}
