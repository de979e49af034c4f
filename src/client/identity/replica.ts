import type { Database } from '../storage/database.ts';

export const REPLICA_BASE_KEY = 'replica-base';

/** Tabs of one browser, at most, between two bases. */
const TABS = 256;
const MAX_BASES = 2 ** 24;

/**
 * Where a browser's replicas are numbered from: 0 where its identity was made. A browser to which one
 * was brought begins elsewhere, so that the two never write as one replica.
 */
export async function replicaBase(database: Database): Promise<number> {
  const base = await database.get('keys', REPLICA_BASE_KEY);
  return typeof base === 'number' ? base : 0;
}

/** Another base, at random: one in 16 million is the same as that of another browser. */
export function newReplicaBase(): number {
  const [random = 0] = crypto.getRandomValues(new Uint32Array(1));
  return (1 + (random % (MAX_BASES - 1))) * TABS;
}

/**
 * The number of this tab among the author's in a session: held by a Web Lock while the page lives, so
 * that no two tabs mint the same ids. Numbers that left edits waiting come first: whoever wins one
 * sends them.
 * @param base the first that this browser may use
 */
export async function claimReplica(
  session: string,
  waiting: ReadonlySet<number>,
  base: number,
): Promise<number> {
  const first = [...waiting].sort((a, b) => a - b);
  for (const replica of first) if (await holds(session, replica)) return replica;
  for (let replica = base; ; replica++) {
    if (!waiting.has(replica) && (await holds(session, replica))) return replica;
  }
}

/** Takes the lock for the life of the page, or gives false at once. */
function holds(session: string, replica: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const name = `theta ${session} ${replica}`;
    navigator.locks
      .request(name, { ifAvailable: true }, (lock) => {
        resolve(lock !== null);
        // Until the page goes.
        return lock === null ? undefined : new Promise<void>(() => undefined);
      })
      .catch(reject);
  });
}
