import type { Bytes } from '../shared/bytes.ts';
import type { CloseInfo } from './transport.ts';

/** A bidirectional byte stream, already opened and named. */
export interface LaneStream {
  readonly readable: ReadableStream<Uint8Array>;
  readonly writable: WritableStream<Uint8Array>;
}

/** What a first byte on a lane's stream says it is; the connecting end opens both and writes it. */
export const LANE_TAG = { reliable: 0, bulk: 1 } as const;

/**
 * What a `LaneTransport` runs on: a stream for each ordered lane, datagrams, and an end. A
 * WebTransport session as the browser gives it, or as our server does.
 */
export interface LaneCarrier {
  readonly reliable: LaneStream;
  readonly bulk: LaneStream;
  readonly maxDatagramBytes: number;
  /** Resolves when the network has taken or dropped the datagram; `datagram` is the carrier's. */
  sendDatagram(datagram: Bytes): Promise<void>;
  /** Set once, by the transport; called with bytes that belong to it. */
  onDatagram: (datagram: Bytes) => void;
  /** How the carrier ended; never rejects. */
  readonly ended: Promise<CloseInfo>;
  /**
   * Ends it at once; what is under way may be lost. The streams, which the transport has let go
   * of, are the carrier's to free. Idempotent.
   */
  end(code: number, reason: string): void;
}
