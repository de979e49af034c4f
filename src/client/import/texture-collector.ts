import type { Bytes } from '../../shared/bytes.ts';
import { type ImageHeader, readImageHeader } from '../../shared/image-header.ts';
import { sha256Hex } from '../assets/sha256.ts';
import { clipName } from './clip-name.ts';
import type { ImportRun } from './import-run.ts';
import type { ImportedTexture } from './imported-model.ts';

/** The images of one import by content: what two materials share is kept once. */
export class TextureCollector {
  readonly #run: ImportRun;
  readonly #textures = new Map<string, ImportedTexture>();

  constructor(run: ImportRun) {
    this.#run = run;
  }

  get textures(): readonly ImportedTexture[] {
    return [...this.#textures.values()];
  }

  /**
   * Takes an image file, whose size is read from its header without decoding it.
   * @returns its digest, or `undefined` for a kind that is left out with a warning
   * @throws {ThetaError<ImportCode>} `bad_image` or `too_large`
   */
  async add(bytes: Bytes, name: string): Promise<string | undefined> {
    const header = this.#header(bytes, name);
    if (header.mediaType === 'image/ktx2') {
      this.#run.warn(`Image "${name}" is in KTX2, which cannot be shown, and was left out.`);
      return undefined;
    }
    const digest = await sha256Hex(bytes);
    if (this.#textures.has(digest)) return digest;
    if (this.#textures.size >= this.#run.limits.images) {
      throw this.#run.fault('too_large', `has more than ${this.#run.limits.images} images`);
    }
    // A copy of its own, so that the file's bytes can be let go.
    const own = bytes.slice();
    const { mediaType } = header;
    this.#textures.set(digest, { bytes: own, mediaType, digest, name: clipName(name, 'Image') });
    return digest;
  }

  #header(bytes: Bytes, name: string): ImageHeader {
    const most = this.#run.limits.assetBytes;
    if (bytes.length > most) {
      const fault = `has an image, "${name}", of ${bytes.length} bytes; at most ${most} can be shared`;
      throw this.#run.fault('too_large', fault);
    }
    const header = readImageHeader(bytes);
    if (header === undefined) {
      const fault = `has an image, "${name}", that is no PNG, JPEG or WebP file or is cut off`;
      throw this.#run.fault('bad_image', fault);
    }
    const side = this.#run.limits.imageSide;
    if (Math.max(header.width, header.height) > side) {
      const size = `${header.width} × ${header.height} pixels`;
      throw this.#run.fault(
        'too_large',
        `has an image, "${name}", of ${size}; at most ${side} a side`,
      );
    }
    return header;
  }
}
