import { GEOMETRY_LIMITS, type GeometryLimits } from '../../mesh/geometry-asset.ts';
import { MAX_ENTRIES_BLOB_BYTES } from '../../protocol/limits.ts';

/** What an import may hold. Whatever is over is refused before it costs memory. */
export interface ImportLimits {
  /** Bytes of the model and the files that came along. */
  readonly fileBytes: number;
  /** Of all meshes together, packed, and of each image: what the server takes as one blob. */
  readonly assetBytes: number;
  /** Entities that it makes. */
  readonly entities: number;
  /** Bytes of the transaction that makes them. */
  readonly transactionBytes: number;
  /** Levels of the hierarchy. */
  readonly depth: number;
  readonly images: number;
  /** Pixels along an image's longer side. */
  readonly imageSide: number;
  readonly geometry: GeometryLimits;
}

const MEBIBYTE = 1024 * 1024;

export const IMPORT_LIMITS: ImportLimits = {
  fileBytes: 256 * MEBIBYTE,
  assetBytes: 64 * MEBIBYTE,
  entities: 50_000,
  // Assets and labels take the rest.
  transactionBytes: MAX_ENTRIES_BLOB_BYTES - MEBIBYTE,
  depth: 256,
  images: 1024,
  imageSide: 8192,
  geometry: GEOMETRY_LIMITS,
};
