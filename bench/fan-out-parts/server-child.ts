import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { ServerState } from './cpu.ts';

/** A server in a process of its own, and what it said of itself when it was ready. */
export class ServerChild<Ready> {
  readonly ready: Ready;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, ready: Ready) {
    this.#child = child;
    this.ready = ready;
  }

  static async start<Ready>(file: string): Promise<ServerChild<Ready>> {
    const path = fileURLToPath(new URL(file, import.meta.url));
    const child = fork(path, [], { execArgv: ['--import', 'tsx'] });
    const [ready] = (await once(child, 'message')) as [Ready];
    return new ServerChild(child, ready);
  }

  async state(): Promise<ServerState> {
    this.#child.send('state');
    const [state] = (await once(this.#child, 'message')) as [ServerState];
    return state;
  }

  stop(): void {
    this.#child.kill();
  }
}
