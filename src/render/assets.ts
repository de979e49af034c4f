import type { Texture } from 'three';

/** Triangles as plain arrays; lengths agree with one another. */
export interface GeometryAsset {
  /** x, y, z a vertex. */
  readonly positions: Float32Array<ArrayBuffer>;
  /** x, y, z a vertex; computed when missing. */
  readonly normals?: Float32Array<ArrayBuffer>;
  /** u, v a vertex, v downwards as in glTF. */
  readonly uvs?: Float32Array<ArrayBuffer>;
  /** Linear r, g, b, a a vertex. */
  readonly colors?: Float32Array<ArrayBuffer>;
  /** Three vertices a triangle; without them every three vertices are one. */
  readonly indices?: Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;
}

/** Where the renderer gets what documents name by content hash. Rejects when there is no such asset. */
export interface AssetSource {
  geometry(digest: string, index: number): Promise<GeometryAsset>;
  texture(digest: string): Promise<ImageBitmap | Texture>;
}

/** A source that has nothing. */
export const NO_ASSETS: AssetSource = {
  geometry: (digest) => Promise.reject(new Error(`There is no geometry ${digest}.`)),
  texture: (digest) => Promise.reject(new Error(`There is no texture ${digest}.`)),
};
