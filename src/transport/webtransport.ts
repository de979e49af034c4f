import type { Bytes } from '../shared/bytes.ts';
import { messageOf, ThetaError } from '../shared/errors.ts';
import { connectRefusal } from './connect-error.ts';
import { deferred } from './deferred.ts';
import { LANE_TAG, type LaneCarrier, type LaneStream } from './lane-carrier.ts';
import {
  LANE_TRANSPORT_DEFAULTS,
  LaneTransport,
  type LaneTransportOptions,
} from './lane-transport.ts';
import { type CloseInfo, LOST, type Transport } from './transport.ts';

export interface WebTransportConnectOptions extends LaneTransportOptions {
  /** SHA-256 of the certificates to trust, 32 bytes each; without any, the browser's roots count. */
  readonly certificateHashes: readonly Bytes[];
  /** From the call to an open transport. */
  readonly timeoutMs: number;
}

export const WEBTRANSPORT_CONNECT_DEFAULTS: WebTransportConnectOptions = {
  ...LANE_TRANSPORT_DEFAULTS,
  certificateHashes: [],
  timeoutMs: 5_000,
};

/** Reliable before bulk where both have something to send. */
const SEND_ORDER = { reliable: 1, bulk: 0 } as const;
/** Incoming datagrams kept while the page is busy; the oldest goes first. */
const INCOMING_DATAGRAMS = 256;
/** What a datagram takes at least, where the browser does not say. */
const SAFE_DATAGRAM_BYTES = 1024;

/**
 * Connects to a Theta server at `url` (`https://host:port/path`). Rejects with
 * `ThetaError<ConnectErrorCode>`, in at most `timeoutMs`, and then leaves nothing open.
 */
export async function connectWebTransport(
  url: string | URL,
  options: Partial<WebTransportConnectOptions> = {},
): Promise<Transport> {
  const settings = { ...WEBTRANSPORT_CONNECT_DEFAULTS, ...options };
  const session = openSession(url, settings.certificateHashes);
  const timeout = deferred<never>();
  const cancelTimer = settings.clock.setTimer(
    () =>
      timeout.reject(connectRefusal('connect-timeout', `No answer in ${settings.timeoutMs} ms`)),
    settings.timeoutMs,
  );
  const lanes = openLanes(session);
  try {
    const [reliable, bulk] = await Promise.race([lanes, timeout.promise]);
    const carrier = new SessionCarrier(session, reliable, bulk);
    return new LaneTransport('webtransport', carrier, settings);
  } catch (error) {
    const close = (): void => closeQuietly(session, 0, '');
    close();
    lanes.then(close, close);
    if (error instanceof ThetaError) throw error;
    throw connectRefusal('connect-failed', messageOf(error), error);
  } finally {
    cancelTimer();
  }
}

function openSession(url: string | URL, hashes: readonly Bytes[]): WebTransport {
  if (typeof WebTransport === 'undefined')
    throw connectRefusal('connect-unsupported', 'This browser has no WebTransport');
  const serverCertificateHashes = hashes.map((value) => ({ algorithm: 'sha-256', value }));
  try {
    const session = new WebTransport(url, hashes.length > 0 ? { serverCertificateHashes } : {});
    session.closed.catch(() => undefined);
    keepDatagrams(session.datagrams);
    return session;
  } catch (error) {
    throw connectRefusal('connect-failed', messageOf(error), error);
  }
}

function keepDatagrams(datagrams: WebTransportDatagramDuplexStream): void {
  try {
    datagrams.incomingHighWaterMark = INCOMING_DATAGRAMS;
  } catch (error) {
    // Deno 2.9 throws this from the setter itself, and keeps one; as a client it can live with it.
    if (!(error instanceof ReferenceError)) throw error;
  }
}

async function openLanes(session: WebTransport): Promise<[LaneStream, LaneStream]> {
  await session.ready;
  return Promise.all([openLane(session, 'reliable'), openLane(session, 'bulk')]);
}

async function openLane(session: WebTransport, lane: keyof typeof LANE_TAG): Promise<LaneStream> {
  const stream = await session.createBidirectionalStream({ sendOrder: SEND_ORDER[lane] });
  const writer = stream.writable.getWriter();
  await writer.write(Uint8Array.of(LANE_TAG[lane]));
  writer.releaseLock();
  return stream;
}

function closeQuietly(session: WebTransport, closeCode: number, reason: string): void {
  try {
    session.close({ closeCode, reason });
  } catch (error) {
    // Deno throws where there is no connection yet; browsers give it up.
    if (!(error instanceof DOMException)) throw error;
  }
}

/** The standard `WebTransport` as the carrier of a `LaneTransport`. */
class SessionCarrier implements LaneCarrier {
  readonly reliable: LaneStream;
  readonly bulk: LaneStream;
  readonly ended: Promise<CloseInfo>;
  onDatagram: (datagram: Bytes) => void = () => undefined;
  readonly #session: WebTransport;
  readonly #datagrams: WritableStreamDefaultWriter<Uint8Array>;

  constructor(session: WebTransport, reliable: LaneStream, bulk: LaneStream) {
    this.#session = session;
    this.reliable = reliable;
    this.bulk = bulk;
    this.ended = session.closed.then(
      ({ closeCode = 0, reason = '' }) => ({ code: closeCode, reason, clean: true }),
      () => LOST,
    );
    this.#datagrams = session.datagrams.writable.getWriter();
    this.#datagrams.closed.catch(() => undefined);
    void this.#readDatagrams(session.datagrams.readable);
  }

  get maxDatagramBytes(): number {
    return this.#session.datagrams.maxDatagramSize || SAFE_DATAGRAM_BYTES;
  }

  sendDatagram(datagram: Bytes): Promise<void> {
    return this.#datagrams.write(datagram);
  }

  end(code: number, reason: string): void {
    closeQuietly(this.#session, code, reason);
  }

  /** Until the session ends; a broken datagram stream is for `ended` to explain. */
  async #readDatagrams(readable: ReadableStream<Uint8Array>): Promise<void> {
    const reader = readable.getReader();
    try {
      for (;;) {
        const { value, done } = await reader.read();
        if (done) return;
        this.onDatagram(value.slice());
      }
    } catch {
      reader.releaseLock();
    }
  }
}
