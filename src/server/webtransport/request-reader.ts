import type { Bytes } from '../../shared/bytes.ts';
import type { Farewell } from '../../transport/framing.ts';
import type { ByteSource } from './byte-source.ts';
import { capsuleDecoder } from './capsules.ts';
import { type ParsedRequest, parseRequest } from './connect-request.ts';
import { requestDecoder } from './h3-frames.ts';
import type { WebTransportLimits } from './limits.ts';
import { decodeFields } from './qpack.ts';
import type { RecordDecoder } from './record-decoder.ts';

/** Reads a request stream: its head, then, for a session, the capsules until the close. */
export class RequestReader {
  readonly #source: ByteSource;
  readonly #frames: RecordDecoder;
  readonly #capsules: RecordDecoder;
  #request: ParsedRequest | undefined;
  #farewell: Farewell | undefined;

  constructor(source: ByteSource, limits: WebTransportLimits) {
    this.#source = source;
    this.#capsules = capsuleDecoder(
      {
        onClose: (farewell) => {
          this.#farewell = farewell;
        },
        onDrain: () => undefined,
      },
      limits,
    );
    this.#frames = requestDecoder(
      {
        onHeaders: (block: Bytes) => {
          this.#request = parseRequest(decodeFields(block, limits));
        },
        onData: (part) => this.#onData(part),
      },
      limits,
    );
  }

  /** The request, or `undefined` when the stream ends before it. Rejects with a refusal. */
  async readRequest(): Promise<ParsedRequest | undefined> {
    while (!this.#request) {
      const chunk = await this.#source.read();
      if (!chunk) {
        this.#frames.finish();
        return undefined;
      }
      this.#frames.push(chunk);
    }
    return this.#request;
  }

  /**
   * Reads until the peer closes the session: its word, or `undefined` when it just ended the
   * stream. Rejects when the stream is reset, or with a refusal.
   */
  async readFarewell(): Promise<Farewell | undefined> {
    while (!this.#farewell) {
      const chunk = await this.#source.read();
      if (!chunk) {
        this.#frames.finish();
        this.#capsules.finish();
        break;
      }
      this.#frames.push(chunk);
    }
    return this.#farewell;
  }

  #onData(part: Uint8Array): void {
    if (this.#request?.kind === 'webtransport') this.#capsules.push(part);
  }
}
