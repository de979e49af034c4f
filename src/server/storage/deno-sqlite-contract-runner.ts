import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../../shared/errors.ts';
import { DenoSqliteStorage } from './deno-sqlite-storage.ts';
import { STORAGE_CONTRACT } from './storage-contract.ts';

/**
 * Runs the storage contract over SQLite under Deno: `deno run … <folder>`. Prints one JSON line
 * for each rule, `{ name, failure? }`, for the vitest suite that spawned it.
 */
const [folder] = Deno.args;
if (folder === undefined) throw new Error('Say which folder to make databases in.');
for (const { name, run } of STORAGE_CONTRACT) {
  const storage = new DenoSqliteStorage(join(mkdtempSync(join(folder, 'case-')), 'theta.db'));
  const failure = await run(storage).then(() => undefined, messageOf);
  await storage.close();
  console.log(JSON.stringify({ name, failure }));
}
