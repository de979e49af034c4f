import { MemoryStorage } from '../../src/server/storage/memory-storage.ts';
import type { SimDisk } from './sim-disk.ts';
import type { Simulation } from './simulation.ts';

/** A copy of what is stored now, as an operator takes one. */
export async function backUp(simulation: Simulation): Promise<SimDisk> {
  const { storage, sessionId } = simulation;
  const backup = simulation.emptyDisk();
  const session = await storage.getSession(sessionId);
  if (session === undefined) throw new Error('The session is gone.');
  await backup.createSession(session, await storage.listFirstLinks(sessionId));
  const records = await storage.readLog(sessionId, 0, Number.MAX_SAFE_INTEGER);
  await MemoryStorage.prototype.appendGroup.call(backup, records);
  const snapshot = await storage.latestSnapshot(sessionId);
  if (snapshot) await backup.putSnapshot(snapshot);
  return backup;
}
