import type { Component } from '../component.ts';
import { Asset } from './asset.ts';
import { Camera } from './camera.ts';
import { Environment } from './environment.ts';
import { Flags } from './flags.ts';
import { Fog } from './fog.ts';
import { Hierarchy } from './hierarchy.ts';
import { Light } from './light.ts';
import { Material } from './material.ts';
import { Mesh } from './mesh.ts';
import { Name } from './name.ts';
import { Primitive } from './primitive.ts';
import { ShapeDetail } from './shape-detail.ts';
import { MaterialLink, SharedMaterial } from './shared-material.ts';
import { TextureMapping } from './texture-mapping.ts';
import { Transform } from './transform.ts';

export {
  Asset,
  Camera,
  Environment,
  Flags,
  Fog,
  Hierarchy,
  Light,
  Material,
  MaterialLink,
  Mesh,
  Name,
  Primitive,
  ShapeDetail,
  SharedMaterial,
  TextureMapping,
  Transform,
};

/**
 * What a document is made of, in its canonical order: snapshots, hashes and the manifest go by it.
 * It only ever grows at its end.
 */
export const DOCUMENT_COMPONENTS: readonly Component[] = [
  Name,
  Hierarchy,
  Transform,
  Primitive,
  Mesh,
  Material,
  Light,
  Camera,
  Flags,
  Asset,
  ShapeDetail,
  TextureMapping,
  SharedMaterial,
  MaterialLink,
  Environment,
  Fog,
];

/** Entities with one of these are records of the document, and no objects of the scene. */
export const RECORDS: readonly Component[] = [Asset, SharedMaterial];
