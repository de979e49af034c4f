import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readUtf8, validUtf8Until, writeUtf8 } from './utf8.ts';

const fatal = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function platformAccepts(bytes: Uint8Array): boolean {
  try {
    fatal.decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** Bytes at and around which the rules of UTF-8 change. */
const EDGES = [
  0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xec, 0xed, 0xee,
  0xef, 0xf0, 0xf3, 0xf4, 0xf5, 0xff,
];

describe('UTF-8', () => {
  it('is judged as the platform judges it, for all sequences of bytes at the edges', () => {
    for (const a of EDGES)
      for (const b of EDGES)
        for (const c of EDGES) {
          for (const bytes of [Uint8Array.of(a, b, c), Uint8Array.of(a, b, c, 0x80)]) {
            const valid = validUtf8Until(bytes, 0, bytes.length) === bytes.length;
            expect(valid, String(bytes)).toBe(platformAccepts(bytes));
          }
        }
  });

  it('is written and read back, at any place', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(5), (text, start) => {
        const bytes = new Uint8Array(start + 3 * text.length);
        const end = start + writeUtf8(text, bytes, start);
        expect(bytes.subarray(start, end)).toEqual(new TextEncoder().encode(text));
        expect(readUtf8(bytes, start, end)).toBe(text);
      }),
      { seed: 5 },
    );
  });

  it('keeps a byte order mark and replaces lone surrogates', () => {
    const bytes = new Uint8Array(64);
    const end = writeUtf8('\ufeffa\ud800', bytes, 0);
    expect(readUtf8(bytes, 0, end)).toBe('\ufeffa\ufffd');
  });
});
