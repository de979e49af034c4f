import { toHex } from '../../shared/bytes.ts';
import type { IdentityView } from '../../ui/identity/identity-view.ts';
import { download } from '../download.ts';
import type { SessionParts } from '../session/create-session.ts';
import { appearanceOf, rememberName } from './person.ts';

/** This browser's identity as the panels show it. */
export function identityOf({ identity, database }: SessionParts): IdentityView {
  const { publicKey } = identity.signer;
  return {
    key: toHex(publicKey),
    async save(passphrase) {
      const { exportIdentity } = await import('./identity-file.ts');
      const text = await exportIdentity(database, appearanceOf(publicKey).name, passphrase);
      download('theta-identity.json', text);
    },
    async bring(file, passphrase) {
      const { importIdentity } = await import('./identity-file.ts');
      const name = await importIdentity(database, await file.text(), passphrase);
      if (name !== undefined) rememberName(name);
      location.reload();
    },
  };
}
