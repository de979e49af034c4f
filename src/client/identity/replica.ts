/**
 * The number of this tab among the author's in a session: held by a Web Lock while the page lives, so
 * that no two tabs mint the same ids. Numbers that left edits waiting come first: whoever wins one
 * sends them.
 */
export async function claimReplica(session: string, waiting: ReadonlySet<number>): Promise<number> {
  const first = [...waiting].sort((a, b) => a - b);
  for (const replica of first) if (await holds(session, replica)) return replica;
  for (let replica = 0; ; replica++) {
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
