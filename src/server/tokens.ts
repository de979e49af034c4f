import { sha256 } from '@noble/hashes/sha2.js';
import { type Bytes, toBase64Url } from '../shared/bytes.ts';

const TOKEN_BYTES = 32;

/** What a token looks like; anything else is refused before it is hashed. */
const TOKEN_PATTERN = /^[0-9A-Za-z_-]{43}$/;

/** 32 random bytes, base64url: the secret of a link. */
export function createToken(): string {
  return toBase64Url(crypto.getRandomValues(new Uint8Array(TOKEN_BYTES)));
}

export function isToken(text: string): boolean {
  return TOKEN_PATTERN.test(text);
}

/** SHA-256 of the token's text: what is stored of it. A token is too long to need salt. */
export async function hashToken(token: string): Promise<Bytes> {
  return new Uint8Array(sha256(new TextEncoder().encode(token)));
}
