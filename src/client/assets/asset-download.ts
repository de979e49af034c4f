import type { Bytes } from '../../shared/bytes.ts';
import { concatBytes } from '../../shared/bytes.ts';
import type { Clock } from '../../shared/clock.ts';
import { messageOf } from '../../shared/errors.ts';
import type { Random } from '../../shared/random.ts';
import { AssetError, isTransient } from './asset-error.ts';
import { type Backoff, backoffDelay, pause } from './backoff.ts';
import { ask, type Fetch } from './http-answer.ts';
import { sha256Hex } from './sha256.ts';
import { addressOf } from './stored-assets.ts';

export interface DownloadOptions {
  readonly fetch: Fetch;
  /** Asked for each request: joining again brings another one. */
  readonly token: () => string;
  readonly clock: Clock;
  readonly random: Random;
  readonly backoff: Backoff;
  readonly maxBytes: number;
  readonly signal: AbortSignal;
  /** Told of every failed try. */
  readonly onFailure: () => void;
}

const TIMEOUT_MS = 120_000;

/**
 * Fetches content by its digest and checks it against that; tries again, ever later, where that may
 * help.
 * @throws {AssetError}
 */
export async function downloadAsset(digest: string, options: DownloadOptions): Promise<Bytes> {
  const { backoff, clock, random, signal } = options;
  for (let failures = 1; ; failures++) {
    try {
      return await attempt(digest, failures > 1, options);
    } catch (thrown) {
      options.onFailure();
      if (!mayHelp(thrown) || failures >= backoff.attempts) throw thrown;
      await pause(backoffDelay(failures, backoff, random), clock, signal);
    }
  }
}

/** A token that is refused is that of a connection which has ended: the next brings another. */
function mayHelp(thrown: unknown): boolean {
  return isTransient(thrown) || (thrown instanceof AssetError && thrown.code === 'refused');
}

async function attempt(digest: string, again: boolean, options: DownloadOptions): Promise<Bytes> {
  // The browser's own cache may be what holds damaged content.
  const cache = again ? 'reload' : 'default';
  const { fetch, signal, maxBytes, token } = options;
  const init: RequestInit = { cache, headers: { Authorization: `Bearer ${token()}` } };
  const response = await ask(fetch, addressOf(digest), init, TIMEOUT_MS, signal);
  const bytes = await readAtMost(response, maxBytes);
  if ((await sha256Hex(bytes)) === digest) return bytes;
  throw new AssetError('corrupt', 'An asset arrived damaged: it is not what its digest says.');
}

async function readAtMost(response: Response, maxBytes: number): Promise<Bytes> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of response.body ?? []) {
      size += chunk.length;
      if (size > maxBytes) throw new AssetError('too_large', 'An asset is larger than it may be.');
      chunks.push(chunk);
    }
  } catch (cause) {
    if (cause instanceof AssetError) throw cause;
    throw new AssetError('unreachable', `A transfer broke off (${messageOf(cause)}).`, { cause });
  }
  return concatBytes(...chunks);
}
