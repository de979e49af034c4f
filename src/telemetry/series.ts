import { FIGURES, type Figure, type Sample } from './figures.ts';

/** A minute at two samples a second. */
const MOST_SAMPLES = 120;

/** The last samples, and what figures were at each of them. */
export class TelemetrySeries {
  /** Called after a sample was added. */
  onChange: () => void = () => undefined;
  readonly #samples: Sample[] = [];

  get samples(): readonly Sample[] {
    return this.#samples;
  }

  add(sample: Sample): void {
    this.#samples.push(sample);
    if (this.#samples.length > MOST_SAMPLES) this.#samples.shift();
    this.onChange();
  }

  /** A figure's values, oldest first; undefined where it was not known. */
  values(figure: Figure): (number | undefined)[] {
    return this.#samples.map((sample, at) => {
      const before = this.#samples[at - 1] ?? sample;
      return figure.read(sample, before);
    });
  }

  /** A line for each sample, a column for each figure: what a spreadsheet reads. */
  toCsv(): string {
    const columns = FIGURES.map((figure) => this.values(figure));
    const heading = ['seconds', ...FIGURES.map(({ id }) => id)].join(',');
    const lines = this.#samples.map(({ atMs }, at) =>
      [(atMs / 1000).toFixed(3), ...columns.map((values) => values[at] ?? '')].join(','),
    );
    return `${[heading, ...lines].join('\r\n')}\r\n`;
  }

  /** The samples as they were taken. */
  toJson(): string {
    return JSON.stringify({ format: 'theta/telemetry', version: 1, samples: this.#samples });
  }
}
