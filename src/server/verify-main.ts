import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { webCryptoVerifier } from '../commands/signing.ts';
import { messageOf } from '../shared/errors.ts';
import { DATABASE } from './data-folder.ts';
import { DenoSqliteStorage } from './storage/deno-sqlite-storage.ts';
import { FileBlobs } from './storage/file-blobs.ts';
import type { SessionRecord } from './storage/storage.ts';
import { type SessionReport, verifySession } from './verify/verify-session.ts';

const EXIT_FAULT = 1;
const EXIT_USAGE = 2;

/** `theta verify <data-dir> [session]`: see docs/operations.md. Looks, and changes nothing. */
async function main([folder, sessionId]: readonly string[]): Promise<number> {
  if (folder === undefined) return refuse('Say which data folder to verify.');
  const path = join(folder, DATABASE);
  if (!existsSync(path)) return refuse(`There is no ${DATABASE} in ${folder}.`);
  const storage = new DenoSqliteStorage(path, { readOnly: true });
  try {
    const damage = storage.findDamage();
    if (damage !== undefined) console.log(`${path} is damaged: ${damage}`);
    const ids = sessionId === undefined ? await storage.listSessions() : [sessionId];
    let faulty = damage === undefined ? 0 : 1;
    for (const id of ids) {
      const session = await storage.getSession(id);
      if (session === undefined) return refuse(`There is no session ${id} in ${path}.`);
      if (!(await verify(storage, new FileBlobs(folder), session))) faulty += 1;
    }
    const sessions = `${ids.length} ${ids.length === 1 ? 'session' : 'sessions'}`;
    console.log(faulty === 0 ? `All is well in ${sessions}.` : `Faults in ${path}; see above.`);
    return faulty === 0 ? 0 : EXIT_FAULT;
  } finally {
    await storage.close();
  }
}

async function verify(
  storage: DenoSqliteStorage,
  blobs: FileBlobs,
  session: SessionRecord,
): Promise<boolean> {
  const report = await verifySession({ storage, blobs, verifier: webCryptoVerifier() }, session);
  console.log(lineOf(session.id, report));
  return report.fault === undefined;
}

function lineOf(id: string, { entries, valid, records, fault, worldHash }: SessionReport): string {
  if (fault !== undefined) return `${id}: ${valid} entries are valid. ${fault}`;
  return `${id}: ${entries} entries in ${records} records are valid; world hash ${worldHash}.`;
}

function refuse(sentence: string): number {
  console.error(sentence);
  return EXIT_USAGE;
}

try {
  Deno.exit(await main(Deno.args));
} catch (thrown) {
  console.error(messageOf(thrown));
  Deno.exit(EXIT_FAULT);
}
