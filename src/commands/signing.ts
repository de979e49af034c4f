import { type Bytes, concatBytes } from '../shared/bytes.ts';

export const PUBLIC_KEY_BYTES = 32;
export const SIGNATURE_BYTES = 64;

/** What a signature is for: it is signed with the bytes, so that none passes for another. */
export type SigningPurpose =
  | 'theta packet 1'
  | 'theta judgement 1'
  | 'theta snapshot 1'
  | 'theta proof 1'
  | 'theta welcome 1'
  | 'theta signal 1';

/** An Ed25519 key that signs. */
export interface Signer {
  readonly publicKey: Bytes;
  sign(purpose: SigningPurpose, message: Uint8Array): Promise<Bytes>;
}

/** Checks signatures; never throws for a wrong one. */
export interface Verifier {
  verify(
    publicKey: Uint8Array,
    purpose: SigningPurpose,
    message: Uint8Array,
    signature: Uint8Array,
  ): Promise<boolean>;
}

const text = new TextEncoder();

/** The bytes that are signed: the purpose, a zero, the message. */
export function signedBytes(purpose: SigningPurpose, message: Uint8Array): Bytes {
  return concatBytes(text.encode(`${purpose}\0`), message);
}

/** Signs with a WebCrypto key pair, whose private key may be non-extractable. */
export async function webCryptoSigner(keys: CryptoKeyPair): Promise<Signer> {
  const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', keys.publicKey));
  return {
    publicKey,
    async sign(purpose, message) {
      const bytes = signedBytes(purpose, message);
      return new Uint8Array(await crypto.subtle.sign('Ed25519', keys.privateKey, bytes));
    },
  };
}

/** A new key pair of this platform. */
export async function generateKeys(extractable: boolean): Promise<CryptoKeyPair> {
  return (await crypto.subtle.generateKey('Ed25519', extractable, [
    'sign',
    'verify',
  ])) as CryptoKeyPair;
}

/** Whether this platform's WebCrypto knows Ed25519. */
export async function hasNativeEd25519(): Promise<boolean> {
  try {
    await generateKeys(false);
    return true;
  } catch {
    return false;
  }
}

const MAX_IMPORTED_KEYS = 1024;

/** WebCrypto's verification, about 10,000 a second; keeps the keys that it has imported. */
export function webCryptoVerifier(): Verifier {
  const imported = new Map<string, Promise<CryptoKey>>();
  const keyOf = (publicKey: Uint8Array): Promise<CryptoKey> => {
    const name = String.fromCharCode(...publicKey);
    let key = imported.get(name);
    if (key === undefined) {
      if (imported.size >= MAX_IMPORTED_KEYS) imported.clear();
      key = crypto.subtle.importKey('raw', new Uint8Array(publicKey), 'Ed25519', true, ['verify']);
      imported.set(name, key);
    }
    return key;
  };
  return {
    async verify(publicKey, purpose, message, signature) {
      try {
        const key = await keyOf(publicKey);
        const bytes = signedBytes(purpose, message);
        return await crypto.subtle.verify('Ed25519', key, new Uint8Array(signature), bytes);
      } catch {
        // A key that is no point on the curve cannot be imported: nothing is signed by it.
        return false;
      }
    },
  };
}

/** What a `Proof` signs, and `Welcome` too: the challenge, then the hello or the welcome. */
export function transcriptOf(challenge: Uint8Array, message: Uint8Array): Bytes {
  return concatBytes(challenge, message);
}
