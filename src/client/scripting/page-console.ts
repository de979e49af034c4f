import { createStore, type StoreApi } from 'zustand/vanilla';
import { messageOf } from '../../shared/errors.ts';
import type {
  ConsoleLine,
  ConsoleLineKind,
  ConsoleState,
  ConsoleView,
} from '../../ui/console/console-view.ts';
import type { Command, Vocabulary } from '../../ui/console/vocabulary.ts';
import type { Ended, ScriptListener } from './sandbox/answer-scripts.ts';
import type { Shown } from './sandbox/messages.ts';
import type { Sandbox } from './sandbox/open-sandbox.ts';
import { memberVocabulary } from './script-vocabulary.ts';
import type { ThetaApi } from './theta-api.ts';

/** Older lines go. */
const MOST_LINES = 1000;
/** Lines that come within a frame are shown together. */
const FRAME_MS = 16;

export interface PageConsoleOptions {
  readonly theta: ThetaApi;
  /** Makes the place where scripts run, when the first of them does. */
  readonly openSandbox: (listener: ScriptListener) => Promise<Sandbox>;
  readonly commands: () => readonly Command[];
}

/** The console of a session: its lines, and the sandbox of its scripts. */
export class PageConsole implements ConsoleView {
  readonly state: StoreApi<ConsoleState> = createStore<ConsoleState>(() => ({
    isOpen: false,
    lines: [],
    running: 0,
  }));
  readonly #options: PageConsoleOptions;
  #sandbox: Promise<Sandbox> | undefined;
  #commands: readonly Command[] | undefined;
  #names: readonly string[] = [];
  #last = 0;
  /** Lines that were printed and not shown yet. */
  #printed: ConsoleLine[] = [];

  constructor(options: PageConsoleOptions) {
    this.#options = options;
  }

  setOpen(isOpen: boolean): void {
    this.state.setState({ isOpen });
  }

  run(source: string): void {
    this.#add('input', { text: source });
    this.#show();
    this.state.setState(({ running }) => ({ running: running + 1 }));
    void this.#ended(source).then(({ result, error }) => {
      if (error !== undefined) this.#add('error', { text: error });
      if (result !== undefined) this.#add('result', result);
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
    this.#commands ??= this.#options.commands();
    const members = memberVocabulary(this.#options.theta);
    return { members, commands: this.#commands, names: this.#names };
  }

  async #ended(source: string): Promise<Ended> {
    try {
      this.#sandbox ??= this.#options.openSandbox(this.#listener());
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
