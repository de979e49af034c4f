import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ServerProcess, startServerProcess } from '../../scripts/lib/server-process.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface ServerOptions {
  /** Environment beside the ports and the data folder, e.g. `THETA_TURN_URL`. */
  readonly env?: Readonly<Record<string, string>>;
}

interface Addresses {
  readonly http: URL;
  readonly https: URL;
}

/** The real server in a process of its own, on ports of its own, over a data folder of its own. */
export class TestServer {
  readonly dataDir: string;
  readonly #env: Readonly<Record<string, string>>;
  #process: ServerProcess | undefined;
  #addresses: Addresses | undefined;

  private constructor(dataDir: string, env: Readonly<Record<string, string>>) {
    this.dataDir = dataDir;
    this.#env = env;
  }

  static async start({ env = {} }: ServerOptions = {}): Promise<TestServer> {
    const dataDir = await mkdtemp(join(tmpdir(), 'theta-e2e-'));
    const server = new TestServer(dataDir, env);
    await server.#run();
    return server;
  }

  /** The loopback origin, a secure context, e.g. `http://localhost:40123`. */
  get httpUrl(): string {
    return this.#bound.http.origin;
  }

  get httpsUrl(): string {
    return this.#bound.https.origin;
  }

  /** The process's id, while it runs. */
  get pid(): number | undefined {
    return this.#process?.child.pid;
  }

  get #bound(): Addresses {
    if (this.#addresses === undefined) throw new Error('The server has not started.');
    return this.#addresses;
  }

  /** Ends it as an operator does: it says goodbye to its peers and closes its files. */
  stop(): Promise<void> {
    return this.#end('SIGTERM');
  }

  /** D3: ends it at this instant, whatever it is doing. */
  kill9(): Promise<void> {
    return this.#end('SIGKILL');
  }

  /** Starts it again after `stop` or `kill9`, or stops it first: same ports, same data. */
  async restart(): Promise<void> {
    await this.stop();
    await this.#run();
  }

  /** Stops it and removes its data. */
  async dispose(): Promise<void> {
    await this.stop();
    await rm(this.dataDir, { recursive: true, force: true });
  }

  async #run(): Promise<void> {
    this.#process = startServerProcess(ROOT, {
      PATH: process.env.PATH,
      THETA_LOG_LEVEL: 'warn',
      ...this.#env,
      THETA_PORT: this.#addresses?.https.port ?? '0',
      THETA_HTTP_PORT: this.#addresses?.http.port ?? '0',
      THETA_DATA_DIR: this.dataDir,
    });
    const urls = await this.#process.ready;
    if (urls === undefined)
      throw new Error('The server ended before it was ready; see its output.');
    this.#addresses ??= {
      http: new URL(firstOf(urls, 'http:')),
      https: new URL(firstOf(urls, 'https:')),
    };
  }

  async #end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const running = this.#process?.child;
    this.#process = undefined;
    if (running === undefined || running.exitCode !== null || running.signalCode !== null) return;
    const ended = once(running, 'exit');
    running.kill(signal);
    await ended;
  }
}

function firstOf(urls: readonly string[], protocol: string): string {
  const found = urls.find((url) => url.startsWith(protocol));
  if (found === undefined) throw new Error(`The server named no ${protocol} address.`);
  return found;
}
