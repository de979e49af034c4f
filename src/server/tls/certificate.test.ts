import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Clock, systemClock } from '../../shared/clock.ts';
import { silentLogger } from '../../shared/logger.ts';
import { ConfigError } from '../config.ts';
import { createSelfSigned } from './certificate.ts';
import {
  type CertificateOptions,
  CertificateSource,
  ROTATE_BEFORE_MS,
} from './certificate-source.ts';

const DAY_MS = 86_400_000;
const NOW = Date.UTC(2027, 0, 15);

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'theta-tls-'));
});

afterAll(() => rm(folder, { recursive: true }));

async function optionsAt(time: { now: number }): Promise<CertificateOptions> {
  const clock: Clock = { ...systemClock, wallTime: () => time.now };
  return {
    dataDir: await mkdtemp(join(folder, 'data-')),
    own: undefined,
    addresses: () => ['192.0.2.7', '2001:db8::7'],
    clock,
    logger: silentLogger,
  };
}

describe('createSelfSigned', () => {
  it('makes what serverCertificateHashes takes: ECDSA P-256, at most 14 days', async () => {
    const made = await createSelfSigned(['192.0.2.7'], NOW);
    const parsed = new X509Certificate(made.certPem);
    const life = Date.parse(parsed.validTo) - Date.parse(parsed.validFrom);
    expect(life).toBeLessThanOrEqual(14 * DAY_MS);
    expect(Date.parse(parsed.validFrom)).toBeLessThan(NOW);
    expect(parsed.publicKey.asymmetricKeyDetails?.namedCurve).toBe('prime256v1');
    const digest = Buffer.from(parsed.fingerprint256.replaceAll(':', ''), 'hex');
    expect(made.hash).toBe(digest.toString('base64'));
  });

  it('is for localhost, loopback and the given addresses, with its own key', async () => {
    const made = await createSelfSigned(['192.0.2.7', '2001:db8::7'], NOW);
    const parsed = new X509Certificate(made.certPem);
    expect(parsed.checkHost('localhost')).toBe('localhost');
    for (const address of ['127.0.0.1', '::1', '192.0.2.7', '2001:db8::7'])
      expect(parsed.checkIP(address)).toBeDefined();
    expect(parsed.checkIP('192.0.2.8')).toBeUndefined();
    expect(parsed.checkPrivateKey(createPrivateKey(made.keyPem))).toBe(true);
    expect(made.dnsNames).toEqual(['localhost']);
  });
});

describe('CertificateSource', () => {
  it('keeps its certificate across restarts, the key to its owner alone', async () => {
    const options = await optionsAt({ now: NOW });
    const first = await CertificateSource.open(options);
    const second = await CertificateSource.open(options);
    expect(second.current).toEqual(first.current);
    const file = await stat(join(options.dataDir, 'tls', 'self-signed.pem'));
    expect(file.mode & 0o777).toBe(0o600);
  });

  it('replaces it before it runs out, at work and at a start', async () => {
    const time = { now: NOW };
    const options = await optionsAt(time);
    const source = await CertificateSource.open(options);
    const first = source.current;
    time.now = first.expiresAt - ROTATE_BEFORE_MS - 1;
    expect(await source.rotate()).toBe(false);
    time.now += 2;
    expect(await source.rotate()).toBe(true);
    expect(source.current.hash).not.toBe(first.hash);
    expect((await CertificateSource.open(options)).current).toEqual(source.current);
    time.now = source.current.expiresAt;
    expect((await CertificateSource.open(options)).current.hash).not.toBe(source.current.hash);
  });

  it('makes another when the kept one is damaged', async () => {
    const options = await optionsAt({ now: NOW });
    const first = await CertificateSource.open(options);
    await writeFile(join(options.dataDir, 'tls', 'self-signed.pem'), 'torn');
    expect((await CertificateSource.open(options)).current.hash).not.toBe(first.current.hash);
  });

  it("takes the operator's own, and never replaces it", async () => {
    const options = await optionsAt({ now: NOW });
    const made = await createSelfSigned([], NOW);
    const own = { certPath: join(folder, 'own.pem'), keyPath: join(folder, 'own.key') };
    await writeFile(own.certPath, made.certPem);
    await writeFile(own.keyPath, made.keyPem);
    const clock = { ...systemClock, wallTime: () => made.expiresAt + DAY_MS };
    const source = await CertificateSource.open({ ...options, own, clock });
    expect(source.current).toMatchObject({ certPem: made.certPem, selfSigned: false });
    expect(await source.rotate()).toBe(false);
  });

  it("refuses an operator's certificate that cannot be used, naming the variable", async () => {
    const options = await optionsAt({ now: NOW });
    const made = await createSelfSigned([], NOW);
    const certPath = join(folder, 'good.pem');
    const notes = join(folder, 'notes.txt');
    await writeFile(certPath, made.certPem);
    await writeFile(notes, 'nothing');
    const open = (cert: string, key: string) =>
      CertificateSource.open({ ...options, own: { certPath: cert, keyPath: key } });
    await expect(open(join(folder, 'none.pem'), notes)).rejects.toThrow(/THETA_TLS_CERT/);
    await expect(open(certPath, notes)).rejects.toThrow(/THETA_TLS_KEY/);
    const keyPath = join(folder, 'good.key');
    await writeFile(keyPath, made.keyPem);
    await expect(open(notes, keyPath)).rejects.toThrow(ConfigError);
  });
});
