import type { Clock } from '../../src/shared/clock.ts';

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly fn: () => void;
}

/** Time that stands still until the simulation moves it. */
export class VirtualClock implements Clock {
  #now = 0;
  #order = 0;
  readonly #timers = new Set<Timer>();

  now(): number {
    return this.#now;
  }

  wallTime(): number {
    return 1_700_000_000_000 + this.#now;
  }

  setTimer(fn: () => void, delayMs: number): () => void {
    this.#order += 1;
    const timer = { at: this.#now + Math.max(0, delayMs), order: this.#order, fn };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  nextAt(): number | undefined {
    let next: number | undefined;
    for (const { at } of this.#timers) if (next === undefined || at < next) next = at;
    return next;
  }

  /** Moves to a time and runs what is due by then, in order. */
  moveTo(time: number): void {
    this.#now = Math.max(this.#now, time);
    const due = [...this.#timers].filter(({ at }) => at <= this.#now);
    due.sort((a, b) => a.at - b.at || a.order - b.order);
    for (const timer of due) if (this.#timers.delete(timer)) timer.fn();
  }
}
