import { messageOf, ThetaError } from '../../shared/errors.ts';

/** Where a session's log is read, by the token that one was given on joining. */
export interface SessionLogSource {
  readonly sessionId: string;
  readonly token: () => string;
  readonly fetch?: typeof fetch;
}

/**
 * The records after `after`, as a `LogPage` buffer: at least one, none at the end of the log.
 * @throws {ThetaError} `unreachable`; what the signal was aborted with
 */
export function fetchLogPage(
  source: SessionLogSource,
  after: number,
  signal?: AbortSignal,
): Promise<ArrayBuffer> {
  return fetchHistory(source, `log?after=${after}`, signal);
}

/** Anything that the session's history routes answer. @throws as `fetchLogPage` */
export async function fetchHistory(
  source: SessionLogSource,
  path: string,
  signal?: AbortSignal,
): Promise<ArrayBuffer> {
  const get = source.fetch ?? fetch;
  try {
    const response = await get(`/api/sessions/${source.sessionId}/${path}`, {
      headers: { Authorization: `Bearer ${source.token()}` },
      signal: signal ?? null,
    });
    if (response.ok) return await response.arrayBuffer();
    throw new ThetaError('unreachable', 'The history cannot be read now. Try again in a moment.');
  } catch (thrown) {
    signal?.throwIfAborted();
    if (thrown instanceof ThetaError) throw thrown;
    const message = `The history cannot be read: the server does not answer (${messageOf(thrown)}).`;
    throw new ThetaError('unreachable', message, { cause: thrown });
  }
}
