import { BufferAttribute, BufferGeometry, OctahedronGeometry } from 'three';
import type { GeometryAsset } from '../assets.ts';

const PLACEHOLDER_RADIUS = 0.2;

/** A geometry over the asset's own arrays. The caller disposes. */
export function assetGeometry(asset: GeometryAsset): BufferGeometry {
  const geometry = new BufferGeometry();
  geometry.setAttribute('position', new BufferAttribute(asset.positions, 3));
  if (asset.normals) geometry.setAttribute('normal', new BufferAttribute(asset.normals, 3));
  if (asset.uvs) geometry.setAttribute('uv', new BufferAttribute(asset.uvs, 2));
  if (asset.colors) geometry.setAttribute('color', new BufferAttribute(asset.colors, 4));
  if (asset.indices) geometry.setIndex(new BufferAttribute(asset.indices, 1));
  if (!asset.normals) geometry.computeVertexNormals();
  return geometry;
}

/** What is drawn where a geometry is still on its way, or could not be had: small, and easy to pick. */
export function placeholderGeometry(): BufferGeometry {
  return new OctahedronGeometry(PLACEHOLDER_RADIUS, 0);
}

/** Whether a material over this geometry should multiply by vertex colours. */
export function hasVertexColors(geometry: BufferGeometry): boolean {
  return geometry.hasAttribute('color');
}
