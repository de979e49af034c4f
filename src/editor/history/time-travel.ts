import type { StoreApi } from 'zustand/vanilla';
import type { Editor } from '../editor.ts';

/** One step of the session's history: a transaction of somebody. */
export interface PastStep {
  /** Dense, from 1; 0 is the beginning, before any step. */
  readonly ordinal: number;
  /** Of the log record that it is in. */
  readonly index: number;
  /** Of its last entry: the moment right after it. */
  readonly seq: number;
  readonly label: string;
  /** The command of its first entry; empty where that is not known. */
  readonly type: string;
  readonly entries: number;
  /** The public key, 64 hexadecimal digits; empty for the beginning. */
  readonly author: string;
  /** Milliseconds since the Unix epoch, by the server. */
  readonly time: number;
}

/** A moment that somebody has given a name. */
export interface NamedVersion {
  readonly seq: number;
  readonly name: string;
  readonly author: string;
  readonly time: number;
}

/** How the author of a step is shown. */
export interface Who {
  readonly name: string;
  /** `#rrggbb` */
  readonly color: string;
  readonly isSelf: boolean;
}

/** How far the check of the whole history is, or what it found. */
export type AuditState =
  | { readonly phase: 'idle' }
  /** From 0 to 1. */
  | { readonly phase: 'running'; readonly progress: number }
  | { readonly phase: 'valid'; readonly entries: number }
  | { readonly phase: 'faulty'; readonly fault: string };

export interface TimeTravelState {
  readonly isOpen: boolean;
  /** How many steps there are. */
  readonly total: number;
  /** Rises when steps have been read. */
  readonly revision: number;
  readonly versions: readonly NamedVersion[];
  /** The moment that is shown in place of now. */
  readonly moment: PastStep | undefined;
  /** The editor of that moment: it changes nothing. */
  readonly past: Editor | undefined;
  /** The step whose moment is on its way to be shown. */
  readonly aim: number | undefined;
  /** Why the history or a moment of it cannot be shown, in words. */
  readonly problem: string | undefined;
  readonly audit: AuditState;
  /** O5: labels of one's own steps, the next to undo or redo last. */
  readonly undo: readonly string[];
  readonly redo: readonly string[];
}

/** D4: the session's history, and the moments of it that a person may look at. */
export interface TimeTravel {
  readonly state: StoreApi<TimeTravelState>;
  setOpen(isOpen: boolean): void;
  /** A step that has been read; one that has not been is asked for. */
  step(ordinal: number): PastStep | undefined;
  who(author: string): Who;
  /** Shows the moment after a step; the last one is now. */
  show(ordinal: number): void;
  showVersion(version: NamedVersion): void;
  /** Back to now. */
  leave(): void;
  /** Makes the moment that is shown the present, for everybody, as one step to undo. */
  restore(): void;
  /** Gives the moment that is shown, or now, a name. */
  nameMoment(name: string): void;
  /** Takes its name from a version. */
  forget(version: NamedVersion): void;
  verify(): void;
  cancelVerify(): void;
  /** Undoes or redoes so many of one's own steps. */
  undo(steps: number): void;
  redo(steps: number): void;
}
