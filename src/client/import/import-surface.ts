import type { BufferGeometry } from 'three';
import { firstNotFinite } from '../../mesh/geometry-asset.ts';
import { stemOf } from './dropped-files.ts';
import { EntityCollector } from './entity-collector.ts';
import { flatNormals } from './flat-normals.ts';
import { GeometryBuilder } from './geometry-builder.ts';
import type { ImportRun } from './import-run.ts';
import { NO_PARENT } from './imported-model.ts';
import type { ModelParts } from './model-parts.ts';
import { TextureCollector } from './texture-collector.ts';

/**
 * The one object of a file that is a surface and nothing else, as one of three's loaders has read it.
 * @throws {ThetaError<ImportCode>} for one without triangles, or with positions that are no numbers
 */
export function importSurface(surface: BufferGeometry, run: ImportRun): ModelParts {
  const position = surface.getAttribute('position');
  const indices = surface.index ? Uint32Array.from(surface.index.array) : undefined;
  const corners = indices?.length ?? position?.count ?? 0;
  if (position === undefined || corners < 3) {
    throw run.fault('nothing_to_import', 'has no triangles in it');
  }
  const geometry = new GeometryBuilder(run);
  geometry.reserve(position.count, corners);
  const positions = numbers(surface, 'position', 3) as Float32Array<ArrayBuffer>;
  if (firstNotFinite(positions) !== -1) {
    throw run.fault('not_finite', 'has a position that is not finite');
  }
  if (indices?.some((index) => index >= position.count)) {
    throw run.fault('out_of_range', 'names a vertex that it does not have');
  }
  if (!surface.getAttribute('normal') && indices) surface.computeVertexNormals();
  const normals = numbers(surface, 'normal', 3) ?? flatNormals(positions);
  const colors = numbers(surface, 'color', 3);
  const name = stemOf(run.file);
  const submesh = geometry.add({
    name,
    positions,
    normals,
    uvs: numbers(surface, 'uv', 2),
    colors: colors && withAlpha(colors),
    indices,
  });
  const entities = new EntityCollector(run);
  const material = { values: {} };
  entities.add(name, NO_PARENT, { transform: {} }, [{ submesh, material, name }]);
  return { geometry, textures: new TextureCollector(run), entities };
}

/** An attribute of `size` numbers a vertex, all of them finite; −0 becomes 0. */
function numbers(
  surface: BufferGeometry,
  name: string,
  size: number,
): Float32Array<ArrayBuffer> | undefined {
  const attribute = surface.getAttribute(name);
  if (attribute === undefined || attribute.itemSize !== size) return undefined;
  const values = new Float32Array(attribute.count * size);
  for (let i = 0; i < attribute.count; i++) {
    for (let k = 0; k < size; k++) values[i * size + k] = attribute.getComponent(i, k) + 0;
  }
  return name === 'position' || firstNotFinite(values) === -1 ? values : undefined;
}

function withAlpha(colors: Float32Array): Float32Array<ArrayBuffer> {
  const rgba = new Float32Array((colors.length / 3) * 4).fill(1);
  for (let i = 0; i < colors.length / 3; i++) rgba.set(colors.subarray(i * 3, i * 3 + 3), i * 4);
  return rgba;
}
