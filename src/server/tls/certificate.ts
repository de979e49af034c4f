import './reflect-metadata.ts';
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  type JsonGeneralName,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';
import { toHex } from '../../shared/bytes.ts';

/** What TLS and QUIC listen with. */
export interface ServerCertificate {
  /** The chain, PEM. */
  readonly certPem: string;
  /** PKCS #8, PEM. */
  readonly keyPem: string;
  /** Milliseconds since the Unix epoch. */
  readonly expiresAt: number;
  /** DNS names that it is for, lower case; may begin with `*.`. */
  readonly dnsNames: readonly string[];
  /** SHA-256 of the certificate, base64, for `serverCertificateHashes`. */
  readonly hash: string;
  /** Whether a browser will only believe it by its hash, or by a person's consent. */
  readonly selfSigned: boolean;
}

const DAY_MS = 86_400_000;
const KEY_ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

/**
 * Browsers take a certificate by its hash only when it is ECDSA and valid for at most 14 days from
 * its first to its last moment (W3C WebTransport, "custom certificate requirements").
 */
export const SELF_SIGNED_LIFE_MS = 14 * DAY_MS - 60_000;

/** How far back validity begins, for peers whose clocks are behind. */
const BACKDATED_MS = DAY_MS;

/** Makes a certificate for `localhost`, the loopback addresses and `addresses`, valid from `now`. */
export async function createSelfSigned(
  addresses: readonly string[],
  now: number,
): Promise<ServerCertificate> {
  const keys = await crypto.subtle.generateKey(KEY_ALGORITHM, true, ['sign', 'verify']);
  const names: JsonGeneralName[] = [
    { type: 'dns', value: 'localhost' },
    ...['127.0.0.1', '::1', ...addresses].map((value) => ({ type: 'ip', value }) as const),
  ];
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=Theta',
    keys,
    signingAlgorithm: KEY_ALGORITHM,
    serialNumber: serialNumber(),
    notBefore: new Date(now - BACKDATED_MS),
    notAfter: new Date(now - BACKDATED_MS + SELF_SIGNED_LIFE_MS),
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension(names),
    ],
  });
  const key = await crypto.subtle.exportKey('pkcs8', keys.privateKey);
  return readCertificate(
    certificate.toString('pem'),
    PemConverter.encode(key, 'PRIVATE KEY'),
    true,
  );
}

/**
 * Describes a PEM chain and its key; the first certificate is the server's own.
 * @throws Error when the chain is no certificate
 */
export async function readCertificate(
  certPem: string,
  keyPem: string,
  selfSigned: boolean,
): Promise<ServerCertificate> {
  const [der] = PemConverter.decode(certPem);
  if (der === undefined) throw new Error('It holds no PEM certificate.');
  const certificate = new X509Certificate(der);
  const names = certificate.getExtension(SubjectAlternativeNameExtension)?.names.toJSON() ?? [];
  return {
    certPem: `${certPem.trim()}\n`,
    keyPem: `${keyPem.trim()}\n`,
    expiresAt: certificate.notAfter.getTime(),
    dnsNames: names
      .filter((name) => name.type === 'dns')
      .map((name) => String(name.value).toLowerCase()),
    hash: base64(new Uint8Array(await crypto.subtle.digest('SHA-256', der))),
    selfSigned,
  };
}

/** 16 random bytes, positive: the first bit is clear (RFC 5280, 4.1.2.2). */
function serialNumber(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[0] = (bytes[0]! & 0x7f) | 0x40;
  return toHex(bytes);
}

function base64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}
