import { type Bytes, toBase64Url } from '../shared/bytes.ts';

/** The key of a session, and the name that follows from it. */
export interface SessionIdentity {
  readonly id: string;
  /** Ed25519, raw, 32 bytes. */
  readonly publicKey: Bytes;
  /** Ed25519, PKCS #8. */
  readonly privateKey: Bytes;
}

const ID_BYTES = 16;

/** Makes the Ed25519 key of a new session. */
export async function createSessionIdentity(): Promise<SessionIdentity> {
  const keys = await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify']);
  if (!('publicKey' in keys)) throw new Error('Ed25519 must give a pair of keys.');
  const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', keys.publicKey));
  const privateKey = new Uint8Array(await crypto.subtle.exportKey('pkcs8', keys.privateKey));
  return { id: await sessionIdOf(publicKey), publicKey, privateKey };
}

/**
 * The fingerprint that a link names: base64url of the first 16 bytes of SHA-256 of the public key,
 * 22 characters.
 */
export async function sessionIdOf(publicKey: Bytes): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', publicKey);
  return toBase64Url(new Uint8Array(digest, 0, ID_BYTES));
}

export function isSessionId(text: string): boolean {
  return /^[0-9A-Za-z_-]{22}$/.test(text);
}
