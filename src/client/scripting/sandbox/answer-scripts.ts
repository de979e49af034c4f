import { listCommands } from '../../../commands/registry.ts';
import { RECORDS } from '../../../ecs/components/index.ts';
import type { Document } from '../../../ecs/document/document.ts';
import { ThetaError } from '../../../shared/errors.ts';
import type { ThetaApi } from '../theta-api.ts';
import { THETA_MEMBERS } from '../theta-members.ts';
import {
  type CallbackMark,
  type FromSandbox,
  type PlainEntity,
  type PrintLevel,
  plainError,
  type RecordedStep,
  type Shown,
  type SignalMark,
  type ToSandbox,
} from './messages.ts';
import { SceneChanges } from './scene-changes.ts';
import type { ScriptPort } from './serve-scripts.ts';
import { resolveStandIns } from './stand-ins.ts';

/** How a script ended. */
export interface Ended {
  /** Absent where there is no value. */
  readonly result?: Shown;
  readonly error?: string;
}

export interface ScriptListener {
  onPrint(level: PrintLevel, shown: Shown): void;
  onClear(): void;
  /** The names that scripts have declared. */
  onNames(names: readonly string[]): void;
}

export interface ScriptAnswersOptions {
  readonly theta: ThetaApi;
  readonly document: Document;
  readonly port: ScriptPort;
  readonly listener: ScriptListener;
}

/** Characters of one line that are taken from a script. */
const MOST_TEXT = 50_000;
const EVENTS: readonly string[] = ['change', 'status', 'peers', 'notice'];
const ASKED = new Set(THETA_MEMBERS.filter(({ answer }) => answer === 'asked').map((m) => m.name));

type Asked = (...args: readonly unknown[]) => unknown;

/** The page's side of a sandbox: has it run scripts, and answers what they ask of `theta`. */
export class ScriptAnswers {
  readonly #options: ScriptAnswersOptions;
  readonly #scene: SceneChanges;
  readonly #runs = new Map<number, (ended: Ended) => void>();
  readonly #listening = new Map<number, () => void>();
  readonly #signals = new Map<number, AbortController>();
  readonly #ready: Promise<void>;
  #becomeReady = (): void => undefined;
  /** Counting it takes a while in a large scene: only for scripts that have asked. */
  #wantsHash = false;
  #last = 0;

  constructor(options: ScriptAnswersOptions) {
    const { document, theta, port } = options;
    this.#options = options;
    this.#scene = new SceneChanges(document, (id) => theta.get(id) as PlainEntity | undefined);
    this.#ready = new Promise((resolve) => {
      this.#becomeReady = resolve;
    });
    port.onmessage = ({ data }: MessageEvent<FromSandbox>) => this.#take(data);
    const records = RECORDS.map(({ name }) => name);
    this.#send({ type: 'begin', commands: listCommands(), records });
  }

  /** Resolves when the sandbox has said that it is there. */
  get ready(): Promise<void> {
    return this.#ready;
  }

  /** Runs a script; its end is told however it ends, never by a rejection. */
  run(source: string): Promise<Ended> {
    const run = ++this.#last;
    this.#wantsHash ||= source.includes('worldHash');
    return new Promise((resolve) => {
      this.#runs.set(run, resolve);
      this.#send({ type: 'run', run, source, update: this.#update() });
    });
  }

  /** Ends what runs, and listens no more. The port is its owner's to close. */
  dispose(reason: string): void {
    this.#options.port.onmessage = null;
    for (const stop of this.#listening.values()) stop();
    for (const signal of this.#signals.values()) signal.abort();
    for (const end of this.#runs.values()) end({ error: reason });
    this.#runs.clear();
    this.#scene.dispose();
  }

  #take(message: FromSandbox): void {
    const { listener, theta } = this.#options;
    if (message.type === 'ready') this.#becomeReady();
    else if (message.type === 'print') {
      listener.onPrint(message.level, clipped(message.shown));
      this.#send({ type: 'printed', count: 1 });
    } else if (message.type === 'clear') listener.onClear();
    else if (message.type === 'call') void this.#answer(message.call, message.method, message.args);
    else if (message.type === 'select') theta.select(message.ids);
    else if (message.type === 'listen') this.#listen(message.event, message.callback);
    else if (message.type === 'forget') this.#forget(message.callback);
    else if (message.type === 'abort') this.#signals.get(message.signal)?.abort();
    else if (message.type === 'ended') this.#end(message);
  }

  #end({ run, result, error, names }: Extract<FromSandbox, { type: 'ended' }>): void {
    const end = this.#runs.get(run);
    this.#runs.delete(run);
    this.#options.listener.onNames(names);
    end?.({ ...(result && { result: clipped(result) }), ...(error !== undefined && { error }) });
  }

  async #answer(call: number, method: string, args: readonly unknown[]): Promise<void> {
    try {
      const value = await this.#perform(method, args);
      this.#send({ type: 'reply', call, value, update: this.#update() });
    } catch (thrown) {
      // Of what cannot be copied into the sandbox, too.
      const error = plainError(thrown);
      this.#send({ type: 'failure', call, error, update: this.#update() });
    }
  }

  #perform(method: string, args: readonly unknown[]): unknown {
    const { theta } = this.#options;
    if (method === 'transaction') return this.#transact(args);
    if (!ASKED.has(method as never))
      throw new ThetaError('unknown_method', `theta has no ${method} to call.`);
    const unpacked = args.map((each) => this.#unpack(each, true));
    return (theta[method as keyof ThetaApi] as Asked).apply(theta, unpacked);
  }

  async #transact([label, steps]: readonly unknown[]) {
    const results = new Map<number, unknown>();
    const outcome = await this.#options.theta.transaction(String(label), (tx) => {
      for (const { type, params, step } of steps as readonly RecordedStep[]) {
        results.set(step, tx.execute(type, resolveStandIns(params, results)));
      }
    });
    return { outcome, made: outcome.id === '' ? [] : [...results.values()] };
  }

  #listen(event: string, callback: number): void {
    if (!EVENTS.includes(event)) return;
    const stop = this.#options.theta.on(event as 'change', (detail) =>
      this.#callBack(callback, detail === undefined ? [] : [detail]),
    );
    this.#listening.set(callback, stop);
  }

  #forget(callback: number): void {
    this.#listening.get(callback)?.();
    this.#listening.delete(callback);
  }

  #callBack(callback: number, args: readonly unknown[]): void {
    this.#send({ type: 'callback', callback, args, update: this.#update() });
  }

  /** Functions and signals in the places of their marks. */
  #unpack(value: unknown, nested: boolean): unknown {
    if (typeof value !== 'object' || value === null) return value;
    if ('$callback' in value) {
      const { $callback } = value as CallbackMark;
      return (...args: readonly unknown[]) => this.#callBack($callback, args);
    }
    if ('$signal' in value) {
      const controller = new AbortController();
      this.#signals.set((value as SignalMark).$signal, controller);
      return controller.signal;
    }
    if (!nested || Object.getPrototypeOf(value) !== Object.prototype) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => [key, this.#unpack(each, false)]),
    );
  }

  #update() {
    const { theta } = this.#options;
    const values = {
      session: theta.session,
      renderer: theta.renderer,
      headset: theta.headset,
      view: theta.view(),
      telemetry: theta.telemetry(),
      ...(this.#wantsHash && { worldHash: theta.worldHash() }),
    };
    return { values, ...this.#scene.take() };
  }

  #send(message: ToSandbox): void {
    this.#options.port.postMessage(message);
  }
}

function clipped({ text, brief }: Shown): Shown {
  const whole = String(text).slice(0, MOST_TEXT);
  return brief === undefined ? { text: whole } : { text: whole, brief: String(brief) };
}
