import type { KeyInput } from '../tools/pointer-input.ts';

export type ActionGroup = 'Tools' | 'Edit' | 'Selection' | 'Add' | 'View' | 'Session' | 'File';

/** Something a person can do by a key, a menu or the command palette. */
export interface Action {
  /** Dotted and stable, as `edit.undo`. */
  readonly id: string;
  readonly label: string;
  readonly group: ActionGroup;
  /** The name of a lucide icon, kebab-case. */
  readonly icon?: string | undefined;
  /**
   * As `Mod+Shift+Z`, where Mod is Ctrl, or Cmd on a Mac; what the user has not chosen otherwise. The
   * first one is shown.
   */
  readonly keys: readonly string[];
  /** Whether holding the key down runs it again and again. */
  readonly repeats?: boolean;
  enabled(): boolean;
  /** For an action that is on or off. */
  checked?(): boolean;
  run(): void;
}

export type KeyBindings = Readonly<Record<string, readonly string[]>>;

/** Every action of the editor by its id. */
export interface ActionRegistry {
  /** In the order of registration. */
  readonly all: readonly Action[];
  get(id: string): Action | undefined;
  /** Whether the action exists and was enabled; errors become notices. */
  run(id: string): boolean;
  /** Adds or replaces one by its id; returns what takes it away again. */
  register(action: Action): () => void;
  /** Runs the enabled action that a key stands for. False: the key is nobody's. */
  dispatch(input: KeyInput): boolean;
  /** The keys as this machine's user reads them: `Ctrl+Shift+Z`, `⇧⌘Z`. Empty for none. */
  shortcutOf(id: string): string;
  /** All keys of an action, as `Mod+Shift+Z`: the user's own, else those it came with. */
  keysOf(id: string): readonly string[];
  /** One key as this machine's user reads it. */
  format(key: string): string;
  /** The key that an input stands for, as actions name it; undefined for a modifier alone. */
  keyFrom(input: KeyInput): string | undefined;
  /** The actions that a key stands for, enabled or not. */
  holdersOf(key: string): readonly Action[];
  /** The user's own keys by action; an empty list takes an action's keys away. */
  readonly bindings: KeyBindings;
  /** Sets all of the user's own keys. */
  setBindings(bindings: KeyBindings): void;
  /** Gives an action keys of the user's own; undefined gives back those that it came with. */
  rebind(id: string, keys: readonly string[] | undefined): void;
  /** Calls `fn` after actions or their keys have changed, until the returned function is called. */
  onChange(fn: () => void): () => void;
}
