import {
  LinearMipmapLinearFilter,
  NoColorSpace,
  RepeatWrapping,
  SRGBColorSpace,
  Texture,
} from 'three';
import { messageOf } from '../../shared/errors.ts';
import { type Logger, silentLogger } from '../../shared/logger.ts';
import type { AssetSource } from '../assets.ts';
import { type MappingValue, mappingKey } from './material-value.ts';

const ANISOTROPY = 8;

interface Entry {
  readonly promise: Promise<Texture | undefined>;
  texture: Texture | undefined;
  users: number;
}

/** What a texture is for. */
export interface TextureUse {
  readonly digest: string;
  /** Colours are sRGB, everything else is data. */
  readonly isColor: boolean;
  readonly mapping: MappingValue;
}

/** Textures by content hash and use. */
export class TextureCache {
  readonly #assets: AssetSource;
  readonly #logger: Logger;
  readonly #entries = new Map<string, Entry>();
  #failures = 0;

  constructor(assets: AssetSource, logger: Logger = silentLogger) {
    this.#assets = assets;
    this.#logger = logger;
  }

  get failures(): number {
    return this.#failures;
  }

  /** Counts a user; resolves with undefined where the texture cannot be had or is no longer wanted. */
  acquire(use: TextureUse): Promise<Texture | undefined> {
    const key = textureKey(use);
    let entry = this.#entries.get(key);
    if (entry === undefined) {
      const promise = this.#load(key, use);
      entry = { promise, texture: undefined, users: 0 };
      this.#entries.set(key, entry);
    }
    entry.users += 1;
    return entry.promise;
  }

  release(use: TextureUse): void {
    const key = textureKey(use);
    const entry = this.#entries.get(key);
    if (entry === undefined) return;
    entry.users -= 1;
    if (entry.users > 0) return;
    this.#entries.delete(key);
    entry.texture?.dispose();
  }

  dispose(): void {
    for (const entry of this.#entries.values()) entry.texture?.dispose();
    this.#entries.clear();
  }

  async #load(key: string, use: TextureUse): Promise<Texture | undefined> {
    const { digest } = use;
    try {
      const source = await this.#assets.texture(digest);
      const entry = this.#entries.get(key);
      if (entry === undefined) return undefined;
      entry.texture = configured(source, use);
      return entry.texture;
    } catch (error) {
      this.#failures += 1;
      this.#logger.warn('A texture could not be loaded.', { digest, reason: messageOf(error) });
      return undefined;
    }
  }
}

function textureKey({ digest, isColor, mapping }: TextureUse): string {
  return `${digest}:${isColor ? 'color' : 'data'}:${mappingKey(mapping)}`;
}

/** A texture of our own over the source's image, so that disposing of it takes nothing from others. */
function configured(
  source: ImageBitmap | Texture,
  { isColor, mapping: { tiling, offset, rotation } }: TextureUse,
): Texture {
  const texture = source instanceof Texture ? source.clone() : new Texture(source);
  texture.colorSpace = isColor ? SRGBColorSpace : NoColorSpace;
  texture.repeat.fromArray(tiling);
  texture.offset.fromArray(offset);
  texture.rotation = rotation;
  texture.flipY = false;
  texture.wrapS = RepeatWrapping;
  texture.wrapT = RepeatWrapping;
  texture.minFilter = LinearMipmapLinearFilter;
  texture.generateMipmaps = true;
  texture.anisotropy = ANISOTROPY;
  texture.needsUpdate = true;
  return texture;
}
