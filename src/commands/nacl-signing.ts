import nacl from 'tweetnacl';
import {
  PUBLIC_KEY_BYTES,
  SIGNATURE_BYTES,
  type Signer,
  signedBytes,
  type Verifier,
} from './signing.ts';

/** Signs by `tweetnacl`, for browsers without Ed25519. `seed` is 32 random bytes. */
export function naclSigner(seed: Uint8Array): Signer {
  const keys = nacl.sign.keyPair.fromSeed(seed);
  return {
    publicKey: new Uint8Array(keys.publicKey),
    async sign(purpose, message) {
      return new Uint8Array(nacl.sign.detached(signedBytes(purpose, message), keys.secretKey));
    },
  };
}

/** Verification by `tweetnacl`, about 100 a second. */
export function naclVerifier(): Verifier {
  return {
    async verify(publicKey, purpose, message, signature) {
      if (signature.length !== SIGNATURE_BYTES || publicKey.length !== PUBLIC_KEY_BYTES)
        return false;
      return nacl.sign.detached.verify(signedBytes(purpose, message), signature, publicKey);
    },
  };
}
