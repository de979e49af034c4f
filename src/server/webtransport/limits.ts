/**
 * What the HTTP/3 layer reads, keeps or waits for, at most. Bytes and milliseconds. Each has a
 * named refusal; none depends on what the peer promises.
 */
export interface WebTransportLimits {
  /** Connections of the whole listener, and of one remote address. */
  readonly maxConnections: number;
  readonly maxConnectionsPerAddress: number;
  /** TLS handshakes under way at once. */
  readonly maxHandshakes: number;
  /** Streams that a connection may have open at once: a session takes three bidirectional ones. */
  readonly maxBidiStreams: number;
  readonly maxUniStreams: number;
  readonly maxSessionsPerConnection: number;
  /** From the connection to the session, and from any stream's start to its header. */
  readonly handshakeTimeoutMs: number;
  /** How long a connection stays without a session, so that the last close is delivered. */
  readonly lingerMs: number;
  /** Silence after which a peer counts as dead, and how often we break our own. */
  readonly maxIdleMs: number;
  readonly keepAliveMs: number;
  /** An encoded header block; its fields, decoded, counted as RFC 9114 does. */
  readonly maxHeaderBlockBytes: number;
  readonly maxFieldSectionBytes: number;
  readonly maxFields: number;
  /** A SETTINGS or GOAWAY frame. */
  readonly maxControlFrameBytes: number;
  readonly maxSettings: number;
  /** What a stream may spend on frames and capsules that mean nothing to us. */
  readonly maxSkippedBytes: number;
}

export const WEBTRANSPORT_LIMITS: WebTransportLimits = {
  maxConnections: 4096,
  maxConnectionsPerAddress: 1024,
  maxHandshakes: 512,
  maxBidiStreams: 16,
  maxUniStreams: 8,
  maxSessionsPerConnection: 4,
  handshakeTimeoutMs: 10_000,
  lingerMs: 1_000,
  maxIdleMs: 15_000,
  keepAliveMs: 4_000,
  maxHeaderBlockBytes: 8 * 1024,
  maxFieldSectionBytes: 16 * 1024,
  maxFields: 64,
  maxControlFrameBytes: 1024,
  maxSettings: 32,
  maxSkippedBytes: 64 * 1024,
};
