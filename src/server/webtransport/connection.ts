import { type Clock, systemClock } from '../../shared/clock.ts';
import { messageOf } from '../../shared/errors.ts';
import { type Logger, silentLogger } from '../../shared/logger.ts';
import { type Deferred, deferred } from '../../transport/deferred.ts';
import { LaneTransport } from '../../transport/lane-transport.ts';
import {
  type CloseInfo,
  type IncomingRequest,
  LOST,
  type Transport,
} from '../../transport/transport.ts';
import { readVarint } from '../../transport/varint.ts';
import { ByteSource } from './byte-source.ts';
import type { ParsedRequest } from './connect-request.ts';
import { ControlStreams } from './control-streams.ts';
import { H3_CODE, type H3Error, type H3ErrorCode, isH3Error, wireCodeOf } from './h3-errors.ts';
import { encodeFrame, FRAME } from './h3-frames.ts';
import { WEBTRANSPORT_LIMITS, type WebTransportLimits } from './limits.ts';
import { encodeFields } from './qpack.ts';
import type { QuicBidi, QuicEnd, QuicPort } from './quic-port.ts';
import { RequestReader } from './request-reader.ts';
import { ServerSession } from './server-session.ts';
import { readStreamHeader, type StreamHeader } from './stream-header.ts';

/** The answer to a request for a session; the reason of a refusal goes to our log alone. */
export type Acceptance =
  | { readonly status: 200 }
  | { readonly status: 403 | 404 | 429; readonly reason: string };

/** Who owns the sessions of a connection. */
export interface SessionOwner {
  accept(request: IncomingRequest): Acceptance;
  /** Sets the transport's handlers before it returns. */
  onSession(transport: Transport, request: IncomingRequest): void;
  /** Counts bytes of a peer that were refused; its connection ends with that. */
  onRefusal?(code: H3ErrorCode): void;
}

export interface ConnectionOptions {
  readonly limits: WebTransportLimits;
  readonly clock: Clock;
  readonly logger: Logger;
}

export const CONNECTION_DEFAULTS: ConnectionOptions = {
  limits: WEBTRANSPORT_LIMITS,
  clock: systemClock,
  logger: silentLogger,
};

const ACCEPTED = 200;
const METHOD_NOT_ALLOWED = 405;
const BAD_REQUEST = 400;
/** Where HTTP/3 and QPACK have their error codes: an application's close has another. */
const H3_CODES = { first: 0x100, last: 0x2ff } as const;

/** Serves HTTP/3 on one QUIC connection, for WebTransport sessions and nothing else. */
export class WebTransportConnection {
  /** Resolves when the connection has ended and all its sessions know. */
  readonly done: Promise<void>;

  readonly #port: QuicPort;
  readonly #owner: SessionOwner;
  readonly #options: ConnectionOptions;
  readonly #control: ControlStreams;
  readonly #sessions = new Map<number, ServerSession>();
  readonly #transports = new Map<ServerSession, Transport>();
  /** Requests without an answer yet: the streams of a session may overtake its acceptance. */
  readonly #undecided = new Map<number, Deferred<void>>();
  #nextRequestId = 0;
  #state: 'open' | 'ending' | 'ended' = 'open';
  #cancelIdleTimer: () => void = () => undefined;

  constructor(port: QuicPort, owner: SessionOwner, options: Partial<ConnectionOptions> = {}) {
    this.#port = port;
    this.#owner = owner;
    this.#options = { ...CONNECTION_DEFAULTS, ...options };
    this.#control = new ControlStreams(port, this.#options.limits);
    this.#closeUnlessUsedIn(this.#options.limits.handshakeTimeoutMs);
    this.done = port.ended.then((end) => this.#onEnded(end));
    void this.#guard(() => this.#control.open());
    void this.#guard(() => this.#acceptBidi());
    void this.#guard(() => this.#acceptUni());
    void this.#guard(() => this.#routeDatagrams());
  }

  get sessionCount(): number {
    return this.#sessions.size;
  }

  /** Takes no new sessions, closes those there are, and then the connection. */
  shutdown(code: number, reason: string): void {
    if (this.#state !== 'open') return;
    this.#state = 'ending';
    this.#control.goaway(this.#nextRequestId);
    for (const session of [...this.#sessions.values()]) {
      const transport = this.#transports.get(session);
      if (transport) transport.close(code, reason);
      else session.end(code, reason);
    }
    if (this.#sessions.size === 0) this.#closeUnlessUsedIn(0);
  }

  async #acceptBidi(): Promise<void> {
    for await (const stream of this.#port.incomingBidi) {
      this.#undecided.set(stream.id, deferred());
      this.#nextRequestId = stream.id + 4;
      void this.#guard(() => this.#serveBidi(stream));
    }
  }

  async #acceptUni(): Promise<void> {
    for await (const readable of this.#port.incomingUni)
      void this.#guard(async () => {
        const source = new ByteSource(readable);
        const header = await this.#readHeader('uni', source);
        if (header) await this.#control.serve(header.kind, source);
      });
  }

  async #serveBidi(stream: QuicBidi): Promise<void> {
    const source = new ByteSource(stream.readable);
    try {
      const header = await this.#readHeader('bidi', source);
      if (header?.kind === 'webtransport') {
        this.#decided(stream.id);
        await this.#serveLane(stream, source, header.sessionId);
      } else await this.#serveRequest(stream, source);
    } finally {
      this.#decided(stream.id);
    }
  }

  /** A stream of a session: its next byte says which lane it is. */
  async #serveLane(stream: QuicBidi, source: ByteSource, sessionId: number): Promise<void> {
    await this.#undecided.get(sessionId)?.promise;
    const session = this.#sessions.get(sessionId);
    const tag = session && (await source.parse(([first = -1]) => ({ next: 1, value: first })));
    if (session && tag && session.addLane(tag.value, stream, source.toReadable())) return;
    source.cancel();
    await stream.writable.abort();
  }

  async #serveRequest(stream: QuicBidi, source: ByteSource): Promise<void> {
    const writer = stream.writable.getWriter();
    writer.closed.catch(() => undefined);
    try {
      const reader = new RequestReader(source, this.#options.limits);
      const parsed = await reader.readRequest();
      if (parsed?.kind !== 'webtransport') {
        await writer.write(encodeStatus(parsed ? METHOD_NOT_ALLOWED : BAD_REQUEST));
        return;
      }
      await this.#control.peerReady;
      const request = incomingRequest(parsed, this.#port.remoteAddress);
      const status = this.#judge(request);
      await writer.write(encodeStatus(status));
      if (status === ACCEPTED) await this.#runSession(stream.id, writer, reader, request);
    } finally {
      source.cancel();
      writer.close().catch(() => undefined);
    }
  }

  #judge(request: IncomingRequest): number {
    const isFull = this.#sessions.size >= this.#options.limits.maxSessionsPerConnection;
    const acceptance: Acceptance =
      isFull || this.#state !== 'open'
        ? { status: 429, reason: 'too many sessions on the connection, or it is closing' }
        : this.#owner.accept(request);
    if (acceptance.status !== ACCEPTED)
      this.#options.logger.info('WebTransport session refused', { ...acceptance, ...request });
    return acceptance.status;
  }

  /** From a session's acceptance to its end. */
  async #runSession(
    id: number,
    writer: WritableStreamDefaultWriter<Uint8Array>,
    reader: RequestReader,
    request: IncomingRequest,
  ): Promise<void> {
    const { clock, limits } = this.#options;
    const session = new ServerSession(id, writer, this.#port);
    this.#sessions.set(id, session);
    this.#cancelIdleTimer();
    const cancelTimer = clock.setTimer(
      () => session.end(H3_CODE.excessiveLoad, 'the lanes were not opened in time'),
      limits.handshakeTimeoutMs,
    );
    void session.complete.then(() => {
      cancelTimer();
      this.#openTransport(session, request);
    });
    void session.ended.then(() => {
      cancelTimer();
      this.#removeSession(session);
      clock.setTimer(() => session.free(), limits.lingerMs);
    });
    this.#decided(id);
    await readFarewell(session, reader);
  }

  #openTransport(session: ServerSession, request: IncomingRequest): void {
    const transport = new LaneTransport('webtransport', session, { clock: this.#options.clock });
    this.#transports.set(session, transport);
    this.#owner.onSession(transport, request);
    if (this.#state !== 'open') transport.close(LOST.code, 'the server is closing');
  }

  #removeSession(session: ServerSession): void {
    this.#sessions.delete(session.id);
    this.#transports.delete(session);
    if (this.#sessions.size === 0) this.#closeUnlessUsedIn(this.#options.limits.lingerMs);
  }

  /**
   * Reads the first bytes of a stream. Chromium opens its QPACK streams long before it has anything
   * to say on them, and takes it ill when they are closed: how many such there are is QUIC's limit.
   * A bidirectional one that says nothing in time is given up, and the connection goes on.
   */
  async #readHeader(
    direction: 'bidi' | 'uni',
    source: ByteSource,
  ): Promise<StreamHeader | undefined> {
    const cancelTimer =
      direction === 'uni'
        ? () => undefined
        : this.#options.clock.setTimer(
            () => source.cancel(),
            this.#options.limits.handshakeTimeoutMs,
          );
    try {
      return await source.parse((bytes) => readStreamHeader(direction, bytes));
    } finally {
      cancelTimer();
    }
  }

  async #routeDatagrams(): Promise<void> {
    for (;;) {
      const datagram = await this.#port.readDatagram();
      const quarterId = readVarint(datagram, 0);
      const session = quarterId && this.#sessions.get(quarterId.value * 4);
      session?.onDatagram(datagram.slice(quarterId!.next));
    }
  }

  #decided(id: number): void {
    this.#undecided.get(id)?.resolve();
    this.#undecided.delete(id);
  }

  #closeUnlessUsedIn(delayMs: number): void {
    this.#cancelIdleTimer();
    if (this.#state === 'ended') return;
    this.#cancelIdleTimer = this.#options.clock.setTimer(
      () => this.#port.close(H3_CODE.noError, ''),
      delayMs,
    );
  }

  /** Runs a stream's work: a refusal ends the connection, a stream that breaks only itself. */
  async #guard(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (isH3Error(error)) this.#fail(error);
      else this.#options.logger.debug('A WebTransport stream broke', { cause: messageOf(error) });
    }
  }

  #fail(error: H3Error): void {
    if (this.#state === 'ended') return;
    const { remoteAddress } = this.#port;
    this.#owner.onRefusal?.(error.code);
    this.#options.logger.warn('WebTransport connection refused', {
      code: error.code,
      cause: error.message,
      remoteAddress,
    });
    this.#endSessions({ ...LOST, reason: error.message });
    this.#port.close(wireCodeOf(error), error.code);
  }

  #onEnded({ kind, code, reason }: QuicEnd): void {
    const isOurs = code >= H3_CODES.first && code <= H3_CODES.last;
    this.#endSessions(kind === 'lost' || isOurs ? LOST : { code, reason, clean: true });
    for (const id of [...this.#undecided.keys()]) this.#decided(id);
  }

  #endSessions(info: CloseInfo): void {
    this.#state = 'ended';
    this.#cancelIdleTimer();
    for (const session of [...this.#sessions.values()]) session.endedByPeer(info);
  }
}

async function readFarewell(session: ServerSession, reader: RequestReader): Promise<void> {
  try {
    const farewell = await reader.readFarewell();
    session.endedByPeer({ code: 0, reason: '', ...farewell, clean: true });
  } catch (error) {
    session.endedByPeer(LOST);
    throw error;
  }
}

function incomingRequest(
  { path, authority, origin }: ParsedRequest & { kind: 'webtransport' },
  remoteAddress: string,
): IncomingRequest {
  return { path, authority, origin, remoteAddress };
}

function encodeStatus(status: number): Uint8Array {
  return encodeFrame(FRAME.headers, encodeFields([{ name: ':status', value: String(status) }]));
}
