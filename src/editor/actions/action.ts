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
  /** As `Mod+Shift+Z`, where Mod is Ctrl, or Cmd on a Mac. The first one is shown. */
  readonly keys: readonly string[];
  /** Whether holding the key down runs it again and again. */
  readonly repeats?: boolean;
  enabled(): boolean;
  /** For an action that is on or off. */
  checked?(): boolean;
  run(): void;
}

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
  /** Calls `fn` after actions were registered or taken away, until the returned function is called. */
  onChange(fn: () => void): () => void;
}
