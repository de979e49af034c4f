import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { Bytes } from '../shared/bytes.ts';
import { decode, encode } from './codec.ts';
import { LAYOUT } from './generated/layout.ts';
import { table } from './testing/arbitrary.ts';
import { flatcDecode, flatcEncode, normal } from './testing/flatc.ts';
import { ROOTS } from './testing/roots.ts';

// Many cases, on machines that are busy with other things.
vi.setConfig({ testTimeout: 60_000 });

const RUNS = { numRuns: 20, seed: 20261122 };
const ALL_TABLES = Object.keys(LAYOUT.tables) as (typeof ROOTS)[number][];

/** A copy that starts `shift` bytes into a buffer, where nothing is aligned by luck. */
function shifted(bytes: Bytes, shift: number): Bytes {
  const padded = new Uint8Array(bytes.length + shift);
  padded.set(bytes, shift);
  return padded.subarray(shift);
}

describe.each(ALL_TABLES)('codec of %s', (name) => {
  it('reads what it wrote, wherever the bytes lie', () => {
    fc.assert(
      fc.property(table(name), fc.nat(7), (value, shift) => {
        const read = decode(name, shifted(encode(name, value as never), shift));
        expect(Object.keys(read).sort()).toEqual(Object.keys(value).sort());
        expect(normal(name, read as never)).toEqual(normal(name, value));
      }),
      RUNS,
    );
  });

  it('writes equal values as equal bytes, whatever was written before', () => {
    fc.assert(
      fc.property(table(name), table(name), (value, other) => {
        const first = encode(name, value as never);
        encode(name, other as never);
        const copy = Object.fromEntries(Object.entries(value).reverse());
        expect(encode(name, copy as never)).toEqual(first);
        expect(encode(name, decode(name, first) as never)).toEqual(first);
      }),
      RUNS,
    );
  });
});

describe.each(ROOTS)("against flatc's generated code: %s", (name) => {
  it('what we write, flatc reads as the same', () => {
    fc.assert(
      fc.property(table(name), (value) => {
        const read = flatcDecode(name, encode(name, value as never));
        expect(read).toEqual(normal(name, value));
      }),
      RUNS,
    );
  });

  it('what flatc writes, we read as the same', () => {
    fc.assert(
      fc.property(table(name), (value) => {
        const read = decode(name, flatcEncode(name, value));
        expect(normal(name, read as never)).toEqual(normal(name, value));
      }),
      RUNS,
    );
  });
});
