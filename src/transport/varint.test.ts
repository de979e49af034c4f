import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '../shared/bytes.ts';
import { encodeVarint, MAX_VARINT, readVarint, varintSize } from './varint.ts';

describe('varint', () => {
  it.each([
    ['25', 37],
    ['7bbd', 15_293],
    ['9d7f3e7d', 494_878_333],
  ])('agrees with the examples of RFC 9000: %s', (hex, value) => {
    expect(toHex(encodeVarint(value))).toBe(hex);
    expect(readVarint(fromHex(hex)!, 0)).toEqual({ value, next: hex.length / 2 });
  });

  it('reads a value in more bytes than it needs', () => {
    expect(readVarint(fromHex('4025')!, 0)).toEqual({ value: 37, next: 2 });
  });

  it('comes back for any value', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.nat(5), (value, at) => {
        const bytes = new Uint8Array(at + varintSize(value));
        bytes.set(encodeVarint(value), at);
        expect(readVarint(bytes, at)).toEqual({ value, next: bytes.length });
      }),
    );
  });

  it('asks for more where the bytes end early', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (value) => {
        expect(readVarint(encodeVarint(value).subarray(0, -1), 0)).toBeUndefined();
      }),
    );
  });

  it('reads what a number cannot hold as the largest it can', () => {
    expect(readVarint(fromHex('ffffffffffffffff')!, 0)).toEqual({ value: MAX_VARINT, next: 8 });
  });

  it('refuses to write what a number cannot hold', () => {
    const refusal = expect.objectContaining({ code: 'varint-range' });
    expect(() => encodeVarint(-1)).toThrow(refusal);
    expect(() => encodeVarint(MAX_VARINT + 1)).toThrow(refusal);
    expect(() => encodeVarint(0.5)).toThrow(refusal);
  });
});
