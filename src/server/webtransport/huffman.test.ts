import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from '../../shared/bytes.ts';
import { decodeHuffman, encodeHuffman, huffmanSize } from './huffman.ts';
import { onlyRefuses, refusal } from './testing/refusals.ts';

const text = (plain: string): Uint8Array => new TextEncoder().encode(plain);

describe('Huffman code', () => {
  it.each([
    ['www.example.com', 'f1e3c2e5f23a6ba0ab90f4ff'],
    ['no-cache', 'a8eb10649cbf'],
    ['custom-value', '25a849e95bb8e8b4bf'],
    ['Mon, 21 Oct 2013 20:13:21 GMT', 'd07abe941054d444a8200595040b8166e082a62d1bff'],
    ['https://www.example.com', '9d29ad171863c78f0b97c8e9ae82ae43d3'],
    [
      'foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1',
      '94e7821dd7f2e6c7b335dfdfcd5b3960d5af27087f3672c1ab270fb5291f9587316065c003ed4ee5b1063d5007',
    ],
  ])('agrees with RFC 7541, appendix C: %s', (plain, hex) => {
    expect(toHex(encodeHuffman(text(plain)))).toBe(hex);
    expect(decodeHuffman(fromHex(hex)!, 100)).toEqual(text(plain));
  });

  it('brings any bytes back, in the size it foretold', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (plain) => {
        const encoded = encodeHuffman(plain);
        expect(encoded.length).toBe(huffmanSize(plain));
        expect(decodeHuffman(encoded, plain.length)).toEqual(plain);
      }),
    );
  });

  it('S5: refuses long padding, padding of zeros, and the end-of-string symbol', () => {
    const refused = refusal('qpack-huffman');
    expect(() => decodeHuffman(fromHex('f1e3c2e5f23a6ba0ab90f4ffff')!, 100)).toThrow(refused);
    expect(() => decodeHuffman(fromHex('18')!, 100)).toThrow(refused);
    expect(() => decodeHuffman(fromHex('ffffffff')!, 100)).toThrow(refused);
  });

  it('S3: refuses to grow beyond the cap', () => {
    const encoded = encodeHuffman(text('0'.repeat(50)));
    expect(() => decodeHuffman(encoded, 49)).toThrow(refusal('fields-too-large'));
  });

  it('S5: gives bytes within the cap or a named refusal, for any input', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(100), (noise, cap) => {
        onlyRefuses(() => expect(decodeHuffman(noise, cap).length).toBeLessThanOrEqual(cap));
      }),
    );
  });
});
