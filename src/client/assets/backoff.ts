import type { Clock } from '../../shared/clock.ts';
import type { Random } from '../../shared/random.ts';
import { AssetError } from './asset-error.ts';

/** How often something is tried in a row, and how long to wait before each further try. */
export interface Backoff {
  readonly attempts: number;
  readonly firstMs: number;
  readonly longestMs: number;
}

export const BACKOFF: Backoff = { attempts: 5, firstMs: 250, longestMs: 8000 };

/** Milliseconds to wait after so many failures in a row: doubling, between half and all of it. */
export function backoffDelay(failures: number, backoff: Backoff, random: Random): number {
  const full = Math.min(backoff.longestMs, backoff.firstMs * 2 ** (failures - 1));
  return full * (0.5 + 0.5 * random.next());
}

/**
 * Waits.
 * @throws {AssetError} `cancelled`, as soon as the signal is aborted
 */
export function pause(ms: number, clock: Clock, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(cancelled());
    const onAbort = () => {
      stop();
      reject(cancelled());
    };
    const stop = clock.setTimer(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    }, ms);
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}

export function cancelled(): AssetError {
  return new AssetError('cancelled', 'The transfer was cancelled.');
}

/** @throws {AssetError} `cancelled`; never resolves */
export function untilAborted(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => {
    if (signal?.aborted) reject(cancelled());
    signal?.addEventListener('abort', () => reject(cancelled()), { once: true });
  });
}
