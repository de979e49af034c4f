import type { Bytes } from '../../shared/bytes.ts';
import { messageOf } from '../../shared/errors.ts';
import { MAX_IMAGE_SIDE, readImageHeader } from '../../shared/image-header.ts';
import { AssetError } from './asset-error.ts';

/** Alpha stays straight and colours as they are in the file: the shaders know what they mean. */
const AS_IN_THE_FILE: ImageBitmapOptions = {
  premultiplyAlpha: 'none',
  colorSpaceConversion: 'none',
};

/**
 * An image file as a bitmap, once its header says that it is one and not too large.
 * @throws {AssetError} `invalid` or `too_large`
 */
export async function decodeImage(bytes: Bytes): Promise<ImageBitmap> {
  const header = readImageHeader(bytes);
  if (header === undefined || header.mediaType === 'image/ktx2') {
    throw new AssetError('invalid', 'A texture is no PNG, JPEG or WebP image.');
  }
  const { mediaType, width, height } = header;
  if (Math.max(width, height) > MAX_IMAGE_SIDE) {
    throw new AssetError('too_large', `A texture has ${width} × ${height} pixels.`);
  }
  try {
    return await createImageBitmap(new Blob([bytes], { type: mediaType }), AS_IN_THE_FILE);
  } catch (cause) {
    throw new AssetError('invalid', `A texture cannot be decoded (${messageOf(cause)}).`, {
      cause,
    });
  }
}
