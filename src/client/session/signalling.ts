import { signalStatement } from '../../commands/signal-statement.ts';
import type { Signer } from '../../commands/signing.ts';
import { toBase64Url } from '../../shared/bytes.ts';
import { ThetaError } from '../../shared/errors.ts';
import type { Signalling } from '../../transport/webrtc.ts';

/** Who asks the server for a peer connection, and for which session. */
export interface Joiner {
  /** 22 characters, as in a link. */
  readonly sessionId: string;
  readonly signer: Signer;
  /** Of the link that one came by. */
  readonly token: string | undefined;
}

const TIMEOUT_MS = 5_000;

/** T2: WebRTC's signalling over the page's own HTTP, signed by who joins. */
export function signallingFor(joiner: () => Promise<Joiner>, hasIceServers: boolean): Signalling {
  return {
    iceServers: async () => {
      if (!hasIceServers) return [];
      const { iceServers } = await ask<{ iceServers: RTCIceServer[] }>(await joiner(), '');
      return iceServers;
    },
    answer: async (offer) => (await ask<{ sdp: string }>(await joiner(), offer)).sdp,
  };
}

async function ask<Answer>({ sessionId, signer, token }: Joiner, sdp: string): Promise<Answer> {
  const statement = signalStatement(sessionId, sdp);
  const signature = await signer.sign('theta signal 1', statement);
  const response = await fetch(`/api/sessions/${sessionId}/webrtc`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      author: toBase64Url(signer.publicKey),
      signature: toBase64Url(signature),
      ...(token !== undefined && { token }),
      ...(sdp !== '' && { sdp }),
    }),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (!response.ok) throw new ThetaError('unreachable', `The server refused (${response.status}).`);
  return (await response.json()) as Answer;
}
