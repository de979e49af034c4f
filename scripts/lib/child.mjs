import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/**
 * Runs a program to its end, its output passed through and its input closed.
 * @param options `cwd`, `env`, and `timeoutMs`, after which it is stopped
 * @returns its exit code, or 1 when it cannot be started or a signal ended it
 */
export async function runProgram(command, args, { cwd, env, timeoutMs } = {}) {
  const stdio = ['ignore', 'inherit', 'inherit'];
  const child = spawn(command, args, { cwd, env, stdio, timeout: timeoutMs });
  try {
    const [code] = await once(child, 'exit');
    return code ?? 1;
  } catch (error) {
    console.error(`${command}: ${error.message}`);
    return 1;
  }
}

/** Runs a script with the Node that runs this, in the folder `root`. */
export function runNode(root, args, options) {
  return runProgram(process.execPath, args, { cwd: root, ...options });
}

/** Runs the command `name` that an installed package brings. */
export function runBin(root, packageName, name, args, options) {
  return runNode(root, [binPath(root, packageName, name), ...args], options);
}

function binPath(root, packageName, name) {
  const manifest = createRequire(join(root, 'package.json')).resolve(`${packageName}/package.json`);
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8'));
  return join(dirname(manifest), typeof bin === 'string' ? bin : bin[name]);
}
