import type { ServerCertificate } from './tls/certificate.ts';

/** Where connections that are not HTTP come in. */
export interface TransportListener {
  readonly port: number;
  /** New connections get this certificate; those there are go on. */
  rotateCertificate(certificate: ServerCertificate): void;
  /** Takes no more connections and ends those that are left. */
  close(): Promise<void>;
}

export interface TransportListenOptions {
  readonly hostname: string;
  readonly port: number;
  readonly certificate: ServerCertificate;
}

/** Starts a listener, e.g. of WebTransport; throws when the port cannot be had. */
export type ListenForTransports = (options: TransportListenOptions) => TransportListener;
