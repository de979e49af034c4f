import type { Bytes } from '../../shared/bytes.ts';
import { readVarint, varintLength } from '../../transport/varint.ts';
import { h3Error } from './h3-errors.ts';

/*
 * HTTP/3 frames and capsules share one shape: a varint type, a varint length, and that many bytes.
 */

/** What becomes of a record's value: collected whole, handed on as it comes, or thrown away. */
export type RecordFate = 'collect' | 'stream' | 'skip';

export interface RecordSink {
  /** Judges a record by its head; throws to refuse it. `collect` allocates `length` bytes. */
  admit(type: number, length: number): RecordFate;
  /** A collected value, which belongs to the receiver. */
  onRecord(type: number, value: Bytes): void;
  /** A part of a streamed value; a view that is good only during the call. */
  onPart(type: number, part: Uint8Array): void;
}

const MAX_HEAD_BYTES = 16;

/** Cuts a byte stream into records, however it was split. Of no use after it threw. */
export class RecordDecoder {
  readonly #sink: RecordSink;
  readonly #maxSkippedBytes: number;
  readonly #head = new Uint8Array(MAX_HEAD_BYTES);
  #headFilled = 0;
  #type = 0;
  #fate: RecordFate = 'skip';
  #value: Bytes | undefined;
  #remaining = 0;
  #skipped = 0;

  /** `maxSkippedBytes` bounds heads and values of skipped records over the stream's whole life. */
  constructor(sink: RecordSink, maxSkippedBytes: number) {
    this.#sink = sink;
    this.#maxSkippedBytes = maxSkippedBytes;
  }

  push(chunk: Uint8Array): void {
    let at = 0;
    while (at < chunk.length)
      at = this.#remaining > 0 ? this.#takeValue(chunk, at) : this.#takeHead(chunk, at);
  }

  /** Says that the stream has ended; throws `record-truncated` inside a record. */
  finish(): void {
    if (this.#headFilled > 0 || this.#remaining > 0)
      throw h3Error('record-truncated', 'The stream ended inside a frame or capsule');
  }

  #takeHead(chunk: Uint8Array, at: number): number {
    this.#head[this.#headFilled++] = chunk[at]!;
    const typeBytes = varintLength(this.#head[0]!);
    if (this.#headFilled > typeBytes) {
      const headBytes = typeBytes + varintLength(this.#head[typeBytes]!);
      if (this.#headFilled === headBytes) this.#begin(typeBytes);
    }
    return at + 1;
  }

  #begin(typeBytes: number): void {
    const headBytes = this.#headFilled;
    this.#headFilled = 0;
    this.#type = readVarint(this.#head, 0)!.value;
    const length = readVarint(this.#head, typeBytes)!.value;
    this.#fate = this.#sink.admit(this.#type, length);
    if (this.#fate === 'skip') this.#countSkipped(headBytes);
    this.#value = this.#fate === 'collect' ? new Uint8Array(length) : undefined;
    this.#remaining = length;
    if (this.#value && length === 0) this.#sink.onRecord(this.#type, this.#value);
  }

  #takeValue(chunk: Uint8Array, at: number): number {
    const part = chunk.subarray(at, Math.min(chunk.length, at + this.#remaining));
    if (this.#value) this.#value.set(part, this.#value.length - this.#remaining);
    this.#remaining -= part.length;
    if (this.#fate === 'skip') this.#countSkipped(part.length);
    else if (this.#fate === 'stream') this.#sink.onPart(this.#type, part);
    else if (this.#remaining === 0) this.#sink.onRecord(this.#type, this.#value!);
    return at + part.length;
  }

  #countSkipped(bytes: number): void {
    this.#skipped += bytes;
    if (this.#skipped > this.#maxSkippedBytes)
      throw h3Error('too-much-skipped', `Over ${this.#maxSkippedBytes} bytes that mean nothing`);
  }
}
