import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../shared/clock.ts';
import { messageOf } from '../../shared/errors.ts';
import type { Logger } from '../../shared/logger.ts';
import { ConfigError } from '../config.ts';
import { createSelfSigned, readCertificate, type ServerCertificate } from './certificate.ts';

const DAY_MS = 86_400_000;

/** A self-signed certificate is replaced when less than this is left of it. */
export const ROTATE_BEFORE_MS = 3 * DAY_MS;

const OWNER_ONLY_FOLDER = 0o700;
const OWNER_ONLY_FILE = 0o600;

export interface CertificateOptions {
  readonly dataDir: string;
  /** The operator's own, which is never replaced here. */
  readonly own: { readonly certPath: string; readonly keyPath: string } | undefined;
  readonly addresses: () => readonly string[];
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * The certificate to listen with: the operator's, or one of our own making that is kept in the data
 * folder, so that a restart breaks no open page, and replaced before it runs out.
 */
export class CertificateSource {
  readonly #options: CertificateOptions;
  #current: ServerCertificate;

  private constructor(options: CertificateOptions, current: ServerCertificate) {
    this.#options = options;
    this.#current = current;
  }

  /** @throws ConfigError when the operator's certificate cannot be read */
  static async open(options: CertificateOptions): Promise<CertificateSource> {
    const { own } = options;
    const current = own ? await readOwn(own) : ((await readKept(options)) ?? (await make(options)));
    return new CertificateSource(options, current);
  }

  get current(): ServerCertificate {
    return this.#current;
  }

  /** Replaces our own certificate when it is about to run out; true when it did. */
  async rotate(): Promise<boolean> {
    if (!this.#current.selfSigned || isFresh(this.#current, this.#options.clock)) return false;
    this.#current = await make(this.#options);
    return true;
  }
}

async function readOwn(own: { certPath: string; keyPath: string }): Promise<ServerCertificate> {
  const certPem = await readNamed('THETA_TLS_CERT', own.certPath);
  const keyPem = await readNamed('THETA_TLS_KEY', own.keyPath);
  if (!keyPem.includes('PRIVATE KEY'))
    throw new ConfigError(`THETA_TLS_KEY names a file without a PEM key: ${own.keyPath}.`);
  try {
    return await readCertificate(certPem, keyPem, false);
  } catch (thrown) {
    const { certPath } = own;
    throw new ConfigError(
      `THETA_TLS_CERT names no certificate: ${certPath} (${messageOf(thrown)}).`,
    );
  }
}

async function readNamed(variable: string, path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (thrown) {
    throw new ConfigError(`${variable} names a file that cannot be read: ${messageOf(thrown)}.`);
  }
}

/** One file for both halves, so that they can never be of two makings. */
function keptPath(dataDir: string): string {
  return join(dataDir, 'tls', 'self-signed.pem');
}

async function readKept(options: CertificateOptions): Promise<ServerCertificate | undefined> {
  const path = keptPath(options.dataDir);
  try {
    const pem = await readFile(path, 'utf8');
    const cut = pem.indexOf('-----BEGIN PRIVATE KEY-----');
    const kept = await readCertificate(pem.slice(0, cut), pem.slice(cut), true);
    return isFresh(kept, options.clock) ? kept : undefined;
  } catch (thrown) {
    const missing = thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT';
    if (!missing)
      options.logger.warn('The kept certificate cannot be used; making another.', {
        path,
        reason: messageOf(thrown),
      });
    return undefined;
  }
}

async function make(options: CertificateOptions): Promise<ServerCertificate> {
  const made = await createSelfSigned(options.addresses(), options.clock.wallTime());
  const path = keptPath(options.dataDir);
  await mkdir(join(options.dataDir, 'tls'), { recursive: true, mode: OWNER_ONLY_FOLDER });
  await writeFile(`${path}.new`, made.certPem + made.keyPem, { mode: OWNER_ONLY_FILE });
  await rename(`${path}.new`, path);
  options.logger.info('Made a certificate.', { path, expiresAt: made.expiresAt });
  return made;
}

function isFresh(certificate: ServerCertificate, clock: Clock): boolean {
  return certificate.expiresAt - clock.wallTime() > ROTATE_BEFORE_MS;
}
