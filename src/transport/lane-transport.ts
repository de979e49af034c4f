import type { Bytes } from '../shared/bytes.ts';
import { type Clock, systemClock } from '../shared/clock.ts';
import { DrainWaiters } from './drain-waiters.ts';
import {
  encodeFarewell,
  encodeMessage,
  type Farewell,
  FramingError,
  truncateReason,
} from './framing.ts';
import type { LaneCarrier } from './lane-carrier.ts';
import { LaneReader } from './lane-reader.ts';
import { LaneWriter } from './lane-writer.ts';
import { maxMessageBytes } from './message-limit.ts';
import {
  type CloseInfo,
  type Lane,
  LOST,
  TRANSPORT_LIMITS,
  type Transport,
  type TransportKind,
} from './transport.ts';

export interface LaneTransportOptions {
  readonly clock: Clock;
  /** How long a close waits for the other end before it goes ahead alone. */
  readonly farewellTimeoutMs: number;
  /** How long a single write may take before the peer counts as withholding credit. */
  readonly stallTimeoutMs: number;
}

export const LANE_TRANSPORT_DEFAULTS: LaneTransportOptions = {
  clock: systemClock,
  farewellTimeoutMs: 2_000,
  stallTimeoutMs: 30_000,
};

type OrderedLane = 'reliable' | 'bulk';

/**
 * A `Transport` over two byte streams and datagrams.
 *
 * To close, an end writes a farewell after its last message on `reliable`; the other answers with one,
 * and only then is the carrier ended, so that nothing queued is lost to the race between a stream
 * and the end of its session. Neither ends a stream by itself: Chromium 156 crashes the page when
 * a session is closed whose streams the page, or the server, had ended or stopped.
 */
export class LaneTransport implements Transport {
  readonly kind: TransportKind;
  onMessage: (lane: Lane, message: Bytes) => void = () => undefined;
  onClose: (info: CloseInfo) => void = () => undefined;

  readonly #carrier: LaneCarrier;
  readonly #options: LaneTransportOptions;
  readonly #waiters = new DrainWaiters();
  readonly #writers: Readonly<Record<OrderedLane, LaneWriter>>;
  readonly #readers: Readonly<Record<OrderedLane, LaneReader>>;
  readonly #stallTimers: Partial<Record<OrderedLane, () => void>> = {};
  #datagramBytes = 0;
  #state: 'open' | 'closing' | 'closed' = 'open';
  /** What we said at our close. */
  #farewell: Farewell | undefined;
  #cancelTimer: () => void = () => undefined;

  constructor(
    kind: TransportKind,
    carrier: LaneCarrier,
    options: Partial<LaneTransportOptions> = {},
  ) {
    this.kind = kind;
    this.#carrier = carrier;
    this.#options = { ...LANE_TRANSPORT_DEFAULTS, ...options };
    this.#writers = { reliable: this.#writer('reliable'), bulk: this.#writer('bulk') };
    this.#readers = { reliable: this.#reader('reliable'), bulk: this.#reader('bulk') };
    carrier.onDatagram = (datagram) => this.#deliver('unreliable', datagram);
    void carrier.ended.then((info) => this.#onCarrierEnded(info));
    this.#readers.reliable.start(TRANSPORT_LIMITS.maxReliableBytes);
    this.#readers.bulk.start(TRANSPORT_LIMITS.maxBulkBytes);
  }

  get maxDatagramBytes(): number {
    return this.#carrier.maxDatagramBytes;
  }

  bufferedBytes(lane: Lane): number {
    return lane === 'unreliable' ? this.#datagramBytes : this.#writers[lane].bufferedBytes;
  }

  send(lane: Lane, message: Uint8Array): boolean {
    if (this.#state !== 'open' || message.length > maxMessageBytes(this, lane)) return false;
    if (lane === 'unreliable') return this.#sendDatagram(message);
    const writer = this.#writers[lane];
    const frame = encodeMessage(message);
    if (writer.bufferedBytes + frame.length > TRANSPORT_LIMITS.maxBufferedBytes) return false;
    if (!writer.push(frame)) return false;
    this.#watchForStall(lane);
    return true;
  }

  drained(lane: Lane, atMost: number): Promise<void> {
    if (this.#state === 'closed' || this.bufferedBytes(lane) <= atMost) return Promise.resolve();
    return this.#waiters.wait(lane, atMost);
  }

  close(code = 0, reason = ''): void {
    if (this.#state !== 'open') return;
    this.#state = 'closing';
    this.#farewell = { code, reason: truncateReason(reason) };
    this.#writers.reliable.push(encodeFarewell(this.#farewell));
    this.#later(() => this.#finishClosing());
  }

  #writer(lane: OrderedLane): LaneWriter {
    return new LaneWriter(this.#carrier[lane].writable, {
      onProgress: () => this.#onProgress(lane),
      onFailure: (error) => this.#onBroken(error),
    });
  }

  #reader(lane: OrderedLane): LaneReader {
    return new LaneReader(this.#carrier[lane].readable, {
      onMessage: (message) => this.#deliver(lane, message),
      onFarewell: (farewell) => this.#onFarewell(farewell),
      onEnd: () => this.#onBroken(undefined),
      onFailure: (error) => this.#onBroken(error),
    });
  }

  #sendDatagram(message: Uint8Array): boolean {
    if (this.#datagramBytes + message.length > TRANSPORT_LIMITS.maxBufferedDatagramBytes)
      return false;
    const { length } = message;
    this.#datagramBytes += length;
    const taken = (): void => {
      this.#datagramBytes -= length;
      this.#waiters.settle('unreliable', this.#datagramBytes);
    };
    this.#carrier.sendDatagram(message.slice()).then(taken, taken);
    return true;
  }

  #deliver(lane: Lane, message: Bytes): void {
    if (this.#state === 'open') this.onMessage(lane, message);
  }

  #onProgress(lane: OrderedLane): void {
    this.#waiters.settle(lane, this.#writers[lane].bufferedBytes);
    this.#stallTimers[lane]?.();
    delete this.#stallTimers[lane];
    this.#watchForStall(lane);
    if (this.#state === 'closing') this.#later(() => this.#finishClosing());
  }

  /** A peer that takes nothing may keep us from sending, but not from ending. */
  #watchForStall(lane: OrderedLane): void {
    if (this.#stallTimers[lane] || this.#writers[lane].bufferedBytes === 0) return;
    const { clock, stallTimeoutMs } = this.#options;
    this.#stallTimers[lane] = clock.setTimer(
      () => this.#finish({ ...LOST, reason: 'the other end takes no more' }),
      stallTimeoutMs,
    );
  }

  /** The peer closes: we answer with its own words, and leave it to the peer to end the carrier. */
  #onFarewell({ code, reason }: Farewell): void {
    if (this.#state === 'closing') this.#finishClosing();
    if (this.#state === 'closed') return;
    this.#writers.reliable.push(encodeFarewell({ code, reason }));
    this.#settleAs({ code, reason, clean: true });
    this.#later(() => this.#release(code, reason));
  }

  /** A stream ended that should not have: the carrier's own end, if it comes, says why. */
  #onBroken(error: unknown): void {
    if (this.#state !== 'open') return;
    if (error instanceof FramingError)
      this.#finish({ ...LOST, reason: error.message, fault: error.code });
    else this.#later(() => this.#finish(LOST));
  }

  #onCarrierEnded(info: CloseInfo): void {
    this.#finish(this.#farewell ? { ...this.#farewell, clean: true } : info);
    this.#release(info.code, info.reason);
  }

  #finishClosing(): void {
    if (this.#farewell) this.#finish({ ...this.#farewell, clean: true });
  }

  #finish(info: CloseInfo): void {
    if (this.#state === 'closed') return;
    this.#settleAs(info);
    this.#release(info.code, info.reason);
  }

  #settleAs(info: CloseInfo): void {
    this.#state = 'closed';
    for (const cancel of Object.values(this.#stallTimers)) cancel();
    this.#waiters.releaseAll();
    this.onClose(info);
  }

  #release(code: number, reason: string): void {
    this.#cancelTimer();
    for (const lane of ['reliable', 'bulk'] as const) {
      this.#readers[lane].release();
      this.#writers[lane].release();
    }
    this.#carrier.end(code, reason);
  }

  #later(fn: () => void): void {
    this.#cancelTimer();
    this.#cancelTimer = this.#options.clock.setTimer(fn, this.#options.farewellTimeoutMs);
  }
}
