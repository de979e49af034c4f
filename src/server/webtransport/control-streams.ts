import { concatBytes } from '../../shared/bytes.ts';
import { deferred } from '../../transport/deferred.ts';
import { encodeVarint } from '../../transport/varint.ts';
import type { ByteSource } from './byte-source.ts';
import { h3Error } from './h3-errors.ts';
import { controlDecoder, encodeFrame, encodeGoaway, FRAME } from './h3-frames.ts';
import type { WebTransportLimits } from './limits.ts';
import type { QuicPort } from './quic-port.ts';
import { decodeSettings, encodeSettings, requireWebTransport, serverSettings } from './settings.ts';
import type { StreamHeader } from './stream-header.ts';

const CONTROL_STREAM_TYPE = 0x00;

/** The unidirectional streams of a connection: our control stream, the peer's, and QPACK's. */
export class ControlStreams {
  /** Resolves when the peer's SETTINGS have come and suffice. */
  readonly peerReady: Promise<void>;

  readonly #port: QuicPort;
  readonly #limits: WebTransportLimits;
  readonly #seen = new Set<StreamHeader['kind']>();
  readonly #markReady: () => void;
  #own: WritableStreamDefaultWriter<Uint8Array> | undefined;

  constructor(port: QuicPort, limits: WebTransportLimits) {
    this.#port = port;
    this.#limits = limits;
    const { promise, resolve } = deferred();
    this.peerReady = promise;
    this.#markReady = resolve;
  }

  /** Opens our control stream and says what we support. */
  async open(): Promise<void> {
    this.#own = (await this.#port.openUni()).getWriter();
    this.#own.closed.catch(() => undefined);
    const settings = encodeFrame(FRAME.settings, encodeSettings(serverSettings(this.#limits)));
    await this.#own.write(concatBytes(encodeVarint(CONTROL_STREAM_TYPE), settings));
  }

  /** Tells the peer that requests from `streamId` on get no answer. */
  goaway(streamId: number): void {
    this.#own?.write(encodeGoaway(streamId)).catch(() => undefined);
  }

  /** Reads a stream of the peer's to its end. Rejects with a refusal. */
  async serve(kind: StreamHeader['kind'], source: ByteSource): Promise<void> {
    if (kind === 'unknown' || kind === 'webtransport') return source.cancel();
    if (this.#seen.has(kind)) throw h3Error('stream-unexpected', `A second ${kind} stream`);
    this.#seen.add(kind);
    if (kind === 'control') await this.#readControl(source);
    else while (await source.read());
    throw h3Error('stream-critical-closed', `The ${kind} stream ended`);
  }

  async #readControl(source: ByteSource): Promise<void> {
    const onSettings = (payload: Uint8Array): void => {
      requireWebTransport(decodeSettings(payload, this.#limits));
      this.#markReady();
    };
    const decoder = controlDecoder({ onSettings, onGoaway: () => undefined }, this.#limits);
    for (;;) {
      const chunk = await source.read();
      if (!chunk) return;
      decoder.push(chunk);
    }
  }
}
