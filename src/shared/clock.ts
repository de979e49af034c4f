/**
 * Time as the code sees it. Everything that waits or stamps takes a `Clock`, so that a simulation
 * can replace it. Milliseconds throughout.
 */
export interface Clock {
  /** Monotonic milliseconds; the origin means nothing. */
  now(): number;
  /** Milliseconds since the Unix epoch; may jump. */
  wallTime(): number;
  /** Calls `fn` once after `delayMs`; returns a function that cancels it. */
  setTimer(fn: () => void, delayMs: number): () => void;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  wallTime: () => Date.now(),
  setTimer(fn, delayMs) {
    const timer = setTimeout(fn, delayMs);
    return () => clearTimeout(timer);
  },
};
