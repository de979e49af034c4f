import { DatabaseSync } from 'node:sqlite';
import { DenoSqliteStorage } from './deno-sqlite-storage.ts';
import { APPLICATION_ID, MIGRATIONS } from './sqlite-schema.ts';
import { sampleRecord, sampleSession } from './storage-contract.ts';

/** Makes a database of version 1 at `Deno.args[0]`, opens it, and prints the indices of its log. */
const [path] = Deno.args;
if (path === undefined) throw new Error('Say where to make a database.');
const RECORDS = 1200;

const old = new DatabaseSync(path);
old.exec(`${MIGRATIONS[0]} PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = 1;`);
const { id, publicKey, privateKey, createdAt, lastActiveAt, epoch, genesis } = sampleSession('s');
old
  .prepare('INSERT INTO sessions VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
  .run(id, publicKey, privateKey, createdAt, lastActiveAt, 0, epoch, genesis);
const append = old.prepare('INSERT INTO log VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
old.exec('BEGIN');
for (let i = 1; i <= RECORDS; i++) {
  const { firstSeq, entryCount, author, replica, nonce, packet, judgement, head, at } =
    sampleRecord('s', i);
  const columns = [firstSeq, entryCount, author, replica, nonce, packet, judgement, head, at];
  append.run('s', i, ...columns);
}
old.exec('COMMIT');
old.close();
const storage = new DenoSqliteStorage(path);
const records = await storage.readLog('s', 0, 2 * RECORDS);
await storage.close();
console.log(JSON.stringify({ indices: records.map(({ index }) => index) }));
