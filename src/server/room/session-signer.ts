import { type Signer, webCryptoSigner } from '../../commands/signing.ts';
import type { SessionRecord } from '../storage/storage.ts';

/** The session's key, which signs what the server says (S1). */
export async function sessionSigner({ privateKey, publicKey }: SessionRecord): Promise<Signer> {
  const key = await crypto.subtle.importKey('pkcs8', privateKey, 'Ed25519', false, ['sign']);
  const pub = await crypto.subtle.importKey('raw', publicKey, 'Ed25519', true, ['verify']);
  return webCryptoSigner({ privateKey: key, publicKey: pub });
}
