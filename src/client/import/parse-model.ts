import { encode } from '../../protocol/codec.ts';
import { sha256Hex } from '../assets/sha256.ts';
import { clipName } from './clip-name.ts';
import { DroppedFiles, extensionOf, type NamedBytes, stemOf } from './dropped-files.ts';
import type { GeometryBuilder } from './geometry-builder.ts';
import { importGltf } from './gltf/import-gltf.ts';
import { fileTooLarge, ImportRun, type ImportRunOptions } from './import-run.ts';
import type { ImportedGeometry, ImportedModel } from './imported-model.ts';
import type { ModelParts } from './model-parts.ts';
import { importObj } from './obj/import-obj.ts';
import { importPly } from './ply/import-ply.ts';
import { importStl } from './stl/import-stl.ts';

/**
 * Reads a model file. Needs no DOM: it runs in a worker, in a page and in Node.
 * @param model a `.glb`, `.gltf`, `.obj`, `.stl` or `.ply` file
 * @param companions files that the model may refer to
 * @throws {ThetaError<ImportCode>} whose message names the file and its fault
 */
export async function parseModel(
  model: NamedBytes,
  companions: readonly NamedBytes[] = [],
  options: ImportRunOptions = {},
): Promise<ImportedModel> {
  const run = new ImportRun(model.name, options);
  checkSizes(run, model, companions);
  const parts = await readParts(model, new DroppedFiles(run, companions), run);
  run.progress(null, 'Packing meshes');
  const geometry = await pack(parts.geometry, run);
  const entities = parts.entities.entitiesWith(geometry?.digest);
  if (entities.length === 0) throw run.fault('nothing_to_import', 'has nothing in it to import');
  return {
    name: clipName(stemOf(model.name), 'Model'),
    ...(geometry && { geometry }),
    textures: parts.textures.textures,
    materials: parts.entities.materials,
    entities,
    warnings: run.warnings,
  };
}

const CHOOSE = 'choose a .glb, .gltf, .obj, .stl or .ply file';

function checkSizes(run: ImportRun, model: NamedBytes, companions: readonly NamedBytes[]): void {
  if (model.bytes.length === 0) throw run.fault('empty', 'is empty');
  const total = companions.reduce((sum, { bytes }) => sum + bytes.length, model.bytes.length);
  if (total > run.limits.fileBytes) throw fileTooLarge(model.name, total, run.limits);
}

async function readParts(
  model: NamedBytes,
  files: DroppedFiles,
  run: ImportRun,
): Promise<ModelParts> {
  switch (extensionOf(model.name)) {
    case 'glb':
      return importGltf(model.bytes, true, files, run);
    case 'gltf':
      return importGltf(model.bytes, false, files, run);
    case 'obj':
      return importObj(model.bytes, files, run);
    case 'stl':
      return importStl(model.bytes, run);
    case 'ply':
      return importPly(model.bytes, run);
    default:
      throw run.fault('unsupported_format', `cannot be imported: ${CHOOSE}`);
  }
}

async function pack(
  builder: GeometryBuilder,
  run: ImportRun,
): Promise<ImportedGeometry | undefined> {
  if (builder.size === 0) return undefined;
  const bytes = encode('Geometry', builder.geometry);
  if (bytes.length > run.limits.assetBytes) {
    const most = Math.round(run.limits.assetBytes / 2 ** 20);
    const size = Math.ceil(bytes.length / 2 ** 20);
    throw run.fault('too_large', `has meshes of ${size} MiB; at most ${most} MiB can be shared`);
  }
  return { bytes, digest: await sha256Hex(bytes), submeshes: builder.size };
}
