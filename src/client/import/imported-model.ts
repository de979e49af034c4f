import type { Input } from '../../ecs/component.ts';
import type {
  Camera,
  Light,
  Material,
  Mesh,
  TextureMapping,
  Transform,
} from '../../ecs/components/index.ts';
import type { Bytes } from '../../shared/bytes.ts';

/** A model file as the document takes it: nothing in it refers to the file any more. */
export interface ImportedModel {
  /** The file's name without its ending. */
  readonly name: string;
  /** Every mesh of the file in one asset; absent where it has none. */
  readonly geometry?: ImportedGeometry;
  readonly textures: readonly ImportedTexture[];
  /** Those that several entities wear together. */
  readonly materials: readonly ImportedMaterial[];
  /** Parents before their children. */
  readonly entities: readonly ImportedEntity[];
  /** Sentences on what the file has and the import left out. */
  readonly warnings: readonly string[];
}

export interface ImportedGeometry {
  /** A `Geometry` buffer (schema/geometry.fbs). */
  readonly bytes: Bytes;
  /** SHA-256 of the bytes, in hexadecimal. */
  readonly digest: string;
  readonly submeshes: number;
}

export interface ImportedTexture {
  /** The image file, as it was. */
  readonly bytes: Bytes;
  readonly mediaType: string;
  /** SHA-256 of the bytes, in hexadecimal. */
  readonly digest: string;
  readonly name: string;
}

export interface ImportedMaterial {
  readonly name: string;
  readonly components: Pick<ImportedComponents, 'material' | 'textureMapping'>;
}

/** The parent of an entity at the root of its model. */
export const NO_PARENT = -1;

export interface ImportedEntity {
  readonly name: string;
  /** Index of an entity before this one, or `NO_PARENT`. */
  readonly parent: number;
  /** Index of the material that it wears with others; its own is the same. */
  readonly wears?: number;
  readonly components: ImportedComponents;
}

export interface ImportedComponents {
  readonly transform: Input<typeof Transform>;
  readonly mesh?: Input<typeof Mesh>;
  readonly material?: Input<typeof Material>;
  readonly textureMapping?: Input<typeof TextureMapping>;
  readonly light?: Input<typeof Light>;
  readonly camera?: Input<typeof Camera>;
}
