import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Editor } from '../../editor/editor.ts';
import { messageOf } from '../../shared/errors.ts';
import type { TelemetryState, TelemetryView } from '../../ui/telemetry/telemetry-view.ts';
import { download } from '../download.ts';
import type { ThetaApi } from '../scripting/theta-api.ts';

const SAMPLE_MS = 500;
const SHORT_KEY = 8;

/** Takes samples while somebody looks at them, and hands them out as files. */
export class PageTelemetry implements TelemetryView {
  readonly state: StoreApi<TelemetryState> = createStore<TelemetryState>(() => ({
    isOpen: false,
    isTracing: false,
    series: undefined,
    revision: 0,
  }));
  readonly #theta: ThetaApi;
  readonly #editor: Editor;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(theta: ThetaApi, editor: Editor) {
    this.#theta = theta;
    this.#editor = editor;
  }

  setOpen(isOpen: boolean): void {
    this.state.setState({ isOpen });
    if (!isOpen) {
      clearInterval(this.#timer);
      this.#timer = undefined;
      return;
    }
    this.#begin().catch((thrown: unknown) => {
      this.state.setState({ isOpen: false });
      this.#editor.notify({ kind: 'error', text: messageOf(thrown) });
    });
  }

  nameOf(author: string): string {
    const { session } = this.#theta;
    const member = session.members.find(({ key }) => key === author);
    // Who is no member is the session itself, which lets people in.
    if (member === undefined) return 'the session';
    const name = member.name || `${author.slice(0, SHORT_KEY)}…`;
    return author === session.author ? `${name} (you)` : name;
  }

  save(format: 'csv' | 'json'): void {
    const { series } = this.state.getState();
    if (series === undefined) return;
    if (format === 'csv') download('theta-telemetry.csv', series.toCsv(), 'text/csv');
    else download('theta-telemetry.json', series.toJson());
  }

  startTrace(): void {
    this.#theta.startTrace();
    this.state.setState({ isTracing: true });
  }

  stopTrace(): void {
    this.state.setState({ isTracing: false });
    download('theta-trace.json', this.#theta.stopTrace());
  }

  async #begin(): Promise<void> {
    if (this.state.getState().series === undefined) {
      const { TelemetrySeries } = await import('../../telemetry/series.ts');
      this.state.setState({ series: new TelemetrySeries() });
    }
    if (this.#timer !== undefined || !this.state.getState().isOpen) return;
    this.#sample();
    this.#timer = setInterval(() => this.#sample(), SAMPLE_MS);
  }

  #sample(): void {
    const { series } = this.state.getState();
    series?.add({ atMs: performance.now(), snapshot: this.#theta.telemetry() });
    this.state.setState(({ revision }) => ({ revision: revision + 1 }));
  }
}
