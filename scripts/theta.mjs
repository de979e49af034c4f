#!/usr/bin/env node
/** `theta <command>`: what operators do beside running the server. Each command is a Deno program. */
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runProgram } from './lib/child.mjs';
import { COMMANDS, usage } from './lib/cli-commands.mjs';
import { denoPath } from './lib/server-process.mjs';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const EXIT_USAGE = 2;

const [name, ...args] = process.argv.slice(2);
const command = Object.hasOwn(COMMANDS, name ?? '') ? COMMANDS[name] : undefined;
if (command === undefined) {
  const isHelp = name === undefined || name === 'help' || name === '--help';
  (isHelp ? console.log : console.error)(usage());
  process.exit(isHelp ? 0 : EXIT_USAGE);
}
const permissions = command.permissions(args);
if (permissions === undefined) {
  console.error(`Usage: theta ${name} ${command.parameters}`);
  process.exit(EXIT_USAGE);
}
const main = fileURLToPath(new URL(`../${command.main}`, import.meta.url));
const program = ['run', '--no-prompt', '--no-check', ...permissions, main, ...args];
process.exit(await runProgram(denoPath(ROOT), program));
