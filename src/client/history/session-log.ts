import { decode } from '../../protocol/codec.ts';
import type { Accepted } from '../../protocol/generated/types.ts';
import { ThetaError } from '../../shared/errors.ts';

export interface SessionLogSource {
  readonly sessionId: string;
  /** The token that one was given on joining. */
  readonly token: () => string;
  readonly fetch?: typeof fetch;
}

/**
 * The session's log from its first record, as it was signed.
 * @throws {ThetaError} `unreachable`; {DecodeError}
 */
export async function* readSessionLog(source: SessionLogSource): AsyncGenerator<Accepted> {
  const get = source.fetch ?? fetch;
  for (let after = 0; ; ) {
    const response = await get(`/api/sessions/${source.sessionId}/log?after=${after}`, {
      headers: { Authorization: `Bearer ${source.token()}` },
    });
    if (!response.ok) throw new ThetaError('unreachable', 'The history cannot be read now.');
    const { records } = decode('LogPage', new Uint8Array(await response.arrayBuffer()));
    if (records.length === 0) return;
    yield* records;
    after += records.length;
  }
}
