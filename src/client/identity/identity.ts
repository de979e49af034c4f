import {
  generateKeys,
  hasNativeEd25519,
  type Signer,
  type Verifier,
  webCryptoSigner,
  webCryptoVerifier,
} from '../../commands/signing.ts';
import type { Database } from '../storage/database.ts';

/** Who one is in this browser, at this origin. */
export interface Identity {
  readonly signer: Signer;
  readonly verifier: Verifier;
}

export const NATIVE_KEY = 'author';
export const SEED_KEY = 'author-seed';
export const SEED_BYTES = 32;

/**
 * The author's key of this browser, made at the first visit. WebCrypto may export it, for an identity
 * can be brought to another browser (S4): what keeps it from others is that no script but ours runs in
 * this origin (S6).
 */
export async function loadIdentity(database: Database): Promise<Identity> {
  if (!(await hasNativeEd25519())) return loadSeed(database);
  let keys = await database.get('keys', NATIVE_KEY);
  if (typeof keys !== 'object' || keys instanceof Uint8Array) {
    keys = await generateKeys(true);
    await database.put('keys', keys, NATIVE_KEY);
  }
  return { signer: await webCryptoSigner(keys), verifier: webCryptoVerifier() };
}

/** Where WebCrypto lacks Ed25519. */
async function loadSeed(database: Database): Promise<Identity> {
  let seed = await database.get('keys', SEED_KEY);
  if (!(seed instanceof Uint8Array)) {
    seed = crypto.getRandomValues(new Uint8Array(SEED_BYTES));
    await database.put('keys', seed, SEED_KEY);
  }
  const { naclSigner, naclVerifier } = await import('../../commands/nacl-signing.ts');
  return { signer: naclSigner(seed), verifier: naclVerifier() };
}
