export interface ViewportScaleOptions {
  readonly largest: number;
  readonly smallest: number;
  readonly step: number;
  /** Frames that are judged together. */
  readonly window: number;
  /** This share of a window's frames may be late before it counts as too slow. */
  readonly lateShare: number;
  /** Calm windows before a larger picture is tried. */
  readonly patience: number;
  /** The longest that patience may grow, in windows. */
  readonly mostPatience: number;
}

export const VIEWPORT_SCALE_DEFAULTS: ViewportScaleOptions = {
  largest: 1,
  smallest: 0.5,
  step: 0.1,
  window: 45,
  lateShare: 0.1,
  patience: 6,
  mostPatience: 240,
};

/** A frame that took this many times its interval was late. */
const LATE = 1.5;
/** A frame of which the CPU took this share of the interval is not the GPU's fault. */
const CPU_BOUND = 0.8;
/** Longer gaps than this are pauses: the headset was taken off, or a menu was open. */
const PAUSE_MS = 1000;

/**
 * How large a part of the headset's buffer is drawn, from measured frame times. Late frames shrink it
 * at once. A headset does not say how much of the GPU is left, so growing again is a trial: one that
 * fails doubles the calm time before the next, so that the size settles instead of swinging.
 */
export class ViewportScale {
  readonly #options: ViewportScaleOptions;
  #scale: number;
  #frames = 0;
  #late = 0;
  #calm = 0;
  #patience: number;
  /** Windows since the last growth; undefined when it has stood its trial. */
  #trial: number | undefined;

  constructor(options: Partial<ViewportScaleOptions> = {}) {
    this.#options = { ...VIEWPORT_SCALE_DEFAULTS, ...options };
    this.#scale = this.#options.largest;
    this.#patience = this.#options.patience;
  }

  get scale(): number {
    return this.#scale;
  }

  /** One frame: ms since the last, ms of it that the CPU was busy, and ms that it should take. */
  frame(elapsed: number, cpu: number, interval: number): number {
    if (elapsed > PAUSE_MS) {
      this.#frames = 0;
      this.#late = 0;
      return this.#scale;
    }
    this.#frames += 1;
    if (elapsed > LATE * interval && cpu < CPU_BOUND * interval) this.#late += 1;
    if (this.#frames >= this.#options.window) this.#judge();
    return this.#scale;
  }

  #judge(): void {
    const slow = this.#late > this.#options.lateShare * this.#frames;
    this.#frames = 0;
    this.#late = 0;
    if (slow) this.#shrink();
    else this.#rest();
  }

  #shrink(): void {
    const { smallest, step, mostPatience } = this.#options;
    if (this.#trial !== undefined) this.#patience = Math.min(mostPatience, 2 * this.#patience);
    this.#trial = undefined;
    this.#calm = 0;
    this.#scale = Math.max(smallest, rounded(this.#scale - step));
  }

  #rest(): void {
    const { largest, step, patience } = this.#options;
    this.#calm += 1;
    if (this.#trial !== undefined) {
      this.#trial += 1;
      if (this.#trial >= this.#patience) this.#trial = undefined;
    }
    if (this.#scale >= largest || this.#calm < Math.max(patience, this.#patience)) return;
    this.#calm = 0;
    this.#trial = 0;
    this.#scale = Math.min(largest, rounded(this.#scale + step));
  }
}

function rounded(scale: number): number {
  return Math.round(scale * 100) / 100;
}
