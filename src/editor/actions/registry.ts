import { messageOf } from '../../shared/errors.ts';
import type { Notices } from '../stores/notices.ts';
import type { KeyInput } from '../tools/pointer-input.ts';
import type { Action, ActionRegistry, KeyBindings } from './action.ts';
import { formatKey, keyOf, matchesKey, type Platform } from './keys.ts';

/** The actions of an editor; one whose `run` throws leaves a notice. */
export class Actions implements ActionRegistry {
  readonly #platform: Platform;
  readonly #notices: Notices;
  readonly #byId = new Map<string, Action>();
  readonly #listeners = new Set<() => void>();
  #all: readonly Action[] = [];
  #bindings: KeyBindings = {};

  constructor(platform: Platform, notices: Notices) {
    this.#platform = platform;
    this.#notices = notices;
  }

  get all(): readonly Action[] {
    return this.#all;
  }

  get(id: string): Action | undefined {
    return this.#byId.get(id);
  }

  run(id: string): boolean {
    const action = this.#byId.get(id);
    if (action === undefined || !action.enabled()) return false;
    try {
      action.run();
    } catch (error) {
      this.#notices.notify({ kind: 'error', text: `${action.label}: ${messageOf(error)}` });
    }
    return true;
  }

  register(action: Action): () => void {
    this.#byId.set(action.id, action);
    this.#changed();
    return () => {
      if (this.#byId.get(action.id) !== action) return;
      this.#byId.delete(action.id);
      this.#changed();
    };
  }

  dispatch(input: KeyInput): boolean {
    if (input.type !== 'down' || input.editable) return false;
    const action = this.#all.find(
      ({ id, enabled }) =>
        this.keysOf(id).some((key) => matchesKey(key, input, this.#platform)) && enabled(),
    );
    if (action === undefined) return false;
    return input.repeat && action.repeats !== true ? true : this.run(action.id);
  }

  shortcutOf(id: string): string {
    const [key] = this.keysOf(id);
    return key === undefined ? '' : this.format(key);
  }

  keysOf(id: string): readonly string[] {
    return this.#bindings[id] ?? this.#byId.get(id)?.keys ?? [];
  }

  format(key: string): string {
    return formatKey(key, this.#platform);
  }

  keyFrom(input: KeyInput): string | undefined {
    return keyOf(input, this.#platform);
  }

  holdersOf(key: string): readonly Action[] {
    return this.#all.filter(({ id }) => this.keysOf(id).includes(key));
  }

  get bindings(): KeyBindings {
    return this.#bindings;
  }

  setBindings(bindings: KeyBindings): void {
    this.#bindings = bindings;
    this.#changed();
  }

  rebind(id: string, keys: readonly string[] | undefined): void {
    const { [id]: _, ...others } = this.#bindings;
    this.setBindings(keys === undefined ? others : { ...others, [id]: keys });
  }

  onChange(fn: () => void): () => void {
    this.#listeners.add(fn);
    return () => this.#listeners.delete(fn);
  }

  #changed(): void {
    this.#all = [...this.#byId.values()];
    for (const listener of this.#listeners) listener();
  }
}
