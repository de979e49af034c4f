/** What an image file says of itself in its first bytes, without decoding it. */
export interface ImageHeader {
  readonly mediaType: 'image/png' | 'image/jpeg' | 'image/webp' | 'image/ktx2';
  /** In pixels. */
  readonly width: number;
  readonly height: number;
}

/** Pixels along the longer side that every WebGPU and WebGL 2 device we meet can hold. */
export const MAX_IMAGE_SIDE = 8192;

const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const PNG_IHDR = 0x49484452;
const KTX2_SIGNATURE = [0xab, 0x4b, 0x54, 0x58, 0x20, 0x32, 0x30, 0xbb, 0x0d, 0x0a, 0x1a, 0x0a];
const RIFF = [0x52, 0x49, 0x46, 0x46];
const WEBP = 0x57454250;
const VP8_LOSSY = 0x56503820;
const VP8_LOSSLESS = 0x5650384c;
const VP8_EXTENDED = 0x56503858;
const JPEG_START = [0xff, 0xd8, 0xff];

/** The header of a PNG, JPEG, WebP or KTX2 file; `undefined` when it is none or is cut off. */
export function readImageHeader(bytes: Uint8Array): ImageHeader | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const header = headerOf(bytes, view);
  return header !== undefined && header.width > 0 && header.height > 0 ? header : undefined;
}

function headerOf(bytes: Uint8Array, view: DataView): ImageHeader | undefined {
  if (startsWith(bytes, PNG_SIGNATURE)) return readPng(view);
  if (startsWith(bytes, JPEG_START)) return readJpeg(view);
  if (startsWith(bytes, KTX2_SIGNATURE)) return readKtx2(view);
  if (startsWith(bytes, RIFF)) return readWebp(view);
  return undefined;
}

function startsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, i) => bytes[i] === byte);
}

function readPng(view: DataView): ImageHeader | undefined {
  if (view.byteLength < 24 || view.getUint32(12) !== PNG_IHDR) return undefined;
  return { mediaType: 'image/png', width: view.getUint32(16), height: view.getUint32(20) };
}

function readKtx2(view: DataView): ImageHeader | undefined {
  if (view.byteLength < 28) return undefined;
  const width = view.getUint32(20, true);
  return { mediaType: 'image/ktx2', width, height: view.getUint32(24, true) };
}

/** ITU T.81, annex B: segments up to the start of a frame, which holds the size. */
function readJpeg(view: DataView): ImageHeader | undefined {
  let at = 2;
  while (at + 9 <= view.byteLength) {
    if (view.getUint8(at) !== 0xff) return undefined;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1;
    } else if (isStartOfFrame(marker)) {
      const height = view.getUint16(at + 5);
      return { mediaType: 'image/jpeg', width: view.getUint16(at + 7), height };
    } else {
      at += 2 + view.getUint16(at + 2);
    }
  }
  return undefined;
}

function isStartOfFrame(marker: number): boolean {
  const isTableOrExtension = marker === 0xc4 || marker === 0xc8 || marker === 0xcc;
  return marker >= 0xc0 && marker <= 0xcf && !isTableOrExtension;
}

/** RFC 9649, section 2. */
function readWebp(view: DataView): ImageHeader | undefined {
  if (view.byteLength < 25 || view.getUint32(8) !== WEBP) return undefined;
  const mediaType = 'image/webp';
  const format = view.getUint32(12);
  if (format !== VP8_LOSSLESS && view.byteLength < 30) return undefined;
  switch (format) {
    case VP8_LOSSY:
      return {
        mediaType,
        width: view.getUint16(26, true) & 0x3fff,
        height: view.getUint16(28, true) & 0x3fff,
      };
    case VP8_LOSSLESS: {
      const bits = view.getUint32(21, true);
      return { mediaType, width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    case VP8_EXTENDED:
      return { mediaType, width: uint24(view, 24) + 1, height: uint24(view, 27) + 1 };
    default:
      return undefined;
  }
}

function uint24(view: DataView, at: number): number {
  return view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
}
