import type { Bytes } from '../../shared/bytes.ts';

/** A bidirectional stream that the peer opened. */
export interface QuicBidi {
  readonly id: number;
  readonly readable: ReadableStream<Bytes>;
  readonly writable: WritableStream<Uint8Array>;
  /** Which of the connection's streams goes first when several have bytes; higher is earlier. */
  setPriority(priority: number): void;
}

/** How a connection ended. */
export interface QuicEnd {
  /** `application`: one of the two ends closed it, with a code. `lost`: silence, or an error. */
  readonly kind: 'application' | 'lost';
  readonly code: number;
  readonly reason: string;
}

/**
 * One QUIC connection as HTTP/3 needs it: the seam between this layer, which runs anywhere, and
 * the runtime that has QUIC. Streams end or fail when the connection does.
 */
export interface QuicPort {
  readonly remoteAddress: string;
  /** The largest datagram that fits now, in bytes. */
  readonly maxDatagramBytes: number;
  openUni(): Promise<WritableStream<Uint8Array>>;
  /** In the order of their ids. */
  readonly incomingBidi: ReadableStream<QuicBidi>;
  readonly incomingUni: ReadableStream<ReadableStream<Bytes>>;
  /** Resolves when the datagram has been taken, or dropped for want of room. */
  sendDatagram(datagram: Bytes): Promise<void>;
  /** Rejects when the connection has ended. */
  readDatagram(): Promise<Bytes>;
  /** Never rejects. */
  readonly ended: Promise<QuicEnd>;
  close(code: number, reason: string): void;
}
