import { type Bytes, concatBytes } from '../../shared/bytes.ts';
import { deferred } from '../../transport/deferred.ts';
import { LANE_TAG, type LaneCarrier, type LaneStream } from '../../transport/lane-carrier.ts';
import type { CloseInfo } from '../../transport/transport.ts';
import { encodeVarint, varintSize } from '../../transport/varint.ts';
import { encodeCloseCapsule } from './capsules.ts';
import { encodeFrame, FRAME } from './h3-frames.ts';
import type { QuicBidi, QuicPort } from './quic-port.ts';

/** Commands before snapshots, on the wire too (T1). */
const PRIORITY = { reliable: 1, bulk: 0 } as const;

/** A WebTransport session from its acceptance to its end, as the carrier of a `LaneTransport`. */
export class ServerSession implements LaneCarrier {
  readonly id: number;
  /** Resolves when both lanes are there, so that a transport can be made of the session. */
  readonly complete: Promise<void>;
  readonly ended: Promise<CloseInfo>;
  onDatagram: (datagram: Bytes) => void = () => undefined;

  readonly #port: QuicPort;
  readonly #connect: WritableStreamDefaultWriter<Uint8Array>;
  readonly #datagramPrefix: Bytes;
  readonly #lanes = new Map<number, LaneStream>();
  readonly #markComplete: () => void;
  readonly #markEnded: (info: CloseInfo) => void;
  #isEnded = false;

  /** `connect` writes to the accepted CONNECT stream, whose id is the session's. */
  constructor(id: number, connect: WritableStreamDefaultWriter<Uint8Array>, port: QuicPort) {
    this.id = id;
    this.#connect = connect;
    this.#port = port;
    this.#datagramPrefix = encodeVarint(id / 4);
    const complete = deferred();
    const ended = deferred<CloseInfo>();
    this.complete = complete.promise;
    this.ended = ended.promise;
    this.#markComplete = complete.resolve;
    this.#markEnded = ended.resolve;
  }

  get reliable(): LaneStream {
    return this.#lane(LANE_TAG.reliable);
  }

  get bulk(): LaneStream {
    return this.#lane(LANE_TAG.bulk);
  }

  get maxDatagramBytes(): number {
    return Math.max(0, this.#port.maxDatagramBytes - varintSize(this.id / 4));
  }

  /** Adds a lane's stream; false when the session has ended, has that lane, or knows no such tag. */
  addLane(tag: number, stream: QuicBidi, readable: ReadableStream<Bytes>): boolean {
    const isKnown = tag === LANE_TAG.reliable || tag === LANE_TAG.bulk;
    if (this.#isEnded || !isKnown || this.#lanes.has(tag)) return false;
    stream.setPriority(tag === LANE_TAG.reliable ? PRIORITY.reliable : PRIORITY.bulk);
    this.#lanes.set(tag, { readable, writable: stream.writable });
    if (this.#lanes.size === Object.keys(LANE_TAG).length) this.#markComplete();
    return true;
  }

  sendDatagram(datagram: Bytes): Promise<void> {
    return this.#port.sendDatagram(concatBytes(this.#datagramPrefix, datagram));
  }

  end(code: number, reason: string): void {
    if (this.#isEnded) return;
    const capsule = encodeFrame(FRAME.data, encodeCloseCapsule({ code, reason }));
    this.#connect.write(capsule).catch(() => undefined);
    this.#finish({ code, reason, clean: true });
  }

  /** The peer has closed the session, or the line is lost. */
  endedByPeer(info: CloseInfo): void {
    if (!this.#isEnded) this.#finish(info);
    void this.ended.then(() => this.free());
  }

  /**
   * Frees the lanes' streams. After our own `end`, not before the peer had the time to hear of it:
   * stopping a stream of a session that still lives crashes Chromium's page.
   */
  free(): void {
    for (const { readable, writable } of this.#lanes.values()) discard(readable, writable);
    this.#lanes.clear();
  }

  #finish(info: CloseInfo): void {
    this.#isEnded = true;
    this.#connect.close().catch(() => undefined);
    this.#markEnded(info);
  }

  #lane(tag: number): LaneStream {
    const lane = this.#lanes.get(tag);
    if (!lane) throw new Error('The session is not complete');
    return lane;
  }
}

function discard(readable: ReadableStream<Uint8Array>, writable: WritableStream<Uint8Array>): void {
  readable.cancel().catch(() => undefined);
  writable.abort().catch(() => undefined);
}
