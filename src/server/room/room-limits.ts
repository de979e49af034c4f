/** What a room takes from its peers (S3, T4). Rates are a burst, and so many a second after it. */
export interface RoomLimits {
  readonly maxPeers: number;
  /** Packets of an author. */
  readonly packetBurst: number;
  readonly packetsPerSecond: number;
  /** Packets of a connection that could not be taken: too soon, out of turn, or taken before. */
  readonly wastedBurst: number;
  readonly wastedPerSecond: number;
  /** Bytes of a connection, before anything of them is verified. */
  readonly byteBurst: number;
  readonly bytesPerSecond: number;
  /** Ephemeral commands and presence of a connection. */
  readonly presenceBurst: number;
  readonly presencePerSecond: number;
  /** Faulty messages that a connection may send before it is closed. */
  readonly maxFaults: number;
  /** Packets of a connection that wait for their turn. */
  readonly maxQueuedPackets: number;
  /** Bytes that may wait for a slow reader before it is disconnected. */
  readonly maxUnreadBytes: number;
  readonly handshakeMs: number;
  /** A peer that says nothing for so long is gone (three heartbeats). */
  readonly silenceMs: number;
  /** Log records between two stored snapshots. */
  readonly snapshotEvery: number;
  /** O5: a room that is opened reads at least so many packets again, to know what they replaced. */
  readonly rememberedPackets: number;
  /** D4: further behind than so many packets, a snapshot is cheaper. */
  readonly maxResumedPackets: number;
}

export const ROOM_LIMITS: RoomLimits = {
  maxPeers: 100,
  packetBurst: 100,
  packetsPerSecond: 10,
  wastedBurst: 512,
  wastedPerSecond: 32,
  byteBurst: 8 * 1024 * 1024,
  bytesPerSecond: 1024 * 1024,
  presenceBurst: 120,
  presencePerSecond: 60,
  maxFaults: 8,
  maxQueuedPackets: 256,
  maxUnreadBytes: 4 * 1024 * 1024,
  handshakeMs: 10_000,
  silenceMs: 15_000,
  snapshotEvery: 1000,
  rememberedPackets: 256,
  maxResumedPackets: 5000,
};
