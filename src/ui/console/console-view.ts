import type { StoreApi } from 'zustand';
import type { Vocabulary } from './vocabulary.ts';

export type ConsoleLineKind = 'input' | 'result' | 'log' | 'info' | 'warn' | 'error';

/** A script, or what came of one. */
export interface ConsoleLine {
  readonly id: number;
  readonly kind: ConsoleLineKind;
  readonly text: string;
  /** The same in one line, where it takes more. */
  readonly brief?: string | undefined;
}

export interface ConsoleState {
  readonly isOpen: boolean;
  /** The newest last. */
  readonly lines: readonly ConsoleLine[];
  /** Scripts that have not ended. */
  readonly running: number;
}

/** Runs scripts on the session, as the panel shows it. */
export interface ConsoleView {
  readonly state: StoreApi<ConsoleState>;
  setOpen(isOpen: boolean): void;
  run(source: string): void;
  /** Ends what runs, and forgets what scripts have declared. */
  stop(): void;
  clear(): void;
  vocabulary(): Vocabulary;
}
