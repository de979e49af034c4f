import type { NewLogRecord, SessionStorage } from '../storage/storage.ts';

/** A record, and what happens when it is on disk. */
interface Waiting {
  readonly record: NewLogRecord;
  readonly stored: () => void;
}

/**
 * D1: group commit. Records that come while one group is being written make up the next: one fsync
 * serves them all, of every room. `stored` is called in the order of `append`.
 */
export class LogWriter {
  readonly #storage: SessionStorage;
  #waiting: Waiting[] = [];
  #writing: Promise<void> | undefined;
  #failure: { readonly error: unknown } | undefined;

  constructor(storage: SessionStorage) {
    this.#storage = storage;
  }

  /**
   * @param failed called instead of `stored` when the record, and all after it, are not on disk: after
   * one failure nothing more is written, as it would not follow what is stored
   */
  append(record: NewLogRecord, stored: () => void, failed: (error: unknown) => void): void {
    if (this.#failure) {
      failed(this.#failure.error);
      return;
    }
    this.#waiting.push({ record, stored });
    this.#writing ??= this.#write(failed);
  }

  /** Resolves when everything appended before is on disk or has failed. */
  async settled(): Promise<void> {
    while (this.#writing) await this.#writing;
  }

  async #write(failed: (error: unknown) => void): Promise<void> {
    // What the same task judges goes into the first group.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const group = this.#waiting;
      this.#waiting = [];
      try {
        await this.#storage.appendGroup(group.map(({ record }) => record));
      } catch (error) {
        this.#waiting = [];
        this.#writing = undefined;
        this.#failure = { error };
        failed(error);
        return;
      }
      for (const { stored } of group) stored();
    }
    // In the same task in which nothing was found waiting: who comes next begins anew.
    this.#writing = undefined;
  }
}
