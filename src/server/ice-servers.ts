/** Where a TURN server is, and what we share with it. */
export interface TurnServer {
  readonly url: string;
  readonly secret: string;
}

/** As a browser's `RTCPeerConnection` takes them. */
export interface IceServer {
  readonly urls: readonly string[];
  readonly username: string;
  readonly credential: string;
}

/** A relay outlives the handshake by far, and a leaked credential a working day by little. */
export const TURN_LIFE_SECONDS = 12 * 3600;

/**
 * Servers that help a browser through, with credentials that end: coturn's `use-auth-secret` (TURN
 * REST API, draft-uberti-behave-turn-rest-00): the name is the time of the end and whom it is for, the
 * password the name's HMAC-SHA1 under the shared secret, base64.
 * @param now milliseconds since the Unix epoch
 */
export async function iceServersFor(
  turn: TurnServer | undefined,
  author: string,
  now: number,
): Promise<readonly IceServer[]> {
  if (turn === undefined) return [];
  const username = `${Math.floor(now / 1000) + TURN_LIFE_SECONDS}:${author.slice(0, 16)}`;
  const text = new TextEncoder();
  const algorithm = { name: 'HMAC', hash: 'SHA-1' };
  const key = await crypto.subtle.importKey('raw', text.encode(turn.secret), algorithm, false, [
    'sign',
  ]);
  const mac = new Uint8Array(await crypto.subtle.sign('HMAC', key, text.encode(username)));
  return [{ urls: [turn.url], username, credential: btoa(String.fromCharCode(...mac)) }];
}
