import type { Bytes } from '../shared/bytes.ts';
import { ThetaError } from '../shared/errors.ts';
import { DecodeError } from './decode-error.ts';

/** Why packed bytes were refused (S5). */
export type PackedCode = 'malformed_entries';

const INITIAL_SIZE = 1024;
/** LEB128: seven bits a byte, the least first; 2^53 − 1 takes eight. */
const MAX_VARINT_BYTES = 8;
const MORE = 0x80;
/** The bits of a single-precision number's exponent: all are set in what is not finite. */
const EXPONENT = 0x7f800000;
const NEGATIVE_ZERO = 0x80000000;

/** Bytes one after another, without alignment, in a buffer that is kept from one message to the next. */
export class PackedWriter {
  #bytes: Bytes = new Uint8Array(INITIAL_SIZE);
  #view = new DataView(this.#bytes.buffer);
  #end = 0;

  /** Begins anew. */
  reset(): this {
    this.#end = 0;
    return this;
  }

  byte(value: number): void {
    this.#grow(1);
    this.#bytes[this.#end] = value;
    this.#end += 1;
  }

  /** @param value a whole number, 0 to 2^53 − 1 */
  varint(value: number): void {
    this.#grow(MAX_VARINT_BYTES);
    let rest = value;
    while (rest >= MORE) {
      this.#bytes[this.#end++] = (rest % MORE) | MORE;
      rest = Math.floor(rest / MORE);
    }
    this.#bytes[this.#end++] = rest;
  }

  /** A number of either sign, |value| < 2^52. */
  signed(value: number): void {
    this.varint(value < 0 ? -2 * value - 1 : 2 * value);
  }

  /** 32 bits, little-endian. */
  word(bits: number): void {
    this.#grow(4);
    this.#view.setUint32(this.#end, bits, true);
    this.#end += 4;
  }

  append(bytes: Uint8Array): void {
    this.#grow(bytes.length);
    this.#bytes.set(bytes, this.#end);
    this.#end += bytes.length;
  }

  /** A copy of what was written. */
  finish(): Bytes {
    return this.#bytes.slice(0, this.#end);
  }

  #grow(by: number): void {
    if (this.#end + by <= this.#bytes.length) return;
    const larger = new Uint8Array(2 * this.#bytes.length + by);
    larger.set(this.#bytes);
    this.#bytes = larger;
    this.#view = new DataView(larger.buffer);
  }
}

/** Reads what `PackedWriter` wrote, from anybody. Each read throws where there is not so much. */
export class PackedReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  byte(): number {
    if (this.#at >= this.#bytes.length) unpackable('It ends too early.');
    return this.#bytes[this.#at++] as number;
  }

  /** One number has one form: a last byte of zero behind others is refused, and more than 2^53 − 1. */
  varint(): number {
    let value = 0;
    let scale = 1;
    for (let i = 0; i < MAX_VARINT_BYTES; i++) {
      const byte = this.byte();
      value += (byte % MORE) * scale;
      if (byte < MORE) {
        if ((byte === 0 && i > 0) || !Number.isSafeInteger(value)) break;
        return value;
      }
      scale *= MORE;
    }
    return unpackable('A number in it is too long.');
  }

  signed(): number {
    const value = this.varint();
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  word(): number {
    if (this.left < 4) unpackable('It ends too early.');
    const bits = this.#view.getUint32(this.#at, true);
    this.#at += 4;
    return bits;
  }

  /** So many bytes: a view. */
  take(length: number): Uint8Array {
    if (this.left < length) unpackable('It ends too early.');
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  /** Nothing may be left behind what was read. */
  end(): void {
    if (this.left > 0) unpackable('It goes on behind its end.');
  }
}

/** Bits of a single-precision number that a document may hold: finite, and no negative zero (O6). */
export function checkFloatBits(bits: number): void {
  if ((bits & EXPONENT) === EXPONENT) {
    throw new DecodeError('not_finite', 'packed', 'A number in it is not finite.');
  }
  if (bits === NEGATIVE_ZERO) unpackable('A zero in it is negative.');
}

export function unpackable(message: string): never {
  throw new ThetaError<PackedCode>('malformed_entries', message);
}
