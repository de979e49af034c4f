import { createStore, type StoreApi } from 'zustand/vanilla';
import { messageOf } from '../../shared/errors.ts';
import type {
  ConsoleLine,
  ConsoleLineKind,
  ConsoleState,
  ConsoleView,
} from '../../ui/console/console-view.ts';
import type { Vocabulary } from '../../ui/console/vocabulary.ts';
import type { Ended, ScriptListener } from './sandbox/answer-scripts.ts';
import type { Shown } from './sandbox/messages.ts';
import type { Sandbox } from './sandbox/open-sandbox.ts';

/** Older lines go. */
const MOST_LINES = 1000;
/** Lines that come within a frame are shown together. */
const FRAME_MS = 16;

/** What the console needs once it is open, and no page before. */
export interface ConsoleParts {
  /** Makes the place where scripts run, when the first of them does. */
  openSandbox(listener: ScriptListener): Promise<Sandbox>;
  /** What scripts can say, with the names that they have declared. */
  vocabulary(names: readonly string[]): Vocabulary;
}

const NOTHING_YET: Vocabulary = { members: [], commands: [], names: [] };

/** The console of a session: its lines, and the sandbox of its scripts. */
export class PageConsole implements ConsoleView {
  readonly state: StoreApi<ConsoleState> = createStore<ConsoleState>(() => ({
    isOpen: false,
    lines: [],
    running: 0,
  }));
  readonly #load: () => Promise<ConsoleParts>;
  #parts: ConsoleParts | undefined;
  #sandbox: Promise<Sandbox> | undefined;
  #names: readonly string[] = [];
  #last = 0;
  /** Lines that were printed and not shown yet. */
  #printed: ConsoleLine[] = [];

  constructor(load: () => Promise<ConsoleParts>) {
    this.#load = load;
  }

  setOpen(isOpen: boolean): void {
    this.state.setState({ isOpen });
    // Whoever runs a script is told why it could not be had.
    if (isOpen) this.#loaded().catch(() => undefined);
  }

  run(source: string): void {
    this.#add('input', { text: source });
    this.#show();
    this.state.setState(({ running }) => ({ running: running + 1 }));
    void this.#ended(source).then(({ result, error }) => {
      if (error !== undefined) this.#add('error', { text: error });
      if (result !== undefined) this.#add('result', result);
      // Who sees that it has ended sees what came of it, too.
      this.#show();
      this.state.setState(({ running }) => ({ running: running - 1 }));
    });
  }

  stop(): void {
    const sandbox = this.#sandbox;
    this.#sandbox = undefined;
    this.#names = [];
    void sandbox?.then((open) => open.close('Stopped. What scripts had declared is gone.'));
  }

  clear(): void {
    this.#printed = [];
    this.state.setState({ lines: [] });
  }

  vocabulary(): Vocabulary {
    return this.#parts?.vocabulary(this.#names) ?? NOTHING_YET;
  }

  async #loaded(): Promise<ConsoleParts> {
    this.#parts ??= await this.#load();
    return this.#parts;
  }

  async #ended(source: string): Promise<Ended> {
    try {
      this.#sandbox ??= this.#loaded().then((parts) => parts.openSandbox(this.#listener()));
      const sandbox = await this.#sandbox;
      return await sandbox.run(source);
    } catch (thrown) {
      // The next one tries again.
      this.#sandbox = undefined;
      return { error: messageOf(thrown) };
    }
  }

  #listener(): ScriptListener {
    return {
      onPrint: (level, shown) => this.#add(level, shown),
      onClear: () => this.clear(),
      onNames: (names) => {
        this.#names = names;
      },
    };
  }

  #add(kind: ConsoleLineKind, { text, brief }: Shown): void {
    if (this.#printed.length === 0) setTimeout(() => this.#show(), FRAME_MS);
    this.#printed.push({ id: ++this.#last, kind, text, brief });
  }

  #show(): void {
    const printed = this.#printed;
    this.#printed = [];
    this.state.setState(({ lines }) => ({ lines: [...lines, ...printed].slice(-MOST_LINES) }));
  }
}
