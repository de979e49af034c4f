import type { SnapshotMark } from './storage.ts';

/** The newest snapshots, which a start may go back to one after the other. */
export const SNAPSHOTS_KEPT = 3;
/** Those and older ones, spread over the history, so that any moment of it is near one (D4). */
export const MAX_SNAPSHOTS = 64;
/** Of all snapshots of a session, as stored; the newest are kept whatever their size. */
export const MAX_SNAPSHOT_STORE_BYTES = 256 * 1024 * 1024;

export type Keyframe = Pick<SnapshotMark, 'seq' | 'logIndex' | 'storedBytes'>;

/**
 * Which snapshots to drop, given all in their order: as many as are too many or too large, each time
 * the one whose neighbours are nearest to each other. What is left lies about evenly.
 */
export function superfluous(
  snapshots: readonly Keyframe[],
  most = MAX_SNAPSHOTS,
  mostBytes = MAX_SNAPSHOT_STORE_BYTES,
): Keyframe[] {
  const kept = [...snapshots];
  const dropped: Keyframe[] = [];
  let bytes = kept.reduce((sum, { storedBytes }) => sum + storedBytes, 0);
  while (kept.length > SNAPSHOTS_KEPT && (kept.length > most || bytes > mostBytes)) {
    const [gone] = kept.splice(leastMissed(kept), 1) as [Keyframe];
    bytes -= gone.storedBytes;
    dropped.push(gone);
  }
  return dropped;
}

function leastMissed(snapshots: readonly Keyframe[]): number {
  let least = 0;
  let smallest = Number.POSITIVE_INFINITY;
  for (let i = 0; i < snapshots.length - SNAPSHOTS_KEPT; i++) {
    const before = snapshots[i - 1]?.logIndex ?? 0;
    const gap = (snapshots[i + 1] as Keyframe).logIndex - before;
    if (gap < smallest) {
      smallest = gap;
      least = i;
    }
  }
  return least;
}
