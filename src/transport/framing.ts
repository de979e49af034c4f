import type { Bytes } from '../shared/bytes.ts';
import { ThetaError } from '../shared/errors.ts';
import type { TransportFault } from './transport.ts';
import { readVarint, varintLength, varintSize, writeVarint } from './varint.ts';

/*
 * Messages on a byte stream: a varint header, then the payload. The header is twice the payload's
 * length, plus one for a farewell, the last frame of a lane: why its sender closes.
 */

export type FramingErrorCode = Extract<TransportFault, `frame-${string}` | `farewell-${string}`>;

/** Bytes on a lane that break a rule; the lane is of no use any more. */
export class FramingError extends ThetaError<FramingErrorCode> {}

/** Headers of more bytes than this announce more than any cap allows. */
const MAX_HEADER_BYTES = 4;
const FAREWELL_BIT = 1;
const CODE_BYTES = 4;

/** The longest close reason, in bytes of UTF-8 (WebTransport's own limit). */
export const MAX_REASON_BYTES = 1024;
const MAX_FAREWELL_BYTES = CODE_BYTES + MAX_REASON_BYTES;

/** What the last frame of a lane says. */
export interface Farewell {
  readonly code: number;
  readonly reason: string;
}

/** What a decoder hands on; the bytes belong to the receiver. */
export interface FrameSink {
  onMessage(message: Bytes): void;
  onFarewell(farewell: Farewell): void;
}

/** `reason` cut to at most `MAX_REASON_BYTES` of UTF-8, never inside a character. */
export function truncateReason(reason: string): string {
  const bytes = new Uint8Array(MAX_REASON_BYTES);
  const { read } = new TextEncoder().encodeInto(reason, bytes);
  return reason.slice(0, read);
}

function encodeFrame(payload: Uint8Array, flag: number): Bytes {
  const header = payload.length * 2 + flag;
  const size = varintSize(header);
  const frame = new Uint8Array(size + payload.length);
  writeVarint(frame, 0, header);
  frame.set(payload, size);
  return frame;
}

/** One frame that holds a copy of `message`. */
export function encodeMessage(message: Uint8Array): Bytes {
  return encodeFrame(message, 0);
}

/** The last frame of a lane. The code is an unsigned 32-bit number; a long reason is cut. */
export function encodeFarewell({ code, reason }: Farewell): Bytes {
  const text = new TextEncoder().encode(truncateReason(reason));
  const payload = new Uint8Array(CODE_BYTES + text.length);
  new DataView(payload.buffer).setUint32(0, code);
  payload.set(text, CODE_BYTES);
  return encodeFrame(payload, FAREWELL_BIT);
}

function decodeFarewell(payload: Bytes): Farewell {
  if (payload.length < CODE_BYTES)
    throw new FramingError('farewell-malformed', 'A farewell without a code');
  const code = new DataView(payload.buffer, payload.byteOffset).getUint32(0);
  return { code, reason: new TextDecoder().decode(payload.subarray(CODE_BYTES)) };
}

/**
 * Cuts a byte stream back into its messages, however it was split. Throws `FramingError` at the
 * first byte that breaks a rule; it is of no use afterwards.
 */
export class FrameDecoder {
  readonly #maxMessageBytes: number;
  readonly #sink: FrameSink;
  readonly #header = new Uint8Array(MAX_HEADER_BYTES);
  #headerFilled = 0;
  #payload: Bytes | undefined;
  #payloadFilled = 0;
  #isFarewell = false;
  #ended = false;

  constructor(maxMessageBytes: number, sink: FrameSink) {
    this.#maxMessageBytes = maxMessageBytes;
    this.#sink = sink;
  }

  /** Takes the next bytes of the stream; keeps no reference to them. */
  push(chunk: Uint8Array): void {
    let at = 0;
    while (at < chunk.length) {
      if (this.#ended) throw new FramingError('frame-after-farewell', 'Bytes after a farewell');
      at = this.#payload ? this.#fillPayload(chunk, at) : this.#fillHeader(chunk, at);
    }
  }

  /** Says that the stream has ended; throws `frame-truncated` inside a frame. */
  finish(): void {
    if (this.#headerFilled > 0 || this.#payload)
      throw new FramingError('frame-truncated', 'The stream ended inside a frame');
  }

  #fillHeader(chunk: Uint8Array, at: number): number {
    this.#header[this.#headerFilled++] = chunk[at]!;
    const needed = varintLength(this.#header[0]!);
    if (needed > MAX_HEADER_BYTES) throw this.#tooLarge();
    if (this.#headerFilled === needed) this.#begin(readVarint(this.#header, 0)!.value);
    return at + 1;
  }

  #begin(header: number): void {
    this.#headerFilled = 0;
    this.#isFarewell = (header & FAREWELL_BIT) !== 0;
    const length = header >>> 1;
    if (length > (this.#isFarewell ? MAX_FAREWELL_BYTES : this.#maxMessageBytes))
      throw this.#tooLarge();
    this.#payload = new Uint8Array(length);
    this.#payloadFilled = 0;
    if (length === 0) this.#complete(this.#payload);
  }

  #fillPayload(chunk: Uint8Array, at: number): number {
    const payload = this.#payload!;
    const taken = Math.min(payload.length - this.#payloadFilled, chunk.length - at);
    payload.set(chunk.subarray(at, at + taken), this.#payloadFilled);
    this.#payloadFilled += taken;
    if (this.#payloadFilled === payload.length) this.#complete(payload);
    return at + taken;
  }

  #complete(payload: Bytes): void {
    this.#payload = undefined;
    if (this.#isFarewell) {
      this.#ended = true;
      this.#sink.onFarewell(decodeFarewell(payload));
    } else this.#sink.onMessage(payload);
  }

  #tooLarge(): FramingError {
    return new FramingError('frame-too-large', `A frame over ${this.#maxMessageBytes} bytes`);
  }
}
