import type { Strategy } from '../../commands/definition.ts';

/** Telemetry of the connection, since the page began. */
export interface SessionCounters {
  packetsSent: number;
  bytesSent: number;
  packetsReceived: number;
  bytesReceived: number;
  rejected: number;
  /** Own transactions that lost against somebody else's, by the strategy of their first command. */
  readonly conflicts: Record<Strategy, number>;
  /** Accepted entries by the hexadecimal public key of who made them. */
  readonly acceptedByAuthor: Map<string, number>;
  rateLimitDrops: number;
  replayRejections: number;
  payloadGuardDrops: number;
  /** Own packets that the server found wrongly signed, and what it sent that was. */
  signatureRejections: number;
  faults: number;
  /** How long the last verdict's signature took. */
  verifyMs: number;
  /** Bytes of the last snapshot against those that came; 1 before one. */
  compressionRatio: number;
}

export function createCounters(): SessionCounters {
  return {
    packetsSent: 0,
    bytesSent: 0,
    packetsReceived: 0,
    bytesReceived: 0,
    rejected: 0,
    conflicts: { lww: 0, merge: 0, reject: 0 },
    acceptedByAuthor: new Map(),
    rateLimitDrops: 0,
    replayRejections: 0,
    payloadGuardDrops: 0,
    signatureRejections: 0,
    faults: 0,
    verifyMs: 0,
    compressionRatio: 1,
  };
}
