import type { HistoryStep } from '../../commands/history.ts';
import { decodeStep, encodeStep, type StoredHistory } from '../../commands/history-codec.ts';
import type { CommandLog } from '../../commands/log.ts';
import type { CommandPipeline } from '../../commands/pipeline.ts';
import type { Clock } from '../../shared/clock.ts';
import { ThetaError } from '../../shared/errors.ts';

/** Where a replica's stacks are kept between its pages. */
export interface HistoryStore {
  load(): Promise<StoredHistory | undefined>;
  save(history: StoredHistory): Promise<void>;
}

const SAVE_AFTER_MS = 400;
const MAX_KEPT = 100;

/** O5: keeps undo and redo across reloads of the page. */
export class HistoryKeeper {
  readonly #log: CommandLog;
  readonly #pipeline: CommandPipeline;
  readonly #store: HistoryStore;
  readonly #clock: Clock;
  #cancelSave: (() => void) | undefined;
  #stopFollowing: () => void = () => undefined;

  constructor(log: CommandLog, pipeline: CommandPipeline, store: HistoryStore, clock: Clock) {
    this.#log = log;
    this.#pipeline = pipeline;
    this.#store = store;
    this.#clock = clock;
  }

  /** Puts back what an earlier page left, once the document is there, and follows from then on. */
  async restore(): Promise<void> {
    const stored = await this.#store.load();
    if (stored) {
      const { history } = this.#pipeline;
      const made = history.undoSteps;
      const undo = [...this.#decode(stored.undo), ...made];
      history.restore(undo, made.length > 0 ? [] : this.#decode(stored.redo));
    }
    this.#stopFollowing = this.#pipeline.onChange(() => this.#saveSoon());
  }

  dispose(): void {
    this.#stopFollowing();
    this.#cancelSave?.();
  }

  /** Saves now what would be saved soon. */
  async flush(): Promise<void> {
    if (this.#cancelSave === undefined) return;
    this.#cancelSave();
    this.#cancelSave = undefined;
    const { undoSteps, redoSteps } = this.#pipeline.history;
    await this.#store.save({ undo: this.#encode(undoSteps), redo: this.#encode(redoSteps) });
  }

  #saveSoon(): void {
    this.#cancelSave ??= this.#clock.setTimer(() => void this.flush(), SAVE_AFTER_MS);
  }

  #encode(steps: readonly HistoryStep[]): StoredHistory['undo'] {
    const { document, site, pending } = this.#log;
    return steps.slice(-MAX_KEPT).map((step) => {
      const final = step.transaction === undefined || !pending.includes(step.transaction);
      return encodeStep(document, site, step, final);
    });
  }

  /** A step that cannot be read any more is left out: the others still work. */
  #decode(steps: StoredHistory['undo']): HistoryStep[] {
    const { document, site } = this.#log;
    return steps.flatMap((bytes) => {
      try {
        return decodeStep(document, site, bytes) ?? [];
      } catch (thrown) {
        if (thrown instanceof ThetaError) return [];
        throw thrown;
      }
    });
  }
}
