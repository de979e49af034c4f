import type { Clock } from '../../../shared/clock.ts';

/** A clock whose timers fire at once, in turn, and which remembers how long each was to wait. */
export class SteppingClock implements Clock {
  readonly waits: number[] = [];
  #time = 0;

  now(): number {
    return this.#time;
  }

  wallTime(): number {
    return this.#time;
  }

  setTimer(fn: () => void, delayMs: number): () => void {
    this.waits.push(delayMs);
    let isWanted = true;
    queueMicrotask(() => {
      this.#time += delayMs;
      if (isWanted) fn();
    });
    return () => {
      isWanted = false;
    };
  }
}
