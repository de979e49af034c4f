import type { Clock } from '../shared/clock.ts';
import type { Logger } from '../shared/logger.ts';

const HOUR_MS = 3_600_000;

/** How long an unfinished upload is kept for its author to go on with. */
export const UPLOAD_PATIENCE_MS = 24 * HOUR_MS;

export interface Chore {
  readonly name: string;
  run(): Promise<unknown>;
}

/** Runs every chore once an hour, the first time in an hour; one that fails does not stop others. */
export function keepHouse(chores: readonly Chore[], clock: Clock, logger: Logger): () => void {
  let cancel = clock.setTimer(tick, HOUR_MS);
  function tick(): void {
    cancel = clock.setTimer(tick, HOUR_MS);
    for (const { name, run } of chores)
      run().catch((error: unknown) => logger.error('A chore failed.', { name, error }));
  }
  return () => cancel();
}
