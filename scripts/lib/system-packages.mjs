import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runProgram } from './child.mjs';

/** How each package manager installs a package; the first whose program exists is asked. */
const PACKAGE_MANAGERS = [
  {
    program: 'apt-get',
    commands: (name) => [['update'], ['install', '-y', name]],
    needsRoot: true,
  },
  { program: 'dnf', commands: (name) => [['install', '-y', name]], needsRoot: true },
  { program: 'apk', commands: (name) => [['add', name]], needsRoot: true },
  { program: 'pacman', commands: (name) => [['-Sy', '--noconfirm', name]], needsRoot: true },
  { program: 'zypper', commands: (name) => [['install', '-y', name]], needsRoot: true },
  {
    program: 'brew',
    commands: (name) => [['install', ...(name === 'chromium' ? ['--cask'] : []), name]],
    needsRoot: false,
  },
];

/** Installs a package of the system's, where there is a package manager and we have the right to. */
export async function installPackage(name) {
  const manager = packageManager();
  if (manager === undefined) return;
  const prefix = manager.needsRoot ? rootPrefix() : [];
  if (prefix === undefined) return;
  console.log(`Installing ${name} with ${manager.program}…`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of manager.commands(name)) {
    const [command, ...rest] = [...prefix, manager.program, ...args];
    if ((await runProgram(command, rest, { env })) !== 0) return;
  }
}

/** How a person installs it here, in brackets after the package's name; empty where nobody knows. */
export function installHint(name) {
  const manager = packageManager();
  if (manager === undefined) return '';
  const command = [manager.program, ...manager.commands(name).at(-1)].join(' ');
  return ` (\`${manager.needsRoot ? 'sudo ' : ''}${command}\`)`;
}

/** Whether a program is on the path. */
export function isOnPath(program) {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.some((folder) => folder !== '' && existsSync(join(folder, program)));
}

function packageManager() {
  return PACKAGE_MANAGERS.find(({ program }) => isOnPath(program));
}

/** What to put before a command that only root may run; `undefined` when we may not. */
function rootPrefix() {
  if (process.getuid?.() === 0) return [];
  if (!isOnPath('sudo')) return undefined;
  return spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0
    ? ['sudo', '-n']
    : undefined;
}
