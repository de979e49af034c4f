import type { Clock } from '../../src/shared/clock.ts';
import type { Random } from '../../src/shared/random.ts';
import type { FaultCounts } from './faults.ts';
import type { Trace } from './trace.ts';

/** How a network treats what it carries. Probabilities are in [0, 1], times in ms, one way. */
export interface Climate {
  readonly delayMs: number;
  readonly jitterMs: number;
  readonly loss: number;
  readonly duplication: number;
  /** How likely a datagram is late enough to be overtaken. */
  readonly reordering: number;
}

export const FAIR: Climate = { delayMs: 5, jitterMs: 40, loss: 0, duplication: 0, reordering: 0 };
export const FOUL: Climate = {
  delayMs: 20,
  jitterMs: 120,
  loss: 0.08,
  duplication: 0.05,
  reordering: 0.1,
};

/** A lost segment is missed and sent again after so long. */
const RESEND_MS = 200;
const LATE_MS = 250;
const MAX_SEGMENT_BYTES = 1400;
/** How often a segment ends wherever it may, and not at its full size. */
const ODD_SEGMENTS = 0.2;

/** Draws what befalls each segment and datagram, and counts it. Times are whole milliseconds. */
export class NetworkWeather {
  readonly clock: Clock;
  readonly random: Random;
  readonly faults: FaultCounts;
  readonly trace: Trace;
  climate: Climate;

  constructor(clock: Clock, random: Random, faults: FaultCounts, trace: Trace, climate: Climate) {
    this.clock = clock;
    this.random = random;
    this.faults = faults;
    this.trace = trace;
    this.climate = climate;
  }

  /** Where the next segment of a stream ends: mostly full, sometimes anywhere. */
  segmentSize(): number {
    const odd = this.random.next() < ODD_SEGMENTS;
    return odd ? 1 + this.random.below(MAX_SEGMENT_BYTES) : MAX_SEGMENT_BYTES;
  }

  segmentDelay(): number {
    let delay = this.#delay();
    while (this.random.next() < this.climate.loss) {
      this.faults.count('stream segments lost and sent again');
      delay += RESEND_MS + this.#delay();
    }
    return Math.ceil(delay);
  }

  /** When each copy of a datagram arrives; none when it is lost. */
  datagramDelays(): number[] {
    const { loss, duplication, reordering } = this.climate;
    if (this.random.next() < loss) {
      this.faults.count('datagrams lost');
      return [];
    }
    const doubled = this.random.next() < duplication;
    if (doubled) this.faults.count('datagrams doubled');
    const late = this.random.next() < reordering;
    if (late) this.faults.count('datagrams overtaken by later ones');
    const delays = doubled ? [this.#delay(), this.#delay()] : [this.#delay()];
    return delays.map((delay) => Math.ceil(late ? delay + LATE_MS : delay));
  }

  #delay(): number {
    const { delayMs, jitterMs } = this.climate;
    return delayMs + this.random.next() * jitterMs;
  }
}
