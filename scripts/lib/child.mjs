import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/**
 * Runs a program to its end, its output passed through and its input closed.
 * @returns its exit code, or 1 when it cannot be started or a signal ended it
 */
export async function runProgram(command, args, { cwd, env = process.env, timeoutMs } = {}) {
  const child = spawn(command, args, {
    cwd,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
    ...(timeoutMs === undefined ? {} : { timeout: timeoutMs }),
  });
  try {
    const [code] = await once(child, 'exit');
    return code ?? 1;
  } catch (error) {
    console.error(`${command}: ${error.message}`);
    return 1;
  }
}

/** Runs a script of ours, or of a package, with the Node that runs this. */
export function runNode(root, args, env) {
  return runProgram(process.execPath, args, { cwd: root, ...(env === undefined ? {} : { env }) });
}

/** Runs the command `name` that an installed package brings. */
export function runBin(root, packageName, name, args, env) {
  return runNode(root, [binPath(root, packageName, name), ...args], env);
}

function binPath(root, packageName, name) {
  const manifest = createRequire(join(root, 'package.json')).resolve(`${packageName}/package.json`);
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8'));
  return join(dirname(manifest), typeof bin === 'string' ? bin : bin[name]);
}
