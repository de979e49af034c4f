import { type Clock, systemClock } from '../../shared/clock.ts';
import { messageOf } from '../../shared/errors.ts';
import { type Logger, silentLogger } from '../../shared/logger.ts';
import { deferred } from '../../transport/deferred.ts';
import type { IncomingRequest, Transport } from '../../transport/transport.ts';
import { type Acceptance, type SessionOwner, WebTransportConnection } from './connection.ts';
import { ConnectionSlots } from './connection-slots.ts';
import { denoQuicPort } from './deno-quic-port.ts';
import { H3_CODE, type H3ErrorCode } from './h3-errors.ts';
import { WEBTRANSPORT_LIMITS, type WebTransportLimits } from './limits.ts';

/** A certificate chain and its private key, both PEM. */
export interface CertificatePem {
  readonly cert: string;
  readonly key: string;
}

export interface WebTransportListenOptions extends CertificatePem {
  /** UDP port; 0 takes a free one. */
  readonly port: number;
  /** Default `::`, which takes IPv4 too; with `0.0.0.0`, browsers fail to reach `localhost`. */
  readonly hostname?: string;
  accept(request: IncomingRequest): Acceptance;
  /** Sets the transport's handlers before it returns; both lanes are open. */
  onSession(transport: Transport, request: IncomingRequest): void;
  onRefusal?(code: H3ErrorCode): void;
  readonly logger?: Logger;
  readonly clock?: Clock;
  readonly limits?: Partial<WebTransportLimits>;
}

export interface WebTransportListener {
  readonly port: number;
  readonly sessionCount: number;
  readonly connectionCount: number;
  /** New connections get this certificate; those there are go on. */
  rotateCertificate(pem: CertificatePem): void;
  /** Takes no more, says goodbye to every session, and frees the port within `graceMs`. */
  close(code?: number, reason?: string, graceMs?: number): Promise<void>;
}

const ALPN = ['h3'];
const CLOSE_GRACE_MS = 3_000;

/** Serves WebTransport over HTTP/3 on a UDP port. Throws when the port or certificate is bad. */
export function listenWebTransport(options: WebTransportListenOptions): WebTransportListener {
  return new DenoListener(options);
}

class DenoListener implements WebTransportListener {
  readonly port: number;
  readonly #endpoint: Deno.QuicEndpoint;
  readonly #owner: SessionOwner;
  readonly #limits: WebTransportLimits;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #connections = new Set<WebTransportConnection>();
  readonly #slots: ConnectionSlots;
  /** All that were made: the runtime stops the endpoint when it collects one of them. */
  readonly #listeners: Deno.QuicListener[] = [];
  #isClosed = false;

  constructor(options: WebTransportListenOptions) {
    this.#owner = options;
    this.#limits = { ...WEBTRANSPORT_LIMITS, ...options.limits };
    this.#slots = new ConnectionSlots(this.#limits);
    this.#clock = options.clock ?? systemClock;
    this.#logger = options.logger ?? silentLogger;
    this.#endpoint = new Deno.QuicEndpoint({
      hostname: options.hostname ?? '::',
      port: options.port,
    });
    this.port = this.#endpoint.addr.port;
    const listener = this.#listen(options);
    void this.#acceptAll(listener);
  }

  get sessionCount(): number {
    let count = 0;
    for (const connection of this.#connections) count += connection.sessionCount;
    return count;
  }

  get connectionCount(): number {
    return this.#connections.size;
  }

  rotateCertificate(pem: CertificatePem): void {
    this.#listen(pem);
  }

  async close(code = 0, reason = 'server closing', graceMs = CLOSE_GRACE_MS): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const connection of this.#connections) connection.shutdown(code, reason);
    const grace = deferred();
    const cancelTimer = this.#clock.setTimer(grace.resolve, graceMs);
    const done = Promise.all([...this.#connections].map((connection) => connection.done));
    await Promise.race([done, grace.promise]);
    cancelTimer();
    for (const listener of this.#listeners) listener.stop();
    this.#endpoint.close({ closeCode: code, reason });
  }

  #listen({ cert, key }: CertificatePem): Deno.QuicListener {
    const listener = this.#endpoint.listen({
      cert,
      key,
      alpnProtocols: ALPN,
      maxIdleTimeout: this.#limits.maxIdleMs,
      keepAliveInterval: this.#limits.keepAliveMs,
      maxConcurrentBidirectionalStreams: this.#limits.maxBidiStreams,
      maxConcurrentUnidirectionalStreams: this.#limits.maxUniStreams,
    });
    this.#listeners.push(listener);
    return listener;
  }

  async #acceptAll(listener: Deno.QuicListener): Promise<void> {
    try {
      for await (const incoming of listener)
        if (this.#isClosed || !this.#slots.beginHandshake()) incoming.refuse();
        else void this.#accept(incoming);
    } catch (error) {
      if (!this.#isClosed)
        this.#logger.error('WebTransport listener stopped', { cause: messageOf(error) });
    }
  }

  async #accept(incoming: Deno.QuicIncoming): Promise<void> {
    const conn = await this.#shakeHands(incoming);
    if (conn) await this.#serve(conn);
  }

  async #shakeHands(incoming: Deno.QuicIncoming): Promise<Deno.QuicConn | undefined> {
    try {
      return await incoming.accept();
    } catch (error) {
      this.#logger.debug('QUIC handshake failed', { cause: messageOf(error) });
      return undefined;
    } finally {
      this.#slots.endHandshake();
    }
  }

  async #serve(conn: Deno.QuicConn): Promise<void> {
    const address = conn.remoteAddr.hostname;
    if (!this.#slots.take(address)) {
      this.#logger.warn('WebTransport connection over the limit', { address });
      conn.close({ closeCode: H3_CODE.excessiveLoad, reason: 'too many connections' });
      return;
    }
    const connection = new WebTransportConnection(denoQuicPort(conn), this.#owner, {
      limits: this.#limits,
      clock: this.#clock,
      logger: this.#logger,
    });
    this.#connections.add(connection);
    if (this.#isClosed) connection.shutdown(0, 'server closing');
    await connection.done;
    this.#connections.delete(connection);
    this.#slots.release(address);
  }
}
