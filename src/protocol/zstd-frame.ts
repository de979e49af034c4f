/** The outside of a zstd frame (RFC 8878, section 3.1.1), read without decompressing anything. */
import { ThetaError } from '../shared/errors.ts';

export type CompressionCode =
  | 'not_zstd'
  /** The frame does not name its content's size, or wants a dictionary. */
  | 'unsupported_frame'
  /** The content is larger than allowed. */
  | 'too_large'
  /** Cut off, followed by other bytes, or not decodable. */
  | 'corrupt';

const MAGIC = 0xfd2fb528;
const MAX_BLOCK_SIZE = 128 * 1024;
const BLOCK_HEADER_SIZE = 3;
const RLE_BLOCK = 1;
const RESERVED_BLOCK = 3;
const CHECKSUM_SIZE = 4;
/** Of the frame's descriptor byte. */
const SINGLE_SEGMENT = 0x20;
const CHECKSUM = 0x04;
const RESERVED = 0x08;
const DICTIONARY = 0x03;
/** Magic number, descriptor, a size of one byte and one empty block. */
const SMALLEST_FRAME = 9;

/** Whether bytes begin as a frame does. */
export function isZstd(bytes: Uint8Array): boolean {
  const [a = 0, b = 0, c = 0, d = 0] = bytes;
  return (a | (b << 8) | (c << 16) | (d << 24)) >>> 0 === MAGIC;
}

/**
 * Size of the content of `bytes`, which must be one whole frame that names it. Throws
 * `ThetaError<CompressionCode>`, `too_large` where the content is over `maxSize` bytes.
 * @param dictionary the one that the frame must want, 1 to 255; none unless told
 */
export function contentSizeOf(bytes: Uint8Array, maxSize: number, dictionary = 0): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < SMALLEST_FRAME || view.getUint32(0, true) !== MAGIC)
    throw refusal('not_zstd', 'This is no zstd frame.');
  const descriptor = view.getUint8(4);
  const single = (descriptor & SINGLE_SEGMENT) !== 0;
  const sizeLength = sizeLengthOf(descriptor >> 6, single);
  const idLength = dictionary === 0 ? 0 : 1;
  if ((descriptor & RESERVED) !== 0 || sizeLength === 0 || (descriptor & DICTIONARY) !== idLength)
    throw refusal('unsupported_frame', 'The frame hides its size or wants another dictionary.');
  const idAt = single ? 5 : 6;
  if (idLength > 0 && view.getUint8(idAt) !== dictionary)
    throw refusal('unsupported_frame', 'The frame wants another dictionary.');
  const sizeAt = idAt + idLength;
  if (sizeAt + sizeLength > bytes.length) throw refusal('corrupt', 'The frame is cut off.');
  const size = readSize(view, sizeAt, sizeLength);
  if (size > maxSize)
    throw refusal('too_large', `The content has ${size} bytes; ${maxSize} are the most.`);
  const end = endOfBlocks(view, sizeAt + sizeLength);
  if (end + ((descriptor & CHECKSUM) !== 0 ? CHECKSUM_SIZE : 0) !== bytes.length)
    throw refusal('corrupt', 'The frame does not end where the bytes do.');
  return size;
}

function sizeLengthOf(flag: number, single: boolean): number {
  if (flag > 0) return 1 << flag;
  return single ? 1 : 0;
}

function readSize(view: DataView, at: number, length: number): number {
  if (length === 1) return view.getUint8(at);
  if (length === 2) return view.getUint16(at, true) + 256;
  if (length === 4) return view.getUint32(at, true);
  return Number(view.getBigUint64(at, true));
}

function endOfBlocks(view: DataView, start: number): number {
  let at = start;
  for (;;) {
    if (at + BLOCK_HEADER_SIZE > view.byteLength) throw refusal('corrupt', 'A block is cut off.');
    const header = view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
    const type = (header >> 1) & 3;
    const size = header >> 3;
    if (type === RESERVED_BLOCK || size > MAX_BLOCK_SIZE)
      throw refusal('corrupt', 'A block is of no known kind or too large.');
    at += BLOCK_HEADER_SIZE + (type === RLE_BLOCK ? 1 : size);
    if ((header & 1) !== 0) return at;
  }
}

function refusal(code: CompressionCode, message: string): ThetaError<CompressionCode> {
  return new ThetaError(code, message);
}
