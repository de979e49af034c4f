import type { IncomingRequest, Transport } from '../transport/transport.ts';
import type { ServerCertificate } from './tls/certificate.ts';

/** Where connections that are not HTTP come in. */
export interface TransportListener {
  readonly port: number;
  /** Takes no more connections and ends those that are left. */
  close(): Promise<void>;
}

export interface TransportListenOptions {
  readonly hostname: string;
  readonly port: number;
  readonly certificate: ServerCertificate;
  /** Asked before a connection is accepted; false refuses it. */
  readonly allows: (request: IncomingRequest) => boolean;
  readonly accept: (transport: Transport, request: IncomingRequest) => void;
}

/** Starts a listener, e.g. of WebTransport; rejects when the port cannot be had. */
export type ListenForTransports = (options: TransportListenOptions) => Promise<TransportListener>;
