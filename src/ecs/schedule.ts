import { type Clock, systemClock } from '../shared/clock.ts';
import { messageOf, ThetaError } from '../shared/errors.ts';
import { type Logger, silentLogger } from '../shared/logger.ts';
import type { Component } from './component.ts';
import { DurationWindow, type Timing } from './timing.ts';
import type { World } from './world.ts';
import { WriteGuard } from './write-guard.ts';

/** `startup` comes once, before the first frame; when each of the others runs is its caller's to say. */
export const STAGES = ['startup', 'simulation', 'render', 'editor'] as const;
export type Stage = (typeof STAGES)[number];

/** What a system is given. The object is the same in each frame. */
export interface FrameContext {
  readonly world: World;
  /** Frames since the start; 1 in the first. */
  readonly frame: number;
  /** Since the frame before. */
  readonly deltaSeconds: number;
  /** Since the start. */
  readonly elapsedSeconds: number;
}

/** A named step of a stage. It may read what it writes. */
export interface System {
  readonly name: string;
  readonly stage: Stage;
  readonly reads: readonly Component[];
  readonly writes: readonly Component[];
  /** A run that takes longer is reported as slow; without it, the scheduler's. */
  readonly budgetMs?: number;
  readonly run: (context: FrameContext) => void;
}

export interface SlowSystem {
  readonly system: string;
  readonly stage: Stage;
  readonly lastMs: number;
  readonly averageMs: number;
  readonly budgetMs: number;
}

export interface StageTiming extends Timing {
  readonly name: Stage;
  /** In the order in which they run. */
  readonly systems: readonly Timing[];
}

export interface SchedulerOptions {
  readonly world: World;
  readonly clock?: Clock;
  readonly logger?: Logger;
  /** Hold systems to what they declare: for tests and development, see `WriteGuard`. */
  readonly strict?: boolean;
  readonly budgetMs?: number;
  /** A slow system is reported this often at most. */
  readonly slowReportIntervalMs?: number;
  /** Told of each run of a system; in the clock's milliseconds. */
  readonly onRun?: (system: System, startMs: number, endMs: number) => void;
}

export const SCHEDULER_DEFAULTS = { budgetMs: 4, slowReportIntervalMs: 5000 } as const;

interface Entry {
  readonly system: System;
  readonly durations: DurationWindow;
  readonly body: () => void;
  reportedAt: number;
}

/**
 * Runs systems stage by stage, in the order in which they were added, and times them. F1: the order is
 * the order of the list, and `order()` prints it. A run allocates nothing unless a system is slow.
 */
export class Scheduler {
  readonly #context: { -readonly [Key in keyof FrameContext]: FrameContext[Key] };
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #guard: WriteGuard | undefined;
  readonly #budgetMs: number;
  readonly #slowReportIntervalMs: number;
  readonly #onRun: SchedulerOptions['onRun'];
  readonly #stages: Record<Stage, Entry[]> = {
    startup: [],
    simulation: [],
    render: [],
    editor: [],
  };
  readonly #durations: Record<Stage, DurationWindow> = {
    startup: new DurationWindow(),
    simulation: new DurationWindow(),
    render: new DurationWindow(),
    editor: new DurationWindow(),
  };
  readonly #slowListeners = new Set<(slow: SlowSystem) => void>();

  constructor(options: SchedulerOptions) {
    this.#context = { world: options.world, frame: 0, deltaSeconds: 0, elapsedSeconds: 0 };
    this.#clock = options.clock ?? systemClock;
    this.#logger = options.logger ?? silentLogger;
    this.#guard = options.strict ? new WriteGuard(options.world) : undefined;
    this.#budgetMs = options.budgetMs ?? SCHEDULER_DEFAULTS.budgetMs;
    this.#slowReportIntervalMs =
      options.slowReportIntervalMs ?? SCHEDULER_DEFAULTS.slowReportIntervalMs;
    this.#onRun = options.onRun;
  }

  /**
   * Adds a system at the end of its stage; returns a function that takes it out again.
   * @throws {ThetaError} `duplicate-system` when the name is taken
   */
  addSystem(system: System): () => void {
    if (this.#find(system.name) !== undefined) {
      throw new ThetaError('duplicate-system', `There is a system "${system.name}" already.`);
    }
    const entry: Entry = {
      system,
      durations: new DurationWindow(),
      body: () => system.run(this.#context),
      reportedAt: -Infinity,
    };
    // Stages are replaced, not changed, so that a system may add and remove systems.
    this.#stages[system.stage] = [...this.#stages[system.stage], entry];
    return () => {
      this.#stages[system.stage] = this.#stages[system.stage].filter((each) => each !== entry);
    };
  }

  /** Begins a frame that comes `deltaSeconds` after the one before. */
  advance(deltaSeconds: number): void {
    this.#context.frame += 1;
    this.#context.deltaSeconds = deltaSeconds;
    this.#context.elapsedSeconds += deltaSeconds;
  }

  /**
   * Runs the systems of a stage. A system that throws ends the stage.
   * @throws {ThetaError} `system-failed`, naming it, with its error as the cause; when strict, an
   * `AccessErrorCode`
   */
  run(stage: Stage): void {
    const entries = this.#stages[stage];
    const start = this.#clock.now();
    let before = start;
    for (let i = 0; i < entries.length; i++) {
      const entry = entries[i]!;
      this.#runEntry(entry);
      const after = this.#clock.now();
      this.#record(entry, after - before, after);
      this.#onRun?.(entry.system, before, after);
      before = after;
    }
    this.#durations[stage].record(before - start);
  }

  /** Every system's name by stage, in the order in which they run. */
  order(): Record<Stage, readonly string[]> {
    const names = (stage: Stage): string[] => this.#stages[stage].map((each) => each.system.name);
    return {
      startup: names('startup'),
      simulation: names('simulation'),
      render: names('render'),
      editor: names('editor'),
    };
  }

  /** Rolling timings of every stage and its systems. */
  timings(): readonly StageTiming[] {
    return STAGES.map((stage) => ({
      ...this.#durations[stage].timing(stage),
      name: stage,
      systems: this.#stages[stage].map((each) => each.durations.timing(each.system.name)),
    }));
  }

  /** Calls `listener` when a run takes longer than its budget, until the returned function is called. */
  onSlow(listener: (slow: SlowSystem) => void): () => void {
    this.#slowListeners.add(listener);
    return () => this.#slowListeners.delete(listener);
  }

  #find(name: string): Entry | undefined {
    return STAGES.flatMap((stage) => this.#stages[stage]).find((each) => each.system.name === name);
  }

  #runEntry(entry: Entry): void {
    try {
      if (this.#guard === undefined) entry.body();
      else this.#guard.run(entry.system, entry.body);
    } catch (thrown) {
      if (this.#guard?.violation === thrown) throw thrown;
      const message = `System "${entry.system.name}" failed: ${messageOf(thrown)}`;
      throw new ThetaError('system-failed', message, { cause: thrown });
    }
  }

  #record(entry: Entry, ms: number, now: number): void {
    entry.durations.record(ms);
    const budgetMs = entry.system.budgetMs ?? this.#budgetMs;
    if (ms <= budgetMs || now - entry.reportedAt < this.#slowReportIntervalMs) return;
    entry.reportedAt = now;
    const { name, stage } = entry.system;
    const { lastMs, averageMs } = entry.durations.timing(name);
    const slow: SlowSystem = { system: name, stage, lastMs, averageMs, budgetMs };
    this.#logger.warn('A system is slow', { ...slow });
    for (const listener of this.#slowListeners) listener(slow);
  }
}
