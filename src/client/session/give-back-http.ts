import { encode } from '../../protocol/codec.ts';
import { ThetaError } from '../../shared/errors.ts';
import type { GiveBack } from './lost-log.ts';

/** D3: brings records to the server over HTTP: it may not let anybody in before it has them. */
export function giveBackOverHttp(sessionId: string): GiveBack {
  return async (records) => {
    const page = records.map(({ judgement, packet }) => ({ judgement, packet }));
    const response = await fetch(`/api/sessions/${sessionId}/log`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/octet-stream' },
      body: encode('LogPage', { records: page }),
    }).catch(() => undefined);
    if (!response?.ok) {
      const message = 'The server lacks a part of this session, and cannot take it back now.';
      throw new ThetaError('unreachable', message);
    }
    const { index } = (await response.json()) as { readonly index: number };
    return index;
  };
}
