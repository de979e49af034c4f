import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const DENO = fileURLToPath(import.meta.resolve('../../../../node_modules/.bin/deno'));
const FLAGS = [
  'run',
  '--unstable-net',
  '--allow-net',
  '--allow-read',
  '--allow-env',
  '--no-prompt',
];

/** A script that hangs is killed after this. */
const LIFE_MS = 120_000;

/** A Deno script of this folder, run from Node, whose standard output is lines of JSON. */
export class DenoScript<Line> implements AsyncDisposable {
  readonly lines: Line[] = [];
  /** Resolves when it has exited, with what it said on standard error. */
  readonly exited: Promise<string>;
  readonly #child: ChildProcess;
  #onLine: () => void = () => undefined;

  constructor(script: string, args: readonly string[] = []) {
    const path = fileURLToPath(new URL(script, import.meta.url));
    const child = spawn(DENO, [...FLAGS, path, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: LIFE_MS,
      killSignal: 'SIGKILL',
    });
    this.#child = child;
    let complaint = '';
    child.stderr.on('data', (data: Buffer) => {
      complaint += data.toString();
    });
    createInterface({ input: child.stdout }).on('line', (line) => {
      this.lines.push(JSON.parse(line) as Line);
      this.#onLine();
    });
    this.exited = new Promise((resolve) => {
      child.on('close', () => {
        resolve(complaint);
        this.#onLine();
      });
    });
  }

  /** The first line that `matches`, now or later; rejects when the script exits without it. */
  async waitFor<Found extends Line>(matches: (line: Line) => line is Found): Promise<Found> {
    for (;;) {
      const found = this.lines.find(matches);
      if (found) return found;
      if (this.#child.exitCode !== null) throw new Error(`Deno has exited: ${await this.exited}`);
      await new Promise<void>((resolve) => {
        this.#onLine = resolve;
      });
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.exited;
  }
}
