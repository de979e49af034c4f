import type { Clock } from '../../src/shared/clock.ts';

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly fn: () => void;
  cancelled: boolean;
}

function precedes(a: Timer, b: Timer): boolean {
  return a.at !== b.at ? a.at < b.at : a.order < b.order;
}

/** Time that stands still until the simulation moves it. Timers wait in a binary heap. */
export class VirtualClock implements Clock {
  #now = 0;
  #order = 0;
  readonly #heap: Timer[] = [];

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
    this.#add(timer);
    return () => {
      timer.cancelled = true;
    };
  }

  /** When the next timer is due; `undefined` when none waits. */
  nextAt(): number | undefined {
    while (this.#heap[0]?.cancelled) this.#takeFirst();
    return this.#heap[0]?.at;
  }

  /** Moves to a time and runs what is due by then, in order; what that makes due waits. */
  moveTo(time: number): void {
    this.#now = Math.max(this.#now, time);
    const last = this.#order;
    const later: Timer[] = [];
    for (let at = this.nextAt(); at !== undefined && at <= this.#now; at = this.nextAt()) {
      const timer = this.#takeFirst();
      if (timer.order > last) later.push(timer);
      else timer.fn();
    }
    for (const timer of later) this.#add(timer);
  }

  #add(timer: Timer): void {
    let at = this.#heap.length;
    while (at > 0) {
      const parent = (at - 1) >>> 1;
      if (!precedes(timer, this.#heap[parent]!)) break;
      this.#heap[at] = this.#heap[parent]!;
      at = parent;
    }
    this.#heap[at] = timer;
  }

  #takeFirst(): Timer {
    const first = this.#heap[0]!;
    const last = this.#heap.pop()!;
    if (last !== first) this.#sink(last);
    return first;
  }

  #sink(timer: Timer): void {
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= this.#heap.length) break;
      const right = child + 1;
      if (right < this.#heap.length && precedes(this.#heap[right]!, this.#heap[child]!))
        child = right;
      if (!precedes(this.#heap[child]!, timer)) break;
      this.#heap[at] = this.#heap[child]!;
      at = child;
    }
    this.#heap[at] = timer;
  }
}
