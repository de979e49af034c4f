import { sha256 } from '@noble/hashes/sha2.js';
import { toBase64Url, toHex } from '../../shared/bytes.ts';

const TOKEN_BYTES = 32;
const LINK_ID_BYTES = 9;

/** What a token looks like; anything else is refused before it is hashed. */
const TOKEN_PATTERN = /^[0-9A-Za-z_-]{43}$/;

/** 32 random bytes, base64url: the secret of a link, or of an upload. */
export function createToken(): string {
  return toBase64Url(crypto.getRandomValues(new Uint8Array(TOKEN_BYTES)));
}

export function isToken(text: string): boolean {
  return TOKEN_PATTERN.test(text);
}

/** SHA-256 of the token's text in hexadecimal: what is kept of it. A token is too long to need salt. */
export function hashToken(token: string): string {
  return toHex(sha256(new TextEncoder().encode(token)));
}

/** The public name of a new link, 12 characters. */
export function createLinkId(): string {
  return toBase64Url(crypto.getRandomValues(new Uint8Array(LINK_ID_BYTES)));
}

/** The path that opens the session with the token; the token is in the fragment, which no server sees. */
export function linkPath(sessionId: string, token: string): string {
  return `/s/${sessionId}#${token}`;
}
