import { type Bytes, concatBytes } from '../../shared/bytes.ts';
import { h3Error } from './h3-errors.ts';
import { decodeHuffman, encodeHuffman, huffmanSize } from './huffman.ts';
import type { WebTransportLimits } from './limits.ts';
import { type Field, STATIC_TABLE } from './qpack-static-table.ts';

/*
 * Field sections after RFC 9204 without a dynamic table: we announce a capacity of zero, so a
 * reference to one is an error.
 */

/** Required insert count and base: both zero. */
const PREFIX = Uint8Array.of(0, 0);
/** RFC 9114, section 4.2.2: what each field counts beyond its name and value. */
const FIELD_OVERHEAD_BYTES = 32;
/** Integers above this are refused: 2^28, beyond every cap, and exact in 32-bit arithmetic. */
const MAX_INTEGER = 0x1000_0000;

const INDEXED = 0x80;
const INDEXED_STATIC = 0x40;
const NAME_REFERENCE = 0x40;
const NAME_REFERENCE_STATIC = 0x10;
const LITERAL_NAME = 0x20;
const STRING_PREFIX_BITS = 7;
const NAME_PREFIX_BITS = 3;

/** An integer with a prefix of `prefixBits` under the bits of `pattern` (RFC 7541, section 5.1). */
export function encodeInteger(value: number, prefixBits: number, pattern: number): Bytes {
  const most = 2 ** prefixBits - 1;
  if (value < most) return Uint8Array.of(pattern | value);
  const bytes = [pattern | most];
  let rest = value - most;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  bytes.push(rest);
  return Uint8Array.from(bytes);
}

function encodeString(text: string, prefixBits: number, pattern: number): Bytes {
  const plain = new TextEncoder().encode(text);
  if (huffmanSize(plain) >= plain.length)
    return concatBytes(encodeInteger(plain.length, prefixBits, pattern), plain);
  const coded = encodeHuffman(plain);
  const flagged = pattern | (1 << prefixBits);
  return concatBytes(encodeInteger(coded.length, prefixBits, flagged), coded);
}

function encodeField({ name, value }: Field): Bytes {
  const whole = STATIC_TABLE.findIndex((field) => field.name === name && field.value === value);
  if (whole >= 0) return encodeInteger(whole, 6, INDEXED | INDEXED_STATIC);
  const named = STATIC_TABLE.findIndex((field) => field.name === name);
  const head =
    named >= 0
      ? encodeInteger(named, 4, NAME_REFERENCE | NAME_REFERENCE_STATIC)
      : encodeString(name, NAME_PREFIX_BITS, LITERAL_NAME);
  return concatBytes(head, encodeString(value, STRING_PREFIX_BITS, 0));
}

/** The encoded field section: static references and Huffman where they are shorter. */
export function encodeFields(fields: readonly Field[]): Bytes {
  return concatBytes(PREFIX, ...fields.map(encodeField));
}

/**
 * Decodes a whole field section. Throws a `qpack-…` refusal for bytes that are none, and
 * `fields-too-large` or `fields-too-many` where a limit is passed. Checks no name or value.
 */
export function decodeFields(section: Uint8Array, limits: WebTransportLimits): Field[] {
  return new FieldSectionReader(section, limits).readAll();
}

class FieldSectionReader {
  readonly #source: Uint8Array;
  readonly #limits: WebTransportLimits;
  readonly #fields: Field[] = [];
  #at = 0;
  #left: number;

  constructor(source: Uint8Array, limits: WebTransportLimits) {
    this.#source = source;
    this.#limits = limits;
    this.#left = limits.maxFieldSectionBytes;
  }

  readAll(): Field[] {
    if (this.#integer(8) !== 0)
      throw h3Error('qpack-dynamic', 'A field section that needs a dynamic table');
    this.#integer(7);
    while (this.#at < this.#source.length) this.#add(this.#field());
    return this.#fields;
  }

  #add(field: Field): void {
    if (this.#fields.length >= this.#limits.maxFields)
      throw h3Error('fields-too-many', `Over ${this.#limits.maxFields} header fields`);
    this.#left -= field.name.length + field.value.length + FIELD_OVERHEAD_BYTES;
    if (this.#left < 0)
      throw h3Error('fields-too-large', `Over ${this.#limits.maxFieldSectionBytes} header bytes`);
    this.#fields.push(field);
  }

  #field(): Field {
    const first = this.#source[this.#at]!;
    if (first & INDEXED) {
      if (!(first & INDEXED_STATIC)) throw dynamicReference();
      return this.#static(6);
    }
    if (first & NAME_REFERENCE) {
      if (!(first & NAME_REFERENCE_STATIC)) throw dynamicReference();
      return { name: this.#static(4).name, value: this.#string(STRING_PREFIX_BITS) };
    }
    if (!(first & LITERAL_NAME)) throw dynamicReference();
    return { name: this.#string(NAME_PREFIX_BITS), value: this.#string(STRING_PREFIX_BITS) };
  }

  #static(prefixBits: number): Field {
    const index = this.#integer(prefixBits);
    const field = STATIC_TABLE[index];
    if (!field) throw h3Error('qpack-index', `No static field ${index}`);
    return field;
  }

  #string(prefixBits: number): string {
    const isHuffman = (this.#byte(this.#at) & (1 << prefixBits)) !== 0;
    const length = this.#integer(prefixBits);
    if (this.#at + length > this.#source.length) throw truncated();
    const coded = this.#source.subarray(this.#at, this.#at + length);
    this.#at += length;
    const plain = isHuffman ? decodeHuffman(coded, Math.max(0, this.#left)) : coded;
    return latin1(plain);
  }

  #integer(prefixBits: number): number {
    const most = 2 ** prefixBits - 1;
    let value = this.#byte(this.#at++) & most;
    if (value < most) return value;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.#byte(this.#at++);
      value += (byte & 127) * factor;
      if (value > MAX_INTEGER || factor > MAX_INTEGER)
        throw h3Error('qpack-integer', 'An integer beyond every limit');
      if (byte < 128) return value;
    }
  }

  #byte(at: number): number {
    const byte = this.#source[at];
    if (byte === undefined) throw truncated();
    return byte;
  }
}

function truncated(): Error {
  return h3Error('qpack-truncated', 'A field section ends early');
}

function dynamicReference(): Error {
  return h3Error('qpack-dynamic', 'A reference to the dynamic table, which has no room');
}

/** One character a byte, as HTTP's field values are octets. */
function latin1(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}
