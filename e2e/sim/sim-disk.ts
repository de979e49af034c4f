import { MemoryStorage } from '../../src/server/storage/memory-storage.ts';
import { type NewLogRecord, StorageError } from '../../src/server/storage/storage.ts';
import type { Clock } from '../../src/shared/clock.ts';
import type { Random } from '../../src/shared/random.ts';
import type { FaultCounts } from './faults.ts';

/** A group of log records between the call that writes it and the moment when it is on the disk. */
interface Write {
  readonly records: readonly NewLogRecord[];
  over: boolean;
}

/** The promise of somebody who died before keeping it. */
const NEVER = new Promise<never>(() => undefined);

/** A disk that takes its time to write, now and then will not, and forgets what it has not synced. */
export class SimDisk extends MemoryStorage {
  /** How many of the next writes of the log fail. */
  failures = 0;
  /** The longest that a write of the log takes, in ms. */
  slowestMs = 12;
  /** D1: whether a write is answered only when it is on the disk. Off, to see that it matters. */
  syncs = true;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #faults: FaultCounts;
  readonly #underWay = new Set<Write>();
  #lastDueAt = 0;

  constructor(clock: Clock, random: Random, faults: FaultCounts) {
    super();
    this.#clock = clock;
    this.#random = random;
    this.#faults = faults;
  }

  get isWriting(): boolean {
    return this.#underWay.size > 0;
  }

  /** The power goes: of what is being written some is whole on the disk, and the rest is not there. */
  async lose(): Promise<void> {
    const writes = [...this.#underWay];
    this.#underWay.clear();
    let kept = this.#random.below(writes.length + 1);
    for (const write of writes) {
      write.over = true;
      if (kept > 0) await super.appendGroup(write.records);
      this.#faults.count(
        kept > 0 ? 'log groups kept whose verdicts were lost' : 'log groups lost in a crash',
      );
      kept -= 1;
    }
  }

  override async appendGroup(records: readonly NewLogRecord[]): Promise<void> {
    const write: Write = { records: structuredClone(records), over: false };
    this.#underWay.add(write);
    const written = this.#write(write);
    if (this.syncs) await written;
    // Nobody hears of a write that fails after it was answered.
    else written.catch(() => undefined);
  }

  async #write(write: Write): Promise<void> {
    await this.#wait();
    if (write.over) return NEVER;
    this.#underWay.delete(write);
    if (this.failures > 0) {
      this.failures -= 1;
      this.#faults.count('log groups that the disk refused');
      throw new StorageError('full', 'The disk is full.');
    }
    await super.appendGroup(write.records);
  }

  /** Writes reach the disk in their order. */
  #wait(): Promise<void> {
    const now = this.#clock.now();
    this.#lastDueAt = Math.max(
      this.#lastDueAt,
      now + Math.ceil(this.#random.next() * this.slowestMs),
    );
    return new Promise((resolve) => this.#clock.setTimer(resolve, this.#lastDueAt - now));
  }
}
