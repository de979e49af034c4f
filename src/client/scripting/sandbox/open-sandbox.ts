import type { Document } from '../../../ecs/document/document.ts';
import type { ThetaApi } from '../theta-api.ts';
import { type Ended, ScriptAnswers, type ScriptListener } from './answer-scripts.ts';
import { openSandboxFrame, unreachable } from './sandbox-frame.ts';
import { code } from './sandbox-worker.ts?bundle';
import type { ScriptPort } from './serve-scripts.ts';

const PATIENCE_MS = 10_000;

/** A place where scripts run that cannot reach the page, but for what `theta` does. */
export interface Sandbox {
  run(source: string): Promise<Ended>;
  /** Ends everything in it, however busy it is. */
  close(reason: string): void;
}

/** @throws {ThetaError} `unreachable` when it cannot be fetched */
export async function openSandbox(
  theta: ThetaApi,
  document: Document,
  listener: ScriptListener,
): Promise<Sandbox> {
  const { port, remove } = await openSandboxFrame(code);
  const answers = new ScriptAnswers({
    theta,
    document,
    port: port as unknown as ScriptPort,
    listener,
  });
  const close = (reason: string): void => {
    answers.dispose(reason);
    remove();
  };
  if (!(await within(PATIENCE_MS, answers.ready))) {
    close('');
    throw unreachable();
  }
  return { run: (source) => answers.run(source), close };
}

async function within(ms: number, ready: Promise<void>): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  try {
    return await Promise.race([ready.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}
