import type { Bytes } from '../shared/bytes.ts';
import { ThetaError } from '../shared/errors.ts';

export type VarintErrorCode = 'varint-range';

/** The largest value we write: QUIC allows 2^62 − 1, JavaScript numbers are exact to here. */
export const MAX_VARINT = Number.MAX_SAFE_INTEGER;

/** How many bytes (1, 2, 4 or 8) a QUIC varint that starts with `firstByte` takes. */
export function varintLength(firstByte: number): number {
  return 1 << (firstByte >>> 6);
}

/** How many bytes `encodeVarint` gives for `value`. */
export function varintSize(value: number): number {
  if (value < 0x40) return 1;
  if (value < 0x4000) return 2;
  if (value < 0x4000_0000) return 4;
  return 8;
}

/**
 * Writes `value` at `at` in the shortest form (RFC 9000, section 16) and returns the offset after
 * it. Throws `varint-range` for what is not a whole number in [0, `MAX_VARINT`].
 */
export function writeVarint(target: Uint8Array, at: number, value: number): number {
  if (!Number.isSafeInteger(value) || value < 0)
    throw new ThetaError<VarintErrorCode>('varint-range', `${value} is no varint`);
  const size = varintSize(value);
  let rest = value;
  for (let i = size - 1; i >= 0; i--) {
    target[at + i] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  target[at] = target[at]! | (Math.log2(size) << 6);
  return at + size;
}

/** The shortest varint of `value`. */
export function encodeVarint(value: number): Bytes {
  const bytes = new Uint8Array(varintSize(value));
  writeVarint(bytes, 0, value);
  return bytes;
}

/**
 * Reads the varint at `at`, in whatever length it was written. Returns `undefined` when `source`
 * ends before it does, so that a stream can wait for more. What is beyond `MAX_VARINT` reads as
 * `MAX_VARINT`: no id or length that we know is that large, and peers send such values as grease.
 */
export function readVarint(
  source: Uint8Array,
  at: number,
): { readonly value: number; readonly next: number } | undefined {
  const first = source[at];
  if (first === undefined) return undefined;
  const size = varintLength(first);
  if (at + size > source.length) return undefined;
  let value = first & 0x3f;
  for (let i = 1; i < size; i++) value = value * 256 + source[at + i]!;
  return { value: Math.min(value, MAX_VARINT), next: at + size };
}
