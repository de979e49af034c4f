import type { Bytes } from '../../shared/bytes.ts';
import { h3Error } from './h3-errors.ts';

/*
 * The Huffman code of RFC 7541, appendix B. It is canonical: sorted by length and then by symbol,
 * each code is its predecessor plus one. So the lengths say it all.
 */

/** The code's length in bits for each byte, and last for the end-of-string symbol. */
const CODE_LENGTHS: readonly number[] = [
  13, 23, 28, 28, 28, 28, 28, 28, 28, 24, 30, 28, 28, 30, 28, 28, 28, 28, 28, 28, 28, 28, 30, 28,
  28, 28, 28, 28, 28, 28, 28, 28, 6, 10, 10, 12, 13, 6, 8, 11, 10, 10, 8, 11, 8, 6, 6, 6, 5, 5, 5,
  6, 6, 6, 6, 6, 6, 6, 7, 8, 15, 6, 12, 10, 13, 6, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7,
  7, 7, 7, 7, 7, 7, 8, 7, 8, 13, 19, 13, 14, 6, 15, 5, 6, 5, 6, 5, 6, 6, 6, 5, 7, 7, 6, 6, 6, 5, 6,
  7, 6, 5, 5, 6, 7, 7, 7, 7, 7, 15, 11, 14, 13, 28, 20, 22, 20, 20, 22, 22, 22, 23, 22, 23, 23, 23,
  23, 23, 24, 23, 24, 24, 22, 23, 24, 23, 23, 23, 23, 21, 22, 23, 22, 23, 23, 24, 22, 21, 20, 22,
  22, 23, 23, 21, 23, 22, 22, 24, 21, 22, 23, 23, 21, 21, 22, 21, 23, 22, 23, 23, 20, 22, 22, 22,
  23, 22, 22, 23, 26, 26, 20, 19, 22, 23, 22, 25, 26, 26, 26, 27, 27, 26, 24, 25, 19, 21, 26, 27,
  27, 26, 27, 24, 21, 21, 26, 26, 28, 27, 27, 27, 20, 24, 20, 21, 22, 21, 21, 23, 22, 22, 25, 25,
  24, 24, 26, 23, 26, 27, 26, 26, 27, 27, 27, 27, 27, 28, 27, 27, 27, 27, 27, 26, 30,
];
const END_OF_STRING = 256;
const MAX_CODE_BITS = 30;
const MAX_PADDING_BITS = 7;

/** For each length: the first code of it, how many there are, and where their symbols start. */
interface CanonicalCode {
  readonly codes: Uint32Array;
  readonly symbols: readonly number[];
  readonly first: Uint32Array;
  readonly count: Uint32Array;
  readonly start: Uint32Array;
}

function buildCode(): CanonicalCode {
  const symbols = CODE_LENGTHS.map((_, symbol) => symbol).sort(
    (a, b) => CODE_LENGTHS[a]! - CODE_LENGTHS[b]! || a - b,
  );
  const codes = new Uint32Array(CODE_LENGTHS.length);
  const [first, count, start] = [0, 1, 2].map(() => new Uint32Array(MAX_CODE_BITS + 1));
  let code = 0;
  let at = 0;
  for (let bits = 1; bits <= MAX_CODE_BITS; bits++) {
    code *= 2;
    first![bits] = code;
    start![bits] = at;
    for (; CODE_LENGTHS[symbols[at] ?? -1] === bits; at++) codes[symbols[at]!] = code++;
    count![bits] = at - start![bits]!;
  }
  return { codes, symbols, first: first!, count: count!, start: start! };
}

const CODE = buildCode();

/** How many bytes `encodeHuffman` gives for `text`. */
export function huffmanSize(text: Uint8Array): number {
  let bits = 0;
  for (const byte of text) bits += CODE_LENGTHS[byte]!;
  return Math.ceil(bits / 8);
}

/** `text` in the code, padded with ones. */
export function encodeHuffman(text: Uint8Array): Bytes {
  const encoded = new Uint8Array(huffmanSize(text));
  let bit = 0;
  const put = (isSet: boolean): void => {
    if (isSet) encoded[bit >>> 3] = encoded[bit >>> 3]! | (0x80 >>> (bit & 7));
    bit++;
  };
  for (const byte of text)
    for (let left = CODE_LENGTHS[byte]! - 1; left >= 0; left--)
      put(((CODE.codes[byte]! >>> left) & 1) === 1);
  while (bit < encoded.length * 8) put(true);
  return encoded;
}

/**
 * The bytes that `encoded` stands for, at most `maxBytes` of them. Throws `qpack-huffman` for an
 * end-of-string symbol, padding over 7 bits or not of ones, and `fields-too-large` over the cap.
 */
export function decodeHuffman(encoded: Uint8Array, maxBytes: number): Bytes {
  const decoded = new Uint8Array(Math.min(maxBytes, Math.ceil((encoded.length * 8) / 5)));
  let length = 0;
  let code = 0;
  let bits = 0;
  for (let bit = 0; bit < encoded.length * 8; bit++) {
    code = code * 2 + ((encoded[bit >>> 3]! >>> (7 - (bit & 7))) & 1);
    bits++;
    const place = code - CODE.first[bits]!;
    if (place >= CODE.count[bits]!) continue;
    const symbol = CODE.symbols[CODE.start[bits]! + place]!;
    if (symbol === END_OF_STRING) throw h3Error('qpack-huffman', 'An end-of-string symbol');
    if (length === maxBytes) throw h3Error('fields-too-large', `A string over ${maxBytes} bytes`);
    decoded[length++] = symbol;
    code = 0;
    bits = 0;
  }
  if (bits > MAX_PADDING_BITS || code !== 2 ** bits - 1)
    throw h3Error('qpack-huffman', 'Padding that is not up to seven ones');
  return decoded.slice(0, length);
}
