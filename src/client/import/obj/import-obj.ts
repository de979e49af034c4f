import type { Submesh } from '../../../protocol/generated/types.ts';
import type { Bytes } from '../../../shared/bytes.ts';
import { type DroppedFiles, stemOf } from '../dropped-files.ts';
import { EntityCollector, type MeshPart } from '../entity-collector.ts';
import { GeometryBuilder } from '../geometry-builder.ts';
import type { ImportRun } from '../import-run.ts';
import { NO_PARENT } from '../imported-model.ts';
import type { ModelParts } from '../model-parts.ts';
import { TextureCollector } from '../texture-collector.ts';
import { CORNER_SIZE, NO_INDEX, type ObjData, type ObjPart } from './obj-data.ts';
import { type ObjMaterials, readObjMaterials } from './obj-materials.ts';
import { fillNormals } from './obj-normals.ts';
import { parseObj } from './parse-obj.ts';
import { srgbToLinear } from './srgb.ts';
import { type ObjCorner, VertexTable } from './vertex-table.ts';

/**
 * Reads an OBJ file: an entity for each object or group, with a child for each of its materials where
 * it has several. Its numbers count as metres, y is up.
 * @throws {ThetaError<ImportCode>} naming the file and its fault
 */
export async function importObj(
  bytes: Bytes,
  files: DroppedFiles,
  run: ImportRun,
): Promise<ModelParts> {
  const data = parseObj(bytes, run);
  fillNormals(data);
  const textures = new TextureCollector(run);
  const materials = await readObjMaterials(data, files, textures, run);
  const geometry = new GeometryBuilder(run);
  const entities = new EntityCollector(run);
  for (const [index, object] of data.objects.entries()) {
    const name = object.name || stemOf(run.file);
    const parts = [...object.parts.values()].map((part) =>
      meshPart(data, part, name, object.parts.size > 1, materials, geometry),
    );
    entities.add(name, NO_PARENT, { transform: {} }, parts);
    run.progress((index + 1) / data.objects.length, 'Reading meshes');
  }
  return { geometry, textures, entities };
}

function meshPart(
  data: ObjData,
  part: ObjPart,
  objectName: string,
  isOneOfMany: boolean,
  materials: ObjMaterials,
  geometry: GeometryBuilder,
): MeshPart {
  const name = isOneOfMany ? `${objectName} ${part.material}`.trim() : objectName;
  const submesh = geometry.add(buildSubmesh(data, part, name, geometry));
  return { submesh, material: materials.get(part.material) ?? { values: {} }, name };
}

function buildSubmesh(
  data: ObjData,
  { corners }: ObjPart,
  name: string,
  geometry: GeometryBuilder,
): Submesh {
  const table = new VertexTable();
  const indices = new Uint32Array(corners.length / CORNER_SIZE);
  for (let i = 0; i < indices.length; i++) {
    const at = i * CORNER_SIZE;
    indices[i] = table.indexOf(corners[at]!, corners[at + 1]!, corners[at + 2]!);
  }
  const vertices = table.corners;
  geometry.reserve(vertices.length, indices.length);
  const hasUvs = vertices.some(({ uv }) => uv !== NO_INDEX);
  return {
    name,
    positions: gather(vertices, 3, ({ position }, i) => data.positions[position * 3 + i]!),
    normals: gather(vertices, 3, ({ normal }, i) => data.normals[normal * 3 + i]!),
    uvs: hasUvs ? gather(vertices, 2, (corner, i) => uvOf(data, corner, i)) : undefined,
    colors: data.colors.length > 0 ? gatherColors(data, vertices) : undefined,
    indices,
  };
}

/** OBJ counts v upwards, our assets downwards. */
function uvOf(data: ObjData, { uv }: ObjCorner, i: number): number {
  if (uv === NO_INDEX) return 0;
  const value = data.uvs[uv * 2 + i]!;
  return i === 0 ? value : 1 - value;
}

function gatherColors(data: ObjData, vertices: readonly ObjCorner[]): Float32Array<ArrayBuffer> {
  return gather(vertices, 4, ({ position }, i) =>
    i === 3 ? 1 : srgbToLinear(data.colors[position * 3 + i]!),
  );
}

/** An attribute of `size` numbers for each vertex; −0 becomes 0. */
function gather(
  vertices: readonly ObjCorner[],
  size: number,
  read: (corner: ObjCorner, i: number) => number,
): Float32Array<ArrayBuffer> {
  const values = new Float32Array(vertices.length * size);
  for (const [index, corner] of vertices.entries()) {
    for (let i = 0; i < size; i++) values[index * size + i] = read(corner, i) + 0;
  }
  return values;
}
