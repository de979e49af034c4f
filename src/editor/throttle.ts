import type { Clock } from '../shared/clock.ts';

/** At most this many calls a second reach the other people. */
const INTERVAL_MS = 100;

/** Calls `fn` with the newest value: at once, and then at most once an interval. */
export class Throttle<Value> {
  readonly #clock: Clock;
  readonly #fn: (value: Value) => void;
  #waiting: { readonly value: Value } | undefined;
  #cancelTimer: (() => void) | undefined;

  constructor(clock: Clock, fn: (value: Value) => void) {
    this.#clock = clock;
    this.#fn = fn;
  }

  push(value: Value): void {
    this.#waiting = { value };
    if (this.#cancelTimer === undefined) this.#flush();
  }

  /** What still waits is never sent. */
  dispose(): void {
    this.#cancelTimer?.();
    this.#waiting = undefined;
  }

  #flush(): void {
    this.#cancelTimer = undefined;
    const waiting = this.#waiting;
    if (waiting === undefined) return;
    this.#waiting = undefined;
    this.#cancelTimer = this.#clock.setTimer(() => this.#flush(), INTERVAL_MS);
    this.#fn(waiting.value);
  }
}
