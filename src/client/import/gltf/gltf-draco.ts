import type { ImportRun } from '../import-run.ts';
import { DracoReader, type DracoWasm } from './draco-decoder.ts';
import type { GltfAccessors } from './gltf-accessors.ts';
import type { GltfBuffers } from './gltf-buffers.ts';
import type { Gltf, GltfPrimitive } from './gltf-schema.ts';

/** Puts what a file has compressed with Draco where its accessors look for it. */
export async function decodeDraco(
  gltf: Gltf,
  buffers: GltfBuffers,
  accessors: GltfAccessors,
  run: ImportRun,
  wasm?: DracoWasm,
): Promise<void> {
  const packed = gltf.meshes
    .flatMap(({ primitives }) => primitives)
    .filter(({ extensions }) => extensions?.KHR_draco_mesh_compression !== undefined);
  if (packed.length === 0) return;
  run.progress(null, 'Decompressing meshes');
  const reader = await DracoReader.load(run, wasm);
  const known = new Set<string>();
  for (const primitive of packed) {
    // Primitives that differ in their material alone share their data.
    const key = JSON.stringify([primitive.attributes, primitive.indices]);
    if (!known.has(key)) decodePrimitive(primitive, { gltf, buffers, accessors, reader, run });
    known.add(key);
  }
}

interface DracoContext {
  readonly gltf: Gltf;
  readonly buffers: GltfBuffers;
  readonly accessors: GltfAccessors;
  readonly reader: DracoReader;
  readonly run: ImportRun;
}

function decodePrimitive(primitive: GltfPrimitive, context: DracoContext): void {
  const { gltf, buffers, accessors, reader, run } = context;
  const draco = primitive.extensions?.KHR_draco_mesh_compression;
  const indices = primitive.indices;
  const position = primitive.attributes.POSITION;
  if (draco === undefined || indices === undefined || position === undefined) {
    throw run.fault('malformed', 'has a Draco mesh without indices or positions');
  }
  const points = accessors.countOf(position, run.limits.geometry.vertices);
  const corners = accessors.countOf(indices, run.limits.geometry.indices);
  const { bytes } = buffers.view(draco.bufferView);
  const part = reader.decode(bytes, draco.attributes, { points, indices: corners });
  accessors.provideIndices(indices, part.indices);
  for (const [name, { size, values }] of part.attributes) {
    const index = primitive.attributes[name];
    if (index === undefined) continue;
    if (gltf.accessors[index]?.count !== part.points) {
      throw run.fault(
        'malformed',
        `has ${part.points} of ${name} in its Draco data, not what it says`,
      );
    }
    accessors.provide(index, { count: part.points, size, values });
  }
}
