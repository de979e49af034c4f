import type { Input } from '../../../ecs/component.ts';
import { Material } from '../../../ecs/components/index.ts';
import type { DroppedFiles } from '../dropped-files.ts';
import type { PartMaterial } from '../entity-collector.ts';
import { fitComponent } from '../fit-component.ts';
import type { ImportRun } from '../import-run.ts';
import type { TextureCollector } from '../texture-collector.ts';
import type { ObjData } from './obj-data.ts';
import { type MtlMaterial, parseMtl } from './parse-mtl.ts';
import { srgbToLinear } from './srgb.ts';

export type ObjMaterials = ReadonlyMap<string, PartMaterial>;

/**
 * The materials that an OBJ file uses, by name. A material file or an image that did not come along
 * is told of and left out: the shapes are worth having without.
 * @throws {ThetaError<ImportCode>} when an image is broken
 */
export async function readObjMaterials(
  data: ObjData,
  files: DroppedFiles,
  textures: TextureCollector,
  run: ImportRun,
): Promise<ObjMaterials> {
  const described = readLibraries(data, files, run);
  const used = new Set(data.objects.flatMap((object) => [...object.parts.keys()]));
  const materials = new Map<string, PartMaterial>();
  for (const name of used) {
    const mtl = described.get(name);
    if (mtl === undefined) {
      if (name !== '') run.warn(`Material "${name}" is not described by any file that came along.`);
      continue;
    }
    const values = await convert(mtl, files, textures, run);
    const fitted = fitComponent(Material, values, `Material "${name}"`, run);
    materials.set(name, { title: name, values: fitted });
  }
  return materials;
}

function readLibraries(
  data: ObjData,
  files: DroppedFiles,
  run: ImportRun,
): Map<string, MtlMaterial> {
  const materials = new Map<string, MtlMaterial>();
  for (const library of data.libraries) {
    const file = files.findByName(library);
    if (file === undefined) {
      run.warn(`"${library}", which describes the materials, did not come along.`);
      continue;
    }
    for (const [name, mtl] of parseMtl(file.bytes, run)) materials.set(name, mtl);
  }
  return materials;
}

async function convert(
  mtl: MtlMaterial,
  files: DroppedFiles,
  textures: TextureCollector,
  run: ImportRun,
): Promise<Input<typeof Material>> {
  const image = (name: string | undefined) => readImage(name, files, textures, run);
  const opacity = finite(mtl.opacity, 1);
  return {
    color: [...linear(mtl.diffuse ?? [0.8, 0.8, 0.8]), opacity],
    emissive: [...linear(mtl.emissive ?? [0, 0, 0]), 1],
    roughness: finite(mtl.roughness, roughnessOf(mtl.shininess)),
    metalness: finite(mtl.metalness, 0),
    alphaMode: opacity < 1 ? 'blend' : 'opaque',
    baseColorMap: await image(mtl.diffuseMap),
    emissiveMap: await image(mtl.emissiveMap),
    normalMap: await image(mtl.normalMap),
  };
}

async function readImage(
  name: string | undefined,
  files: DroppedFiles,
  textures: TextureCollector,
  run: ImportRun,
): Promise<string> {
  if (!name) return '';
  const file = files.findByName(name);
  if (file !== undefined) return (await textures.add(file.bytes, file.name)) ?? '';
  run.warn(`Image "${name}" did not come along.`);
  return '';
}

/** The roughness whose lobe is as wide as that of a Blinn-Phong exponent (B. Karis, 2013). */
function roughnessOf(shininess: number | undefined): number {
  const exponent = Math.max(0, finite(shininess, 30));
  return Math.sqrt(Math.sqrt(2 / (exponent + 2)));
}

function linear(color: readonly number[]): number[] {
  return color.map((channel) => srgbToLinear(finite(channel, 0)));
}

function finite(value: number | undefined, fallback: number): number {
  return value !== undefined && Number.isFinite(value) ? value : fallback;
}
