import {
  generateKeys,
  hasNativeEd25519,
  naclSigner,
  naclVerifier,
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

const NATIVE_KEY = 'author';
const SEED_KEY = 'author-seed';
const SEED_BYTES = 32;

/**
 * The author's key of this browser, made at the first visit. It can be exported, for an identity
 * shall be brought to another browser (S4).
 */
export async function loadIdentity(database: Database): Promise<Identity> {
  if (!(await hasNativeEd25519())) return loadSeed(database);
  let keys = await database.get('keys', NATIVE_KEY);
  if (keys === undefined || keys instanceof Uint8Array) {
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
  return { signer: naclSigner(seed), verifier: naclVerifier() };
}
