/** Something that took a while. Milliseconds since the page or the process began. */
export interface Span {
  readonly name: string;
  /** What it belongs to: `simulation`, `render`, `command`… */
  readonly category: string;
  readonly startMs: number;
  readonly endMs: number;
  /** What a viewer shows beside it. */
  readonly detail?: Readonly<Record<string, string | number>>;
}

/** A recording that nobody ends keeps its last spans. */
const MOST_SPANS = 100_000;

/** Keeps spans while somebody records; costs a comparison while nobody does. */
export class SpanRecorder {
  #spans: Span[] | undefined;

  get isRecording(): boolean {
    return this.#spans !== undefined;
  }

  /** Begins anew. */
  start(): void {
    this.#spans = [];
  }

  /** Ends; gives what was recorded, in the order in which it ended. */
  stop(): readonly Span[] {
    const spans = this.#spans ?? [];
    this.#spans = undefined;
    return spans;
  }

  record(
    name: string,
    category: string,
    startMs: number,
    endMs: number,
    detail?: Span['detail'],
  ): void {
    if (this.#spans === undefined) return;
    if (this.#spans.length >= MOST_SPANS) this.#spans.splice(0, MOST_SPANS / 2);
    this.#spans.push({ name, category, startMs, endMs, ...(detail && { detail }) });
  }
}

/**
 * Spans as the browser's performance panel and Perfetto open them: Google's Trace Event Format, JSON,
 * each category a thread of its own.
 */
export function traceFile(spans: readonly Span[]): string {
  const categories = [...new Set(spans.map(({ category }) => category))];
  const names = categories.map((name, tid) => ({
    ...{ ph: 'M', name: 'thread_name', pid: 1, tid },
    args: { name },
  }));
  const events = spans.map(({ name, category, startMs, endMs, detail }) => ({
    ...{ ph: 'X', name, cat: category, pid: 1, tid: categories.indexOf(category) },
    ts: Math.round(startMs * 1000),
    dur: Math.max(0, Math.round((endMs - startMs) * 1000)),
    args: detail ?? {},
  }));
  const process = { ph: 'M', name: 'process_name', pid: 1, args: { name: 'Theta' } };
  return JSON.stringify({ traceEvents: [process, ...names, ...events], displayTimeUnit: 'ms' });
}
