import { auditLog } from './audit.ts';
import type { Simulation } from './simulation.ts';

export interface Healed {
  readonly entries: number;
  readonly acknowledged: number;
}

/** How many steps the first editor takes back, and forth again, when all is quiet. */
const LAST_UNDOS = 3;

/**
 * What must hold when a session has got well: everybody has what the log says, nothing acknowledged is
 * lost or applied twice, undo took back its own alone, and hostile peers changed nothing.
 * @param joinFresh lets somebody in who has nothing yet
 * @throws {Error} naming what does not hold
 */
export async function checkHealed(
  simulation: Simulation,
  joinFresh: () => Promise<void>,
): Promise<Healed> {
  await undoAndRedo(simulation);
  await joinFresh();
  await simulation.quiesce();
  const { storage, blobs, sessionId, peers } = simulation;
  const audit = await auditLog(storage, blobs, sessionId);
  require(audit.faults.length === 0, audit.faults.join('; '));
  for (const peer of peers) {
    // A hostile page shows itself what nobody else has.
    if (peer.options.tamper === undefined)
      require(peer.hash === audit.hash, `${peer.name} has ${peer.hash}, the log ${audit.hash}`);
  }
  require((await simulation.serverHash()) ===
    audit.hash, 'the server would start with another document');
  await checkHostile(simulation);
  for (const { name, notices, options } of peers)
    require(options.tamper !== undefined ||
      !notices.includes('replay'), `what ${name} sent honestly was taken for a replay`);
  return { entries: audit.taken.length, acknowledged: checkAcknowledged(simulation, audit.taken) };
}

/** O5: the audit then judges each of these steps by what the log says. */
async function undoAndRedo(simulation: Simulation): Promise<void> {
  const [peer] = simulation.peers;
  for (const step of ['undo', 'redo'] as const) {
    for (let left = LAST_UNDOS; left > 0; left--) {
      void peer?.does(peer.pipeline[step]());
      await simulation.quiesce();
    }
  }
}

/** D3: what was acknowledged is in the log, once. */
function checkAcknowledged({ peers }: Simulation, taken: readonly string[]): number {
  const times = new Map<string, number>();
  for (const id of taken) times.set(id, (times.get(id) ?? 0) + 1);
  for (const [id, count] of times) require(count === 1, `${id} was applied ${count} times`);
  const accepted = peers.flatMap(({ outcomes, name }) =>
    outcomes.filter(({ status }) => status === 'accepted').map(({ id }) => ({ id, name })),
  );
  for (const { id, name } of accepted)
    require(times.has(id), `${id} was acknowledged to ${name} and is lost`);
  return accepted.length;
}

/** S1, S4: nothing that a hostile peer sent was accepted. */
async function checkHostile({ storage, sessionId, peers }: Simulation): Promise<void> {
  const hostile = new Set(
    peers.filter(({ options }) => options.tamper).map(({ publicKeyHex }) => publicKeyHex),
  );
  const records = await storage.readLog(sessionId, 0, Number.MAX_SAFE_INTEGER);
  for (const { author, entryCount, index } of records)
    require(!hostile.has(author) || entryCount === 0, `record ${index} is a hostile peer’s`);
}

function require(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise);
}
