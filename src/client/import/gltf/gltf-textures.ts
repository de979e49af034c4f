import type { Bytes } from '../../../shared/bytes.ts';
import { decodeDataAddress, isDataAddress } from '../data-address.ts';
import { baseName, type DroppedFiles, stemOf } from '../dropped-files.ts';
import type { ImportRun } from '../import-run.ts';
import type { TextureCollector } from '../texture-collector.ts';
import type { GltfBuffers } from './gltf-buffers.ts';
import type { Gltf, GltfTextureInfo } from './gltf-schema.ts';

const REPEAT = 10497;

/** Resolves the textures of a glTF file to the digests of their images. */
export class GltfTextures {
  readonly #gltf: Gltf;
  readonly #buffers: GltfBuffers;
  readonly #files: DroppedFiles;
  readonly #collector: TextureCollector;
  readonly #run: ImportRun;
  readonly #byImage = new Map<number, Promise<string | undefined>>();

  constructor(
    gltf: Gltf,
    buffers: GltfBuffers,
    files: DroppedFiles,
    collector: TextureCollector,
    run: ImportRun,
  ) {
    this.#gltf = gltf;
    this.#buffers = buffers;
    this.#files = files;
    this.#collector = collector;
    this.#run = run;
  }

  /**
   * The digest of a texture's image; empty where there is none or it was left out.
   * @throws {ThetaError<ImportCode>}
   */
  async resolve(info: GltfTextureInfo | undefined): Promise<string> {
    if (info === undefined) return '';
    const texture = this.#gltf.textures[info.index];
    if (texture === undefined) {
      throw this.#run.fault(
        'out_of_range',
        `refers to texture ${info.index}, which it does not have`,
      );
    }
    this.#warnOfLosses(info, texture.sampler);
    const image = texture.extensions?.EXT_texture_webp?.source ?? texture.source;
    if (image !== undefined) return (await this.#image(image)) ?? '';
    this.#run.warn('A texture has no image in a format that can be shown and was left out.');
    return '';
  }

  #warnOfLosses(info: GltfTextureInfo, sampler: number | undefined): void {
    if (info.texCoord !== 0) this.#run.warn('Textures use the first set of UV coordinates alone.');
    const { wrapS = REPEAT, wrapT = REPEAT } = this.#gltf.samplers[sampler ?? -1] ?? {};
    if (wrapS !== REPEAT || wrapT !== REPEAT) {
      this.#run.warn('Textures that clamp or mirror at their edges repeat instead.');
    }
  }

  #image(index: number): Promise<string | undefined> {
    const known = this.#byImage.get(index);
    if (known !== undefined) return known;
    const { bytes, name } = this.#imageFile(index);
    const digest = this.#collector.add(bytes, name);
    this.#byImage.set(index, digest);
    return digest;
  }

  #imageFile(index: number): { bytes: Bytes; name: string } {
    const image = this.#gltf.images[index];
    if (image === undefined) {
      throw this.#run.fault('out_of_range', `refers to image ${index}, which it does not have`);
    }
    const { uri, bufferView } = image;
    const name = image.name || `Image ${index + 1}`;
    if (bufferView !== undefined) return { bytes: this.#buffers.view(bufferView).bytes, name };
    if (uri === undefined)
      throw this.#run.fault('missing_file', `has no bytes for image "${name}"`);
    if (isDataAddress(uri)) return { bytes: decodeDataAddress(uri, this.#run), name };
    const file = this.#files.get(uri);
    return { bytes: file.bytes, name: image.name || stemOf(baseName(file.name)) };
  }
}
