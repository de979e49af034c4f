import { z } from 'zod';
import { naclSigner } from '../../commands/nacl-signing.ts';
import { hasNativeEd25519 } from '../../commands/signing.ts';
import { type Bytes, concatBytes, fromBase64Url, toBase64Url, toHex } from '../../shared/bytes.ts';
import { ThetaError } from '../../shared/errors.ts';
import type { Database } from '../storage/database.ts';
import { NATIVE_KEY, SEED_BYTES, SEED_KEY } from './identity.ts';
import { newReplicaBase, REPLICA_BASE_KEY } from './replica.ts';
import { openFile, sealFile } from './sealed-file.ts';

/** PKCS #8 of an Ed25519 key (RFC 8410) is this, then the seed. */
const PKCS8_PREFIX = new Uint8Array([
  0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
]);

const contentSchema = z.object({
  seed: z.string(),
  name: z.string().optional(),
  sessions: z.array(z.object({ session: z.string(), tokens: z.array(z.string()) })),
  histories: z.array(
    z.object({
      session: z.string(),
      replica: z.number().int(),
      undo: z.array(z.string()),
      redo: z.array(z.string()),
    }),
  ),
});
type Content = z.infer<typeof contentSchema>;

/**
 * S4: this browser's identity as the text of a file: the key, the name, the links one knows, and what
 * one can still undo.
 * @throws {ThetaError} `not_exportable`
 */
export async function exportIdentity(
  database: Database,
  name: string,
  passphrase: string,
): Promise<string> {
  const seed = await seedOf(database);
  const sessions = await database.getAll('sessions');
  const content: Content = {
    seed: toBase64Url(seed),
    name,
    sessions: sessions.map(({ session, tokens = [] }) => ({ session, tokens: [...tokens] })),
    histories: await historiesOf(database),
  };
  const author = toHex(naclSigner(seed).publicKey);
  return sealFile(author, new TextEncoder().encode(JSON.stringify(content)), passphrase);
}

/**
 * Makes the identity of a file this browser's, in the place of its own; it takes effect with the next
 * page. Replicas are numbered elsewhere from now on, for the browser that the file comes from may go
 * on with its own.
 * @returns the name that goes with it
 * @throws {ThetaError} `not_identity`, `wrong_passphrase`, `edits_wait`
 */
export async function importIdentity(
  database: Database,
  text: string,
  passphrase: string,
): Promise<string | undefined> {
  const { author, secret } = await openFile(text, passphrase);
  const content = contentSchema.parse(JSON.parse(new TextDecoder().decode(secret)));
  const seed = fromBase64Url(content.seed);
  if (seed?.length !== SEED_BYTES || toHex(naclSigner(seed).publicKey) !== author)
    throw new ThetaError('not_identity', 'The key in this file is damaged.');
  if ((await database.count('packets')) > 0) {
    const text = 'Edits made here still wait to be sent. Bring the identity when they are through.';
    throw new ThetaError('edits_wait', text);
  }
  const [key, keys] = await storedForm(seed);
  const base = newReplicaBase();
  const write = database.transaction(['keys', 'histories', 'used', 'sessions'], 'readwrite');
  const known = write.objectStore('sessions');
  await Promise.all([
    write.objectStore('keys').put(keys, key),
    write.objectStore('keys').put(base, REPLICA_BASE_KEY),
    write.objectStore('histories').clear(),
    write.objectStore('used').clear(),
  ]);
  for (const { session, tokens } of content.sessions) {
    const before = await known.get(session);
    const all = new Set([...(before?.tokens ?? []), ...tokens]);
    await known.put({ ...before, session, tokens: [...all] });
  }
  for (const [session, replica, history] of rehomed(content, base))
    await write.objectStore('histories').put(history, [session, replica]);
  await write.done;
  return content.name;
}

/** The stacks of each session, in the order of the replicas that they were, from the new base on. */
function rehomed({ histories }: Content, base: number) {
  const next = new Map<string, number>();
  return [...histories]
    .sort((a, b) => a.replica - b.replica)
    .map(({ session, undo, redo }) => {
      const replica = next.get(session) ?? base;
      next.set(session, replica + 1);
      return [session, replica, { undo: undo.map(bytesOf), redo: redo.map(bytesOf) }] as const;
    });
}

async function historiesOf(database: Database): Promise<Content['histories']> {
  const [keys, values] = await Promise.all([
    database.getAllKeys('histories'),
    database.getAll('histories'),
  ]);
  return keys.map(([session, replica], i) => ({
    session,
    replica,
    undo: (values[i]?.undo ?? []).map(toBase64Url),
    redo: (values[i]?.redo ?? []).map(toBase64Url),
  }));
}

async function seedOf(database: Database): Promise<Bytes> {
  const stored = (await database.get('keys', NATIVE_KEY)) ?? (await database.get('keys', SEED_KEY));
  if (stored instanceof Uint8Array) return new Uint8Array(stored);
  const isKey = typeof stored === 'object' && stored.privateKey.extractable;
  const jwk = isKey ? await crypto.subtle.exportKey('jwk', stored.privateKey) : undefined;
  const seed = fromBase64Url(jwk?.d ?? '');
  if (seed?.length === SEED_BYTES) return seed;
  throw new ThetaError('not_exportable', 'This browser does not give its key away.');
}

/** A seed as `loadIdentity` finds it again. */
async function storedForm(seed: Bytes): Promise<[string, CryptoKeyPair | Uint8Array]> {
  if (!(await hasNativeEd25519())) return [SEED_KEY, seed];
  const pkcs8 = concatBytes(PKCS8_PREFIX, seed);
  const { publicKey: raw } = naclSigner(seed);
  const [privateKey, publicKey] = await Promise.all([
    crypto.subtle.importKey('pkcs8', pkcs8, 'Ed25519', true, ['sign']),
    crypto.subtle.importKey('raw', raw, 'Ed25519', true, ['verify']),
  ]);
  return [NATIVE_KEY, { privateKey, publicKey }];
}

function bytesOf(text: string): Bytes {
  return fromBase64Url(text) ?? new Uint8Array(0);
}
