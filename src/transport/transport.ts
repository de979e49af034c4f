import type { Bytes } from '../shared/bytes.ts';

/**
 * T1: three lanes. `reliable` is ordered and carries commands; `bulk` is ordered within itself,
 * carries snapshots and blobs and never delays `reliable`; `unreliable` carries presence and may
 * lose, double or reorder what it is given.
 */
export type Lane = 'reliable' | 'bulk' | 'unreliable';

/** T2: the rungs of the ladder, the best first. */
export const RUNGS = ['webtransport', 'webrtc', 'websocket'] as const;

export type RungName = (typeof RUNGS)[number];

/** The rungs of the ladder, and the pair of the simulation. */
export type TransportKind = RungName | 'memory';

/** Why a transport ended: an application code and a sentence, or the loss of the line. */
export interface CloseInfo {
  /** 0 is a normal end; application codes are listed in `docs/protocol.md`; 1 means lost. */
  readonly code: number;
  readonly reason: string;
  /** Whether the other end said so, rather than silence or an error. */
  readonly clean: boolean;
  /** The rule of the wire that the other end broke, when that is why it was lost. */
  readonly fault?: TransportFault;
}

/** What an end may do wrong below the messages; the other then ends the connection. */
export type TransportFault =
  | 'frame-too-large'
  | 'frame-truncated'
  | 'frame-after-farewell'
  | 'farewell-malformed'
  | 'channel-malformed'
  | 'channel-overrun';

/** How a connection ends that nobody closed: its line died, or an end vanished. */
export const LOST: CloseInfo = { code: 1, reason: 'connection lost', clean: false };

/**
 * One connection between two ends that exchange whole messages. Knows nothing of what the bytes
 * mean. Handlers are set once, before the first message can arrive (adapters deliver nothing
 * before the microtask after creation), and each is called with bytes that belong to the receiver.
 */
export interface Transport {
  readonly kind: TransportKind;
  /** The largest message `unreliable` takes now, in bytes; a larger one is not sent. */
  readonly maxDatagramBytes: number;
  /** Bytes handed over on `lane` and not yet taken by the network: what back-pressure reads. */
  bufferedBytes(lane: Lane): number;
  /**
   * Queues a copy of `message`. False when it was dropped: closed, over the limit of its lane
   * (`TRANSPORT_LIMITS`), over the lane's buffer, or (unreliable) over `maxDatagramBytes`. True on
   * `unreliable` promises nothing.
   */
  send(lane: Lane, message: Uint8Array): boolean;
  /** Resolves when `bufferedBytes(lane)` is at most `atMost`, or the transport has closed. */
  drained(lane: Lane, atMost: number): Promise<void>;
  /**
   * Sends what is queued on `reliable`, then closes: both ends get `code` and `reason` (at most
   * 1024 bytes, cut beyond). From here on nothing more is taken, or delivered to this end.
   * Idempotent.
   */
  close(code?: number, reason?: string): void;
  onMessage: (lane: Lane, message: Bytes) => void;
  /** Called exactly once, on either end, whoever closed; never inside `close`. */
  onClose: (info: CloseInfo) => void;
}

/** What a connection tells the server before any message: where it came from and what it asked for. */
export interface IncomingRequest {
  /** Path and query of the request, e.g. `/wt?…`. Never holds a secret. */
  readonly path: string;
  readonly origin: string | undefined;
  readonly authority: string;
  readonly remoteAddress: string;
}

export const TRANSPORT_LIMITS = {
  /** A message on `reliable`: a packet of 64 KiB and its envelope. */
  maxReliableBytes: 96 * 1024,
  /** A message on `bulk`: one chunk of a snapshot. */
  maxBulkBytes: 256 * 1024,
  /** What `send` may pile up on a lane before it refuses. */
  maxBufferedBytes: 8 * 1024 * 1024,
  /** The same for `unreliable`: what waits longer than this takes to send is stale anyway. */
  maxBufferedDatagramBytes: 256 * 1024,
} as const;
