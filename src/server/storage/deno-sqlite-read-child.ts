import { DenoSqliteStorage } from './deno-sqlite-storage.ts';

/**
 * Opens the database at `Deno.args[0]` and prints `{ indices }` of session `s`, or the refusal as
 * `{ code, message }`.
 */
const [path] = Deno.args;
if (path === undefined) throw new Error('Say which database to read.');

async function report(file: string): Promise<unknown> {
  try {
    const storage = new DenoSqliteStorage(file);
    const records = await storage.readLog('s', 0, 1_000_000);
    await storage.close();
    return { indices: records.map((record) => record.index) };
  } catch (thrown) {
    if (!(thrown instanceof Error) || !('code' in thrown)) throw thrown;
    return { code: thrown.code, message: thrown.message };
  }
}

console.log(JSON.stringify(await report(path)));
