import { DenoSqliteStorage } from './deno-sqlite-storage.ts';
import { StorageError } from './storage.ts';
import { sampleRecord, sampleSession } from './storage-contract.ts';

/**
 * Fills the database at `Deno.args[0]` until it is full, gives it room again, and prints what was
 * acknowledged, what the refusal said, and what is stored before and after.
 */
const GROUP = 8;
const [path] = Deno.args;
if (path === undefined) throw new Error('Say which database to fill.');
const storage = new DenoSqliteStorage(path, { maxPages: 80 });
await storage.createSession(sampleSession('s'), []);
const count = async (): Promise<number> => (await storage.readLog('s', 0, 1e6)).length;
const append = (last: number): Promise<void> =>
  storage.appendGroup(Array.from({ length: GROUP }, (_, i) => sampleRecord('s', last + 1 + i)));

async function fill(): Promise<{ acknowledged: number; refusal: StorageError }> {
  for (let acknowledged = 0; ; acknowledged += GROUP) {
    try {
      await append(acknowledged);
    } catch (thrown) {
      if (thrown instanceof StorageError) return { acknowledged, refusal: thrown };
      throw thrown;
    }
  }
}

const { acknowledged, refusal } = await fill();
const stored = await count();
storage.growTo(1000);
await append(acknowledged);
const { code, message } = refusal;
const afterwards = await count();
console.log(JSON.stringify({ acknowledged, code, message, stored, afterwards }));
await storage.close();
