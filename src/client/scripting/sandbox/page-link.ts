import type { FromSandbox, PlainError } from './messages.ts';

/** A port, as much as is used of it. */
export interface Port {
  postMessage(message: unknown): void;
}

/** Calls without an answer; a script that makes more without waiting would fill the page's memory. */
const MOST_CALLS = 10_000;

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** The sandbox's side of its line to the page: calls out, answers and callbacks in. */
export class PageLink {
  readonly #port: Port;
  readonly #waiting = new Map<number, Waiting>();
  readonly #callbacks = new Map<number, (...args: unknown[]) => unknown>();
  #last = 0;

  constructor(port: Port) {
    this.#port = port;
  }

  send(message: FromSandbox): void {
    this.#port.postMessage(message);
  }

  /** Asks the page; functions and signals among the arguments, or one level in, go along by number. */
  call(method: string, args: readonly unknown[]): Promise<unknown> {
    if (this.#waiting.size >= MOST_CALLS)
      throw new RangeError(`${MOST_CALLS} calls wait for an answer: await some of them.`);
    const call = ++this.#last;
    const used: number[] = [];
    const answer = new Promise((resolve, reject) => this.#waiting.set(call, { resolve, reject }));
    try {
      const packed = args.map((each) => this.#pack(each, used, true));
      this.send({ type: 'call', call, method, args: packed });
    } catch (thrown) {
      this.#waiting.delete(call);
      throw thrown;
    }
    return answer.finally(() => {
      for (const callback of used) this.#callbacks.delete(callback);
    });
  }

  /** Has the page call a function until the returned one is called. */
  listen(event: string, listener: (...args: unknown[]) => unknown): () => void {
    const callback = this.#keep(listener);
    this.send({ type: 'listen', event, callback });
    return () => {
      if (this.#callbacks.delete(callback)) this.send({ type: 'forget', callback });
    };
  }

  answered(call: number, value: unknown): void {
    this.#waiting.get(call)?.resolve(value);
    this.#waiting.delete(call);
  }

  failed(call: number, error: PlainError): void {
    this.#waiting.get(call)?.reject(errorOf(error));
    this.#waiting.delete(call);
  }

  calledBack(callback: number, args: readonly unknown[]): void {
    this.#callbacks.get(callback)?.(...args);
  }

  #pack(value: unknown, used: number[], nested: boolean): unknown {
    if (typeof value === 'function') {
      const callback = this.#keep(value as (...args: unknown[]) => unknown);
      used.push(callback);
      return { $callback: callback };
    }
    if (value instanceof AbortSignal) {
      const signal = ++this.#last;
      value.addEventListener('abort', () => this.send({ type: 'abort', signal }));
      return { $signal: signal };
    }
    if (!nested || typeof value !== 'object' || value === null) return value;
    if (Object.getPrototypeOf(value) !== Object.prototype) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => [key, this.#pack(each, used, false)]),
    );
  }

  #keep(callback: (...args: unknown[]) => unknown): number {
    const id = ++this.#last;
    this.#callbacks.set(id, callback);
    return id;
  }
}

function errorOf({ name, message, code }: PlainError): Error {
  const error = Object.assign(new Error(message), code === undefined ? {} : { code });
  error.name = name;
  return error;
}
