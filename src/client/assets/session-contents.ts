import type { ClippedAsset } from '../../editor/clipboard/clip.ts';
import type { ContentPort } from '../../editor/clipboard/clip-assets.ts';
import type { Bytes } from '../../shared/bytes.ts';
import { messageOf } from '../../shared/errors.ts';
import { readImageHeader } from '../../shared/image-header.ts';
import type { Logger } from '../../shared/logger.ts';
import { type Upload, uploadAll } from '../import/upload-all.ts';
import type { AssetCache } from './asset-cache.ts';
import { AssetError } from './asset-error.ts';
import { cancelled } from './backoff.ts';
import type { BlobUploader } from './blob-uploader.ts';
import { decodeGeometry } from './decode-geometry.ts';

/** As much of `Storage` as is used: one that all tabs of this browser share. */
export interface OfferStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

export interface SessionContentsOptions {
  readonly assets: Pick<AssetCache, 'held' | 'keep' | 'put'>;
  readonly uploader: BlobUploader;
  readonly offers: OfferStorage;
  readonly logger: Logger;
}

const KEY = 'theta-copied-contents';

/**
 * Content that goes with objects from one session to another, through this browser's store. Only what
 * was copied last in this browser goes: whoever makes up a clip that names content of others cannot
 * have it carried into his own session.
 */
export function sessionContents(options: SessionContentsOptions): ContentPort {
  const { assets, offers, uploader, logger } = options;
  return {
    offer(digests) {
      offers.setItem(KEY, JSON.stringify(digests));
      for (const digest of digests) {
        // Whoever pastes it is told what is missing then.
        assets.keep(digest).catch((thrown: unknown) => {
          logger.warn('Copied content could not be kept.', { digest, reason: messageOf(thrown) });
        });
      }
    },

    async bring(wanted, { signal, onProgress }) {
      const offered = offeredIn(offers);
      const uploads: Upload[] = [];
      const missing: string[] = [];
      for (const asset of wanted) {
        const bytes = offered.has(asset.digest) ? await assets.held(asset.digest) : undefined;
        if (signal.aborted) throw cancelled();
        if (bytes === undefined) missing.push(asset.digest);
        else uploads.push({ digest: asset.digest, bytes: checked(asset, bytes) });
      }
      if (missing.length > 0) return missing;
      await uploadAll(uploads, { uploader, signal, onProgress });
      for (const { digest, bytes } of uploads) assets.put(digest, bytes);
      return [];
    },
  };
}

/** @throws {AssetError} `invalid` for what is not what the clip says: the server would refuse it */
function checked({ kind, name, size }: ClippedAsset, bytes: Bytes): Bytes {
  if (bytes.length !== size) throw new AssetError('invalid', `${name} is not as large as it says.`);
  if (kind === 'geometry') decodeGeometry(bytes);
  else if (readImageHeader(bytes) === undefined)
    throw new AssetError('invalid', `${name} is no image.`);
  return bytes;
}

function offeredIn(offers: OfferStorage): ReadonlySet<unknown> {
  try {
    const digests: unknown = JSON.parse(offers.getItem(KEY) ?? '[]');
    return new Set(Array.isArray(digests) ? digests : []);
  } catch {
    // Somebody else's value, or an older page's: nothing was offered.
    return new Set();
  }
}
