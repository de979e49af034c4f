import { type Bytes, concatBytes } from '../../../shared/bytes.ts';

/** As much of a PNG file as says how large it is. */
export function pngHeader(width: number, height: number): Bytes {
  const bytes = new Uint8Array(33);
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]);
  const view = new DataView(bytes.buffer);
  view.setUint32(16, width);
  view.setUint32(20, height);
  return bytes;
}

/** As much of a JPEG file as says how large it is: a table first, as all of them have. */
export function jpegHeader(width: number, height: number): Bytes {
  const frame = [
    0xff,
    0xc0,
    0,
    11,
    8,
    height >> 8,
    height & 255,
    width >> 8,
    width & 255,
    1,
    1,
    0x11,
    0,
  ];
  return Uint8Array.from([0xff, 0xd8, 0xff, 0xdb, 0, 4, 0, 0, ...frame]);
}

/** As much of an extended WebP file as says how large it is. */
export function webpHeader(width: number, height: number): Bytes {
  const text = new TextEncoder();
  const size = [width - 1, height - 1].flatMap((side) => [
    side & 255,
    (side >> 8) & 255,
    side >> 16,
  ]);
  const riff = text.encode('RIFF\0\0\0\0WEBPVP8X');
  return concatBytes(riff, Uint8Array.from([10, 0, 0, 0, 0, 0, 0, 0, ...size]));
}
