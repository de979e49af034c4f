import { messageOf } from '../../shared/errors.ts';
import { AssetError } from './asset-error.ts';
import { cancelled } from './backoff.ts';

export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

const CONFLICT = 409;
const NOT_FOUND = 404;
const TOO_LARGE = 413;
/** Timeouts, conflicts with another request of ours, content that arrived damaged, limits of rate. */
const WORTH_ANOTHER_TRY: ReadonlySet<number> = new Set([408, CONFLICT, 422, 425, 429]);

/**
 * Asks the server; an answer that is not a success becomes an error with the server's own words.
 * @param timeoutMs of the whole request
 * @throws {AssetError}
 */
export async function ask(
  fetch: Fetch,
  url: string,
  init: RequestInit,
  timeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<Response> {
  const timeout = AbortSignal.timeout(timeoutMs);
  const either = signal === undefined ? timeout : AbortSignal.any([signal, timeout]);
  const response = await attempt(fetch, url, { ...init, signal: either }, signal);
  if (response.ok) return response;
  throw new AssetError(codeOf(response.status), await messageIn(response));
}

async function attempt(
  fetch: Fetch,
  url: string,
  init: RequestInit,
  signal: AbortSignal | undefined,
): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (cause) {
    if (signal?.aborted) throw cancelled();
    throw new AssetError('unreachable', `The server does not answer (${messageOf(cause)}).`, {
      cause,
    });
  }
}

function codeOf(status: number): AssetError['code'] {
  if (status >= 500 || WORTH_ANOTHER_TRY.has(status)) return 'unreachable';
  if (status === NOT_FOUND) return 'missing';
  return status === TOO_LARGE ? 'too_large' : 'refused';
}

/** The sentence of a refusal `{error: {message}}`, or its status. */
async function messageIn(response: Response): Promise<string> {
  const fallback = `The server answered ${response.status}.`;
  const body: unknown = await response.json().catch(() => undefined);
  const message = (body as { error?: { message?: unknown } } | undefined)?.error?.message;
  return typeof message === 'string' ? message : fallback;
}
