import type { Clock } from '../../shared/clock.ts';

/** A clock that moves when the test says so, and then runs what is due. */
export class ManualClock implements Clock {
  #timers: { readonly at: number; readonly fn: () => void }[] = [];
  #time = 0;
  now = (): number => this.#time;
  wallTime = (): number => this.#time;
  setTimer = (fn: () => void, delayMs: number): (() => void) => {
    const timer = { at: this.#time + delayMs, fn };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((each) => each !== timer);
    };
  };

  advance(ms: number): void {
    this.#time += ms;
    const due = this.#timers.filter(({ at }) => at <= this.#time);
    this.#timers = this.#timers.filter(({ at }) => at > this.#time);
    for (const { fn } of due) fn();
  }
}
