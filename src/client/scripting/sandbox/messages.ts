import type { CommandListing } from '../../../commands/registry.ts';

/** An entity as `theta.get` gives it. */
export interface PlainEntity {
  readonly id: string;
  readonly parent: string | null;
  readonly [component: string]: unknown;
}

/** What a script can read without asking, by the member of `theta`. */
export type KnownValues = Readonly<Record<string, unknown>>;

/** What has changed since the sandbox was last told. */
export interface Update {
  readonly values: KnownValues;
  readonly changed: readonly PlainEntity[];
  readonly removed: readonly string[];
}

/** An exception on its way: of it a name, a sentence and the code that programs go by are left. */
export interface PlainError {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
}

export type PrintLevel = 'log' | 'info' | 'warn' | 'error';

/** A value as text: all of it, and in one line where that is another. */
export interface Shown {
  readonly text: string;
  readonly brief?: string;
}

/** One command of a transaction; parameters may name what the ones before it make by stand-ins. */
export interface RecordedStep {
  readonly type: string;
  readonly params: unknown;
  /** Numbers the step among all of this sandbox: its stand-ins name it. */
  readonly step: number;
}

/** From the page to the sandbox. */
export type ToSandbox =
  | {
      readonly type: 'begin';
      readonly commands: readonly CommandListing[];
      /** Components whose entities are not in the scene. */
      readonly records: readonly string[];
    }
  | {
      readonly type: 'run';
      readonly run: number;
      readonly source: string;
      readonly update: Update;
    }
  | {
      readonly type: 'reply';
      readonly call: number;
      readonly value: unknown;
      readonly update: Update;
    }
  | {
      readonly type: 'failure';
      readonly call: number;
      readonly error: PlainError;
      readonly update: Update;
    }
  | {
      readonly type: 'callback';
      readonly callback: number;
      readonly args: readonly unknown[];
      readonly update: Update;
    }
  /** That many lines were taken off the sandbox's hands. */
  | { readonly type: 'printed'; readonly count: number };

/** From the sandbox to the page, which trusts none of it. */
export type FromSandbox =
  | { readonly type: 'ready' }
  | {
      readonly type: 'ended';
      readonly run: number;
      /** Absent where there is no value. */
      readonly result?: Shown;
      readonly error?: string;
      /** What scripts have declared so far. */
      readonly names: readonly string[];
    }
  | {
      readonly type: 'call';
      readonly call: number;
      readonly method: string;
      readonly args: readonly unknown[];
    }
  | { readonly type: 'select'; readonly ids: readonly string[] }
  | { readonly type: 'listen'; readonly event: string; readonly callback: number }
  | { readonly type: 'forget'; readonly callback: number }
  | { readonly type: 'abort'; readonly signal: number }
  | { readonly type: 'print'; readonly level: PrintLevel; readonly shown: Shown }
  | { readonly type: 'clear' };

/** Stands for a function of the sandbox in a call's arguments. */
export interface CallbackMark {
  readonly $callback: number;
}

/** Stands for an `AbortSignal` of the sandbox. */
export interface SignalMark {
  readonly $signal: number;
}

export function plainError(thrown: unknown): PlainError {
  if (!(thrown instanceof Error)) return { name: 'Error', message: String(thrown) };
  const { name, message } = thrown;
  return 'code' in thrown ? { name, message, code: String(thrown.code) } : { name, message };
}
