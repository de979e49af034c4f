import { DatabaseSync } from 'node:sqlite';

/** `<database> <record>`: flips a bit in the middle of that record's packet, in every session. */
const [path, record] = Deno.args;
if (path === undefined || record === undefined) throw new Error('Say which file and record.');
const database = new DatabaseSync(path);
const rows = database.prepare('SELECT rowid AS id, packet FROM log WHERE position = ?');
for (const { id, packet } of rows.all(Number(record))) {
  if (!(packet instanceof Uint8Array) || typeof id !== 'number') throw new Error('No such record.');
  const middle = Math.floor(packet.length / 2);
  packet[middle] = (packet[middle] ?? 0) ^ 1;
  database.prepare('UPDATE log SET packet = ? WHERE rowid = ?').run(packet, id);
}
database.close();
