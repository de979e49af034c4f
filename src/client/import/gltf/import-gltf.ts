import type { Bytes } from '../../../shared/bytes.ts';
import type { DroppedFiles } from '../dropped-files.ts';
import { EntityCollector } from '../entity-collector.ts';
import { GeometryBuilder } from '../geometry-builder.ts';
import type { ImportRun } from '../import-run.ts';
import type { ModelParts } from '../model-parts.ts';
import { TextureCollector } from '../texture-collector.ts';
import { isGlb, readGlb } from './glb-container.ts';
import { GltfAccessors } from './gltf-accessors.ts';
import { GltfBuffers } from './gltf-buffers.ts';
import { decodeDraco } from './gltf-draco.ts';
import { checkExtensions } from './gltf-extensions.ts';
import { readMaterials } from './gltf-materials.ts';
import { GltfNodes } from './gltf-nodes.ts';
import { GltfPrimitives } from './gltf-primitives.ts';
import { GltfTextures } from './gltf-textures.ts';
import { meshoptReady } from './meshopt-buffers.ts';
import { parseGltfJson } from './parse-gltf-json.ts';

/**
 * Reads a `.glb` or `.gltf` file (glTF 2.0). Every reference, count and range is checked where it is
 * followed, so that there is no second description of the format to keep in step with the reader.
 * @throws {ThetaError<ImportCode>} naming the file and its fault
 */
export async function importGltf(
  bytes: Bytes,
  isBinary: boolean,
  files: DroppedFiles,
  run: ImportRun,
): Promise<ModelParts> {
  run.progress(0, 'Reading the file');
  const { json, binary } = isBinary || isGlb(bytes) ? readGlb(bytes, run) : textFile(bytes);
  const gltf = parseGltfJson(json, run);
  checkExtensions(gltf, run);
  await meshoptReady();
  const buffers = new GltfBuffers(gltf, binary, files, run);
  const textures = new TextureCollector(run);
  const geometry = new GeometryBuilder(run);
  const entities = new EntityCollector(run);
  run.progress(0, 'Reading textures');
  const images = new GltfTextures(gltf, buffers, files, textures, run);
  const materials = await readMaterials(gltf, images, run);
  const accessors = new GltfAccessors(gltf, buffers, run);
  await decodeDraco(gltf, buffers, accessors, run, run.dracoWasm);
  const primitives = new GltfPrimitives(accessors, geometry, run);
  new GltfNodes(gltf, primitives, materials, entities, run).read((fraction) =>
    run.progress(fraction, 'Reading meshes'),
  );
  return { geometry, textures, entities };
}

function textFile(json: Bytes): { json: Bytes; binary?: Bytes } {
  return { json };
}
