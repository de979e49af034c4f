import { sha256 } from '@noble/hashes/sha2.js';
import type { Signer, Verifier } from '../../src/commands/signing.ts';
import { type Bytes, concatBytes, equalBytes } from '../../src/shared/bytes.ts';

const text = new TextEncoder();

function tag(publicKey: Uint8Array, purpose: string, message: Uint8Array): Bytes {
  const first = sha256(concatBytes(publicKey, text.encode(purpose), message));
  return concatBytes(first, sha256(first));
}

/**
 * Stands in for Ed25519 where thousands of simulated sessions run: whoever knows the public key can
 * sign, but every changed byte shows. Synchronous, so that a seed repeats its run exactly.
 */
export function fastSigner(name: string): Signer {
  const publicKey = new Uint8Array(sha256(text.encode(name)));
  return { publicKey, sign: async (purpose, message) => tag(publicKey, purpose, message) };
}

export const fastVerifier: Verifier = {
  verify: async (publicKey, purpose, message, signature) =>
    equalBytes(tag(publicKey, purpose, message), signature),
};
