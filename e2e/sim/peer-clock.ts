import type { Clock } from '../../src/shared/clock.ts';

export interface Skew {
  /** How much the wall clock is ahead of the true one, in ms. */
  readonly offsetMs: number;
  /** How fast time passes here: 1.01 is one part in a hundred too fast. */
  readonly rate: number;
}

export const NO_SKEW: Skew = { offsetMs: 0, rate: 1 };

/** A machine's own idea of the time: ahead or behind, fast or slow, and at times asleep. */
export class PeerClock implements Clock {
  readonly #base: Clock;
  readonly #skew: Skew;
  /** What came due while the machine slept; `undefined` when it is awake. */
  #overslept: (() => void)[] | undefined;

  constructor(base: Clock, skew: Skew = NO_SKEW) {
    this.#base = base;
    this.#skew = skew;
  }

  now(): number {
    return this.#base.now() * this.#skew.rate;
  }

  wallTime(): number {
    return this.#base.wallTime() + this.#skew.offsetMs + this.now() - this.#base.now();
  }

  setTimer(fn: () => void, delayMs: number): () => void {
    let cancelled = false;
    const due = (): void => {
      if (cancelled) return;
      if (this.#overslept) this.#overslept.push(due);
      else fn();
    };
    const cancel = this.#base.setTimer(due, delayMs / this.#skew.rate);
    return () => {
      cancelled = true;
      cancel();
    };
  }

  /** The lid is closed: no timer fires, though time goes on. */
  sleep(): void {
    this.#overslept ??= [];
  }

  /** The lid is opened: what has come due fires now. */
  wake(): void {
    const due = this.#overslept ?? [];
    this.#overslept = undefined;
    for (const fn of due) fn();
  }
}
