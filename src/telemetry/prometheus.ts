import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** The values of a metric's labels: each name that was declared, and no other. */
export type Labels<Name extends string> = Readonly<Record<Name, string>>;

export interface CounterMetric<Name extends string> {
  /** Adds `by`, one by default. */
  add(labels: Labels<Name>, by?: number): void;
}

export interface HistogramMetric<Name extends string> {
  observe(labels: Labels<Name>, value: number): void;
}

/**
 * The metrics of one process, exported as Prometheus text. Labels are typed by their names; keep
 * their values to fixed small sets, for every combination is kept for ever.
 */
export class Metrics {
  readonly #registry = new Registry();

  readonly contentType = this.#registry.contentType;

  counter<Name extends string = never>(
    name: `theta_${string}_total`,
    help: string,
    labels: readonly Name[] = [],
  ): CounterMetric<Name> {
    const counter = new Counter({
      name,
      help,
      labelNames: [...labels],
      registers: [this.#registry],
    });
    return { add: (values, by = 1) => counter.inc({ ...values }, by) };
  }

  /** @param buckets upper bounds, ascending, in the metric's unit */
  histogram<Name extends string = never>(
    name: `theta_${string}`,
    help: string,
    buckets: readonly number[],
    labels: readonly Name[] = [],
  ): HistogramMetric<Name> {
    const histogram = new Histogram({
      name,
      help,
      buckets: [...buckets],
      labelNames: [...labels],
      registers: [this.#registry],
    });
    return { observe: (values, value) => histogram.observe({ ...values }, value) };
  }

  /** A value that is read when somebody asks. */
  gauge(name: `theta_${string}`, help: string, read: () => number | Promise<number>): void {
    new Gauge({
      name,
      help,
      registers: [this.#registry],
      async collect() {
        this.set(await read());
      },
    });
  }

  /** Prometheus text exposition format. */
  text(): Promise<string> {
    return this.#registry.metrics();
  }
}
