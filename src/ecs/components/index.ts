import type { Component } from '../component.ts';
import { Asset } from './asset.ts';
import { Camera } from './camera.ts';
import { Flags } from './flags.ts';
import { Hierarchy } from './hierarchy.ts';
import { Light } from './light.ts';
import { Material } from './material.ts';
import { Mesh } from './mesh.ts';
import { Name } from './name.ts';
import { Primitive } from './primitive.ts';
import { Transform } from './transform.ts';

export { Asset, Camera, Flags, Hierarchy, Light, Material, Mesh, Name, Primitive, Transform };

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
];
