import type { ImagePort, StoredImage } from '../../editor/materials/textures.ts';
import { MAX_ASSET_BYTES } from '../../protocol/limits.ts';
import type { Bytes } from '../../shared/bytes.ts';
import { messageOf } from '../../shared/errors.ts';
import { readImageHeader } from '../../shared/image-header.ts';
import { clipName } from '../import/clip-name.ts';
import type { AssetCache } from './asset-cache.ts';
import { AssetError } from './asset-error.ts';
import type { BlobUploader } from './blob-uploader.ts';
import { decodeImage } from './decode-image.ts';
import { sha256Hex } from './sha256.ts';

export interface ImagesOptions {
  readonly assets: AssetCache;
  readonly uploader: BlobUploader;
  readonly decode?: (bytes: Bytes) => Promise<ImageBitmap>;
}

/** The session's images: files are decoded once before they are stored, so that all that is can be shown. */
export function sessionImages({
  assets,
  uploader,
  decode = decodeImage,
}: ImagesOptions): ImagePort {
  return {
    async store(file, signal) {
      const { bytes, mediaType } = await readImage(file, decode);
      const digest = await sha256Hex(bytes);
      await uploader.upload(bytes, digest, { signal });
      assets.put(digest, bytes);
      const stored: StoredImage = {
        digest,
        name: clipName(file.name, 'Image'),
        mediaType,
        size: bytes.length,
      };
      return stored;
    },
    picture: (digest) => assets.texture(digest),
  };
}

async function readImage(
  file: File,
  decode: (bytes: Bytes) => Promise<ImageBitmap>,
): Promise<{ readonly bytes: Bytes; readonly mediaType: string }> {
  if (file.size > MAX_ASSET_BYTES) {
    throw fault(
      file,
      'too_large',
      `has ${file.size} bytes; at most ${MAX_ASSET_BYTES} can be shared`,
    );
  }
  const bytes = new Uint8Array(await file.arrayBuffer());
  const header = readImageHeader(bytes);
  if (header === undefined || header.mediaType === 'image/ktx2') {
    throw fault(file, 'invalid', 'is no PNG, JPEG or WebP image, or is cut off');
  }
  try {
    (await decode(bytes)).close();
  } catch (thrown) {
    throw fault(file, 'invalid', `cannot be used: ${messageOf(thrown)}`);
  }
  return { bytes, mediaType: header.mediaType };
}

function fault(file: File, code: 'invalid' | 'too_large', what: string): AssetError {
  return new AssetError(code, `${file.name} ${what}.`);
}
