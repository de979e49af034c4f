/** Runs over which an average is taken: about two seconds of frames. */
const WINDOW = 120;

/** How long something took, lately. */
export interface Timing {
  readonly name: string;
  readonly runs: number;
  /** Of the last run. */
  readonly lastMs: number;
  /** Over the last 120 runs. */
  readonly averageMs: number;
  /** The longest of the last 120 runs. */
  readonly maxMs: number;
}

/** A rolling record of durations. Recording allocates nothing. */
export class DurationWindow {
  readonly #samples = new Float64Array(WINDOW);
  #runs = 0;

  record(ms: number): void {
    this.#samples[this.#runs % WINDOW] = ms;
    this.#runs += 1;
  }

  timing(name: string): Timing {
    const filled = this.#samples.subarray(0, Math.min(this.#runs, WINDOW));
    const sum = filled.reduce((total, ms) => total + ms, 0);
    const lastMs = this.#runs === 0 ? 0 : this.#samples[(this.#runs - 1) % WINDOW]!;
    const averageMs = filled.length === 0 ? 0 : sum / filled.length;
    return { name, runs: this.#runs, lastMs, averageMs, maxMs: Math.max(0, ...filled) };
  }
}
