import type { ChildProcessByStdio } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';

export const SERVER_VARIABLES: readonly string[];

export function serverPermissions(
  root: string,
  env: Readonly<Record<string, string | undefined>>,
): string[];

export function denoPath(root: string): string;

export interface ServerProcess {
  readonly child: ChildProcessByStdio<Writable, Readable, null>;
  readonly ready: Promise<string[] | undefined>;
}

export function startServerProcess(
  root: string,
  env: Readonly<Record<string, string | undefined>>,
): ServerProcess;
