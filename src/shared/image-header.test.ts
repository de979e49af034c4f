import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concatBytes } from './bytes.ts';
import { readImageHeader } from './image-header.ts';

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);
const bytesOf = (...values: number[]): Uint8Array => Uint8Array.from(values);
const words = (...values: number[]): Uint8Array => new Uint8Array(Uint32Array.from(values).buffer);

const PNG = concatBytes(
  bytesOf(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13),
  ascii('IHDR'),
  bytesOf(0, 0, 2, 0, 0, 0, 1, 1),
);
/** An EXIF segment, a fill byte and a Huffman table come before the frame. */
const JPEG = bytesOf(
  ...[0xff, 0xd8, 0xff, 0xe1, 0, 4, 1, 2, 0xff, 0xff, 0xc4, 0, 3, 0],
  ...[0xff, 0xc2, 0, 11, 8, 1, 1, 2, 0, 1, 1, 0x11, 0],
);
const RIFF = concatBytes(ascii('RIFF'), words(100), ascii('WEBP'));
const LOSSY = concatBytes(
  RIFF,
  ascii('VP8 '),
  words(20),
  bytesOf(0, 0, 0, 0x9d, 1, 0x2a, 0, 2, 1, 1),
);
const LOSSLESS = concatBytes(
  RIFF,
  ascii('VP8L'),
  words(20),
  bytesOf(0x2f),
  words(511 | (256 << 14)),
  words(0),
);
const EXTENDED = concatBytes(RIFF, ascii('VP8X'), words(10, 0), bytesOf(0xff, 1, 0, 0, 1, 0));
const KTX2 = concatBytes(
  bytesOf(0xab, 0x4b, 0x54, 0x58, 0x20, 0x32, 0x30, 0xbb, 0x0d, 0x0a, 0x1a, 0x0a),
  words(0, 1, 512, 257),
);

const FILES = [
  ['PNG', PNG, 'image/png'],
  ['progressive JPEG', JPEG, 'image/jpeg'],
  ['lossy WebP', LOSSY, 'image/webp'],
  ['lossless WebP', LOSSLESS, 'image/webp'],
  ['extended WebP', EXTENDED, 'image/webp'],
  ['KTX2', KTX2, 'image/ktx2'],
] as const;

describe('readImageHeader', () => {
  it.each(FILES)('reads the size of a %s', (_, bytes, mediaType) => {
    expect(readImageHeader(bytes)).toEqual({ mediaType, width: 512, height: 257 });
  });

  it.each(FILES)('reads a %s that starts in the middle of a buffer', (_, bytes, mediaType) => {
    const shifted = concatBytes(bytesOf(1, 2, 3), bytes).subarray(3);
    expect(readImageHeader(shifted)?.mediaType).toBe(mediaType);
  });

  it.each(FILES)('S5: gives nothing for a %s that is cut off', (_, bytes) => {
    for (let length = 0; length < 20; length++) {
      expect(readImageHeader(bytes.slice(0, length))).toBeUndefined();
    }
  });

  it('gives nothing for an image without area', () => {
    const flat = PNG.slice();
    flat.fill(0, 16, 20);
    expect(readImageHeader(flat)).toBeUndefined();
  });

  it('S5: never throws (seed 31)', () => {
    const file = fc.constantFrom(...FILES.map(([, bytes]) => bytes));
    fc.assert(
      fc.property(file, fc.uint8Array({ maxLength: 40 }), fc.nat(40), (bytes, noise, keep) => {
        readImageHeader(concatBytes(bytes.slice(0, keep), noise));
      }),
      { seed: 31, numRuns: 1000 },
    );
  });
});
