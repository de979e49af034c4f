import { DenoSqliteStorage } from './deno-sqlite-storage.ts';
import { sampleRecord, sampleSession } from './storage-contract.ts';

/**
 * Appends to session `s` of the database at `Deno.args[0]`, groups of `GROUP` records, and prints
 * the index of the last one of each group once it is acknowledged, until it is killed.
 */
const GROUP = 8;

const [path] = Deno.args;
if (path === undefined) throw new Error('Say which database to append to.');
const storage = new DenoSqliteStorage(path);
if ((await storage.getSession('s')) === undefined)
  await storage.createSession(sampleSession('s'), []);
const encoder = new TextEncoder();
let last = (await storage.lastRecord('s'))?.index ?? 0;
for (;;) {
  const records = Array.from({ length: GROUP }, (_, i) => sampleRecord('s', last + 1 + i));
  await storage.appendGroup(records);
  last += GROUP;
  Deno.stdout.writeSync(encoder.encode(`${last}\n`));
}
