import { THETA_MEMBERS } from '../theta-members.ts';
import { compileScript, type Scope } from './compile-script.ts';
import { describeError, INSPECT_DEFAULTS, inspect, inspectTable } from './inspect.ts';
import type { PrintLevel, Shown, ToSandbox } from './messages.ts';
import { PageLink } from './page-link.ts';
import { ScriptTheta } from './script-theta.ts';

/** Lines that the page has not yet taken; a script that prints more without a pause is cut short. */
const MOST_LINES = 2000;
const BRIEF: Parameters<typeof inspect>[1] = {
  ...INSPECT_DEFAULTS,
  width: 1e6,
  depth: 3,
  items: 20,
};
const BRIEF_LENGTH = 160;
/** What `theta` itself is shown as. */
const MEMBERS = inspectTable(
  Object.fromEntries(
    THETA_MEMBERS.map(({ name, parameters, summary }) => [
      `theta.${name}${parameters === undefined ? '' : `(${parameters})`}`,
      { '': summary },
    ]),
  ),
).trimStart();

/** A port that messages come in by. */
export interface ScriptPort {
  postMessage(message: unknown): void;
  onmessage: ((event: MessageEvent) => void) | null;
}

/** Runs the scripts that come in by a port, one after the other or side by side, for as long as it is open. */
export function serveScripts(port: ScriptPort): ScriptServer {
  const server = new ScriptServer(port);
  port.onmessage = ({ data }) => server.take(data);
  return server;
}

class ScriptServer {
  readonly #link: PageLink;
  readonly #theta: ScriptTheta;
  readonly #globals: Scope;
  readonly #scope: Scope = {};
  /** Lines on their way to the page. */
  #lines = 0;
  #leftOut = 0;

  constructor(port: ScriptPort) {
    this.#link = new PageLink(port);
    this.#theta = new ScriptTheta(this.#link);
    this.#globals = { theta: this.#theta, console: { ...console, ...this.#console() } };
    this.#link.send({ type: 'ready' });
  }

  take(message: ToSandbox): void {
    if ('update' in message) ScriptTheta.update(this.#theta, message.update);
    if (message.type === 'begin') ScriptTheta.begin(this.#theta, message.commands, message.records);
    else if (message.type === 'run') void this.#run(message.run, message.source);
    else if (message.type === 'reply') this.#link.answered(message.call, message.value);
    else if (message.type === 'failure') this.#link.failed(message.call, message.error);
    else if (message.type === 'printed') this.#printed(message.count);
    else this.#attempt(() => this.#link.calledBack(message.callback, message.args));
  }

  /** Tells of an exception that no script has caught. */
  report(thrown: unknown): void {
    this.#print('error', [], `Uncaught ${describeError(thrown)}`);
  }

  async #run(run: number, source: string): Promise<void> {
    try {
      const value = await compileScript(source).run(this.#scope, this.#globals);
      const result = value === undefined ? {} : { result: this.#shown([value], inspect) };
      this.#link.send({ type: 'ended', run, ...result, names: this.#names });
    } catch (thrown) {
      const error = ScriptTheta.resolve(this.#theta, describeError(thrown));
      this.#link.send({ type: 'ended', run, error, names: this.#names });
    }
  }

  get #names(): readonly string[] {
    return Object.keys(this.#scope);
  }

  #attempt(step: () => void): void {
    try {
      step();
    } catch (thrown) {
      this.report(thrown);
    }
  }

  #console() {
    const print =
      (level: PrintLevel) =>
      (...args: readonly unknown[]): void =>
        this.#print(level, args);
    return {
      log: print('log'),
      debug: print('log'),
      dir: (value: unknown) => this.#print('log', [value]),
      info: print('info'),
      warn: print('warn'),
      error: print('error'),
      table: (data: unknown) => this.#print('log', [], inspectTable(data)),
      assert: (holds: unknown, ...args: readonly unknown[]) => {
        if (!holds) this.#print('error', ['Assertion failed:', ...args]);
      },
      clear: () => this.#link.send({ type: 'clear' }),
    };
  }

  #print(level: PrintLevel, args: readonly unknown[], text?: string): void {
    if (this.#lines >= MOST_LINES) {
      this.#leftOut++;
      return;
    }
    this.#lines++;
    const shown = text === undefined ? this.#shown(args, inspectPrinted) : { text };
    this.#link.send({ type: 'print', level, shown });
  }

  #printed(count: number): void {
    this.#lines -= count;
    const leftOut = this.#leftOut;
    if (leftOut === 0) return;
    this.#leftOut = 0;
    this.#print('warn', [], `${leftOut} lines were left out: they came too fast.`);
  }

  #shown(values: readonly unknown[], as: typeof inspect): Shown {
    if (values.length === 1 && values[0] === this.#theta) return { text: MEMBERS };
    const joined = (options?: Parameters<typeof inspect>[1]): string =>
      ScriptTheta.resolve(this.#theta, values.map((each) => as(each, options)).join(' '));
    const text = joined();
    if (!text.includes('\n') || values.every((each) => typeof each === 'string')) return { text };
    const line = joined(BRIEF).replaceAll('\n', ' ');
    return { text, brief: line.length > BRIEF_LENGTH ? `${line.slice(0, BRIEF_LENGTH)}…` : line };
  }
}

export type { ScriptServer };

/** As a console prints: a text is itself. */
function inspectPrinted(value: unknown, options?: Parameters<typeof inspect>[1]): string {
  return typeof value === 'string' ? value : inspect(value, options);
}
