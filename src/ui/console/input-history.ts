const KEY = 'theta-console';
const MOST_ENTRIES = 100;
/** Characters of an entry that are worth keeping. */
const MOST_TEXT = 20_000;

/** As much of the browser's storage as is used. */
export interface TextStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

interface Kept {
  readonly entries: readonly string[];
  readonly draft: string;
}

/** What was run in the console, to run again: kept in this browser, with what is being written. */
export class InputHistory {
  readonly #storage: TextStorage;
  #entries: readonly string[];
  #draft: string;
  /** Where one is among the entries; behind them all while one writes something new. */
  #at: number;

  constructor(storage: TextStorage) {
    this.#storage = storage;
    const { entries, draft } = read(storage);
    this.#entries = entries;
    this.#draft = draft;
    this.#at = entries.length;
  }

  /** What is being written. */
  get draft(): string {
    return this.#draft;
  }

  /** Notes what is being written. An entry that was brought back stays as it was run. */
  write(text: string): void {
    if (this.#at < this.#entries.length && text === this.#entries[this.#at]) return;
    this.#at = this.#entries.length;
    this.#draft = text;
    this.#save();
  }

  /** Notes what is run. */
  add(text: string): void {
    const others = this.#entries.at(-1) === text ? this.#entries.slice(0, -1) : this.#entries;
    this.#entries = [...others, text].slice(-MOST_ENTRIES);
    this.#at = this.#entries.length;
    this.#draft = '';
    this.#save();
  }

  /** The text of a step back or on; undefined at either end. Behind the newest is what one was writing. */
  step(by: 1 | -1): string | undefined {
    const at = this.#at + by;
    if (at < 0 || at > this.#entries.length) return undefined;
    this.#at = at;
    return this.#entries[at] ?? this.#draft;
  }

  #save(): void {
    const entries = this.#entries.map((each) => each.slice(0, MOST_TEXT));
    const kept: Kept = { entries, draft: this.#draft.slice(0, MOST_TEXT) };
    this.#storage.setItem(KEY, JSON.stringify(kept));
  }
}

/** Nothing, where there is nothing or something else. */
function read(storage: TextStorage): Kept {
  try {
    const kept: Partial<Kept> | null = JSON.parse(storage.getItem(KEY) ?? 'null');
    const entries = Array.isArray(kept?.entries) ? kept.entries : [];
    return {
      entries: entries.filter((each) => typeof each === 'string'),
      draft: typeof kept?.draft === 'string' ? kept.draft : '',
    };
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return { entries: [], draft: '' };
    throw thrown;
  }
}
