import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Bytes, equalBytes } from '../shared/bytes.ts';
import { ThetaError } from '../shared/errors.ts';
import { seededRandom } from '../shared/random.ts';
import {
  type Compressor,
  type Decompressor,
  decompress,
  decompressSnapshot,
  loadCompressor,
  loadDecompressor,
} from './compression.ts';

let compress: Compressor;
let decompressAny: Decompressor;

beforeAll(async () => {
  compress = await loadCompressor();
  decompressAny = await loadDecompressor();
});

const codeOf = (fn: () => unknown): string => {
  try {
    fn();
    return 'accepted';
  } catch (thrown) {
    if (thrown instanceof ThetaError) return thrown.code;
    throw thrown;
  }
};

/** Bytes that compress to blocks of literals and sequences, not to one raw block. */
function sample(size: number): Bytes {
  const random = seededRandom(7);
  return Uint8Array.from({ length: size }, (_, i) => (i % 7 === 0 ? random.below(9) : i & 15));
}

describe('compression', () => {
  it('R2: gives back a snapshot of any size, and refuses what is larger than it may be', async () => {
    for (const size of [1000, 5_000_000]) {
      const frame = compress(sample(size));
      expect(equalBytes(await decompressSnapshot(frame, size), sample(size))).toBe(true);
      await expect(decompressSnapshot(frame, size - 1)).rejects.toMatchObject({
        code: 'too_large',
      });
    }
  });

  it('R2: gives back what was compressed, by either decompressor', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 5000 }),
        fc.integer({ min: 1, max: 9 }),
        (bytes, level) => {
          const frame = compress(bytes, level);
          expect(decompress(frame, bytes.length)).toEqual(new Uint8Array(bytes));
          expect(decompressAny(frame, bytes.length)).toEqual(new Uint8Array(bytes));
        },
      ),
      { numRuns: 50, seed: 1 },
    );
  });

  it('R2: compresses megabytes, and reads them from within a larger buffer', () => {
    const bytes = sample(4_000_000);
    const frame = compress(bytes);
    expect(frame.length).toBeLessThan(bytes.length / 3);
    const padded = new Uint8Array(frame.length + 10);
    padded.set(frame, 3);
    const read = decompress(padded.subarray(3, 3 + frame.length), bytes.length);
    expect(Buffer.compare(read, bytes)).toBe(0);
  });

  it('S3: refuses content over the limit by what the frame says, before inflating', () => {
    const frame = compress(new Uint8Array(1_000_000));
    expect(frame.length).toBeLessThan(100);
    expect(codeOf(() => decompress(frame, 999_999))).toBe('too_large');
    expect(codeOf(() => decompressAny(frame, 999_999))).toBe('too_large');
    expect(decompress(frame, 1_000_000).length).toBe(1_000_000);
  });

  it('S5: refuses what is no frame, cut off, followed by more or of hidden size', () => {
    const frame = compress(sample(3000));
    expect(codeOf(() => decompress(new Uint8Array(20), 1e6))).toBe('not_zstd');
    expect(codeOf(() => decompress(new Uint8Array(0), 1e6))).toBe('not_zstd');
    expect(codeOf(() => decompress(frame.subarray(0, -1), 1e6))).toBe('corrupt');
    const twice = new Uint8Array([...frame, ...frame]);
    expect(codeOf(() => decompress(twice, 1e6))).toBe('corrupt');
    const hidden = frame.slice();
    hidden[4] = 0;
    expect(codeOf(() => decompress(hidden, 1e6))).toBe('unsupported_frame');
  });

  it('S5: mutated frames are refused by name or inflate to the size they say (seed 3)', () => {
    const random = seededRandom(3);
    const frame = compress(sample(3000));
    for (let i = 0; i < 3000; i++) {
      const mutant = frame.slice();
      mutant[random.below(mutant.length)] = random.below(256);
      for (const inflate of [decompress, decompressAny]) {
        const code = codeOf(() => {
          expect(inflate(mutant, 100_000).length).toBeLessThanOrEqual(100_000);
        });
        expect(['accepted', 'corrupt', 'not_zstd', 'too_large', 'unsupported_frame']).toContain(
          code,
        );
      }
    }
  });
});
