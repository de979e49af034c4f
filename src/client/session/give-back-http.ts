import { encode } from '../../protocol/codec.ts';
import type { Bytes } from '../../shared/bytes.ts';
import { ThetaError } from '../../shared/errors.ts';
import { HttpBlobUploader } from '../assets/blob-uploader.ts';
import type { GiveBack, TakenBack } from './lost-log.ts';

/**
 * D3: brings what a server lost over HTTP: it may not let anybody in before it has that.
 * @param held content as far as this browser has it
 */
export function giveBackOverHttp(
  sessionId: string,
  held: (digest: string) => Promise<Bytes | undefined>,
): GiveBack {
  return {
    async records(records) {
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
      return (await response.json()) as TakenBack;
    },
    async content(digest, token) {
      const bytes = await held(digest);
      if (bytes === undefined) return false;
      const uploader = new HttpBlobUploader({ sessionId, uploadToken: () => token });
      await uploader.upload(bytes, digest);
      return true;
    },
  };
}
