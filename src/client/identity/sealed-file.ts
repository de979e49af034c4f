import { z } from 'zod';
import { type Bytes, fromBase64Url, toBase64Url } from '../../shared/bytes.ts';
import { ThetaError } from '../../shared/errors.ts';

/** OWASP's count for PBKDF2 with HMAC-SHA-256 (2023). */
const ITERATIONS = 600_000;
/** A file may ask for more than we do, but not for a day of computing. */
const MAX_ITERATIONS = 10_000_000;
const SALT_BYTES = 16;
const IV_BYTES = 12;

const bytes = z.string().transform((text, context) => {
  const read = fromBase64Url(text);
  if (read !== undefined) return read;
  context.addIssue({ code: 'custom', message: 'base64url' });
  return z.NEVER;
});

const fileSchema = z.object({
  format: z.literal('theta-identity'),
  version: z.literal(1),
  author: z.string().regex(/^[0-9a-f]{64}$/),
  kdf: z.object({
    name: z.literal('PBKDF2'),
    hash: z.literal('SHA-256'),
    iterations: z.number().int().min(1).max(MAX_ITERATIONS),
    salt: bytes,
  }),
  cipher: z.object({ name: z.literal('AES-GCM'), iv: bytes }),
  data: bytes,
});

/**
 * Seals a secret in the text of a file: AES-256-GCM under a key that PBKDF2 makes of the passphrase.
 * @param author whose it is, 64 hexadecimal digits: said in clear, and vouched for by the seal
 */
export async function sealFile(author: string, secret: Bytes, passphrase: string): Promise<string> {
  const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES));
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const key = await keyFrom(passphrase, salt, ITERATIONS);
  const sealed = await crypto.subtle.encrypt(cipherOf(iv, author), key, secret);
  const file: z.input<typeof fileSchema> = {
    format: 'theta-identity',
    version: 1,
    author,
    kdf: { name: 'PBKDF2', hash: 'SHA-256', iterations: ITERATIONS, salt: toBase64Url(salt) },
    cipher: { name: 'AES-GCM', iv: toBase64Url(iv) },
    data: toBase64Url(new Uint8Array(sealed)),
  };
  return JSON.stringify(file, undefined, 2);
}

/**
 * What `sealFile` sealed, and whose it is.
 * @throws {ThetaError} `not_identity`, `wrong_passphrase`
 */
export async function openFile(
  text: string,
  passphrase: string,
): Promise<{ author: string; secret: Bytes }> {
  const file = fileSchema.safeParse(parsed(text));
  if (!file.success)
    throw new ThetaError('not_identity', 'This file is not an identity that Theta has exported.');
  const { author, kdf, cipher, data } = file.data;
  const key = await keyFrom(passphrase, kdf.salt, kdf.iterations);
  try {
    const secret = await crypto.subtle.decrypt(cipherOf(cipher.iv, author), key, data);
    return { author, secret: new Uint8Array(secret) };
  } catch {
    // WebCrypto does not tell a wrong key from damaged data.
    throw new ThetaError(
      'wrong_passphrase',
      'The passphrase is not the one of this file, or the file is damaged.',
    );
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // What is no JSON is no identity either.
    return undefined;
  }
}

function cipherOf(iv: Bytes, author: string): AesGcmParams {
  return {
    name: 'AES-GCM',
    iv,
    additionalData: new TextEncoder().encode(`theta identity 1\0${author}`),
  };
}

async function keyFrom(passphrase: string, salt: Bytes, iterations: number): Promise<CryptoKey> {
  const given = new TextEncoder().encode(passphrase.normalize('NFC'));
  const base = await crypto.subtle.importKey('raw', given, 'PBKDF2', false, ['deriveKey']);
  return crypto.subtle.deriveKey(
    { name: 'PBKDF2', hash: 'SHA-256', salt, iterations },
    base,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  );
}
