import { Box3, type BufferGeometry } from 'three';
import { MeshBVH } from 'three-mesh-bvh';
import { messageOf } from '../../shared/errors.ts';
import { type Logger, silentLogger } from '../../shared/logger.ts';
import type { AssetSource } from '../assets.ts';
import { assetGeometry, placeholderGeometry } from './asset-geometry.ts';
import {
  type DetailValue,
  type PrimitiveValue,
  primitiveGeometry,
  primitiveKey,
} from './primitive-geometry.ts';

export type GeometryStatus = 'ready' | 'loading' | 'failed';

/** A geometry that several entities share, with what picking needs of it. */
export class SharedGeometry {
  readonly key: string;
  status: GeometryStatus;
  users = 0;
  #geometry: BufferGeometry;
  #box: Box3 | undefined;
  #bvh: MeshBVH | undefined;

  constructor(key: string, geometry: BufferGeometry, status: GeometryStatus) {
    this.key = key;
    this.status = status;
    this.#geometry = geometry;
  }

  get geometry(): BufferGeometry {
    return this.#geometry;
  }

  /** Bounds in the geometry's own space. */
  get box(): Box3 {
    this.#box ??= new Box3().setFromBufferAttribute(
      this.#geometry.getAttribute('position') as Parameters<Box3['setFromBufferAttribute']>[0],
    );
    return this.#box;
  }

  /** Built when first asked for; leaves the index as it is. */
  get bvh(): MeshBVH {
    this.#bvh ??= new MeshBVH(this.#geometry, { indirect: true });
    return this.#bvh;
  }

  /** Disposes of what it had and shows `geometry` from now on. */
  replace(geometry: BufferGeometry): void {
    this.dispose();
    this.#geometry = geometry;
    this.#box = undefined;
    this.#bvh = undefined;
  }

  dispose(): void {
    this.#geometry.dispose();
  }
}

/**
 * Geometries by what shapes them. `acquire…` counts a user, `release` ends it, and the last one's end
 * disposes. An asset's geometry is a placeholder until it has come: `onReady` says when to look again.
 */
export class GeometryCache {
  /** Called when an asset's geometry has come or is known not to come. */
  onReady: (geometry: SharedGeometry) => void = () => undefined;

  readonly #assets: AssetSource;
  readonly #logger: Logger;
  readonly #entries = new Map<string, SharedGeometry>();
  #failures = 0;

  constructor(assets: AssetSource, logger: Logger = silentLogger) {
    this.#assets = assets;
    this.#logger = logger;
  }

  /** How many different geometries there are. */
  get size(): number {
    return this.#entries.size;
  }

  /** How many assets could not be had. */
  get failures(): number {
    return this.#failures;
  }

  acquirePrimitive(value: PrimitiveValue, detail?: DetailValue): SharedGeometry {
    const key = primitiveKey(value, detail);
    const create = () => new SharedGeometry(key, primitiveGeometry(value, detail), 'ready');
    return this.#acquire(key, create);
  }

  acquireAsset(digest: string, index: number): SharedGeometry {
    const key = `asset:${digest}:${index}`;
    return this.#acquire(key, () => {
      const entry = new SharedGeometry(key, placeholderGeometry(), 'loading');
      void this.#load(entry, digest, index);
      return entry;
    });
  }

  release(geometry: SharedGeometry): void {
    geometry.users -= 1;
    if (geometry.users > 0) return;
    this.#entries.delete(geometry.key);
    geometry.dispose();
  }

  dispose(): void {
    for (const entry of this.#entries.values()) entry.dispose();
    this.#entries.clear();
  }

  #acquire(key: string, create: () => SharedGeometry): SharedGeometry {
    let entry = this.#entries.get(key);
    if (entry === undefined) {
      entry = create();
      this.#entries.set(key, entry);
    }
    entry.users += 1;
    return entry;
  }

  async #load(entry: SharedGeometry, digest: string, index: number): Promise<void> {
    try {
      const asset = await this.#assets.geometry(digest, index);
      if (this.#entries.get(entry.key) !== entry) return;
      entry.replace(assetGeometry(asset));
      entry.status = 'ready';
    } catch (error) {
      this.#failures += 1;
      entry.status = 'failed';
      this.#logger.warn('A geometry could not be loaded.', { digest, reason: messageOf(error) });
    }
    if (this.#entries.get(entry.key) === entry) this.onReady(entry);
  }
}
