import { MemoryStorage } from '../../src/server/storage/memory-storage.ts';
import { type NewLogRecord, StorageError } from '../../src/server/storage/storage.ts';
import type { Clock } from '../../src/shared/clock.ts';
import type { Random } from '../../src/shared/random.ts';

/** A disk that takes its time to write, and now and then will not. */
export class SimDisk extends MemoryStorage {
  /** How many of the next writes of the log fail. */
  failures = 0;
  /** The longest that a write of the log takes, in ms. */
  slowestMs = 12;
  readonly #clock: Clock;
  readonly #random: Random;
  #life = 0;

  constructor(clock: Clock, random: Random) {
    super();
    this.#clock = clock;
    this.#random = random;
  }

  /** The power goes: what is being written is not. */
  lose(): void {
    this.#life += 1;
  }

  override async appendGroup(records: readonly NewLogRecord[]): Promise<void> {
    const life = this.#life;
    await this.#wait(this.#random.next() * this.slowestMs);
    if (life !== this.#life) return;
    if (this.failures > 0) {
      this.failures -= 1;
      throw new StorageError('closed', 'The disk is full.');
    }
    await super.appendGroup(records);
  }

  #wait(ms: number): Promise<void> {
    return new Promise((resolve) => this.#clock.setTimer(resolve, ms));
  }
}
