import type { Clock } from '../shared/clock.ts';
import type { Random } from '../shared/random.ts';

/** How the network in memory treats what it carries. Probabilities are in [0, 1]. */
export interface MemoryNetworkOptions {
  /** Tells when a delayed message is due. */
  readonly clock: Clock;
  /** Decides loss, duplication, reordering and jitter; seed it for a run that repeats. */
  readonly random: Random;
  /** One way, in milliseconds. */
  readonly delayMs: number;
  /** Up to this much is added to each message's delay; reliable lanes stay in order. */
  readonly jitterMs: number;
  /** What befalls `unreliable`. A reordered message is late by up to `reorderMs` more. */
  readonly loss: number;
  readonly duplication: number;
  readonly reordering: number;
  readonly reorderMs: number;
  readonly maxDatagramBytes: number;
}

const standingClock: Clock = {
  now: () => 0,
  wallTime: () => 0,
  setTimer: () => () => undefined,
};

export const MEMORY_NETWORK_DEFAULTS: MemoryNetworkOptions = {
  clock: standingClock,
  random: { next: () => 0.5, below: (bound) => Math.floor(bound / 2) },
  delayMs: 0,
  jitterMs: 0,
  loss: 0,
  duplication: 0,
  reordering: 0,
  reorderMs: 20,
  maxDatagramBytes: 1200,
};
