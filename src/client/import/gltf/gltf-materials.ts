import type { Input } from '../../../ecs/component.ts';
import { Material, TextureMapping } from '../../../ecs/components/index.ts';
import type { PartMaterial } from '../entity-collector.ts';
import { fitComponent } from '../fit-component.ts';
import type { ImportRun } from '../import-run.ts';
import type { Gltf, GltfMaterial, GltfTextureTransform } from './gltf-schema.ts';
import type { GltfTextures } from './gltf-textures.ts';

/** What a mesh without a material has (glTF 2.0, section 3.9). */
const DEFAULT_MATERIAL: NamedMaterial = {
  name: undefined,
  values: { color: [1, 1, 1, 1], metalness: 1, roughness: 1 },
};

export interface NamedMaterial extends PartMaterial {
  /** In the file. */
  readonly name: string | undefined;
}

/**
 * Every material of a glTF file as our component, in the file's order. Factors are linear in both.
 * @throws {ThetaError<ImportCode>} when a texture cannot be read
 */
export async function readMaterials(
  gltf: Gltf,
  textures: GltfTextures,
  run: ImportRun,
): Promise<readonly NamedMaterial[]> {
  const materials: NamedMaterial[] = [];
  for (const [index, material] of gltf.materials.entries()) {
    const label = `Material "${material.name || index}"`;
    const values = await readMaterial(material, textures);
    const mapping = fitComponent(TextureMapping, mappingOf(material, label, run), label, run);
    materials.push({
      name: material.name,
      title: material.name || `Material ${index + 1}`,
      values: fitComponent(Material, values, label, run),
      ...(Object.keys(mapping).length > 0 && { mapping }),
    });
  }
  return materials;
}

/** The material of a primitive. */
export function materialOf(
  materials: readonly NamedMaterial[],
  index: number | undefined,
  run: ImportRun,
): NamedMaterial {
  if (index === undefined) return DEFAULT_MATERIAL;
  const material = materials[index];
  if (material !== undefined) return material;
  throw run.fault('out_of_range', `refers to material ${index}, which it does not have`);
}

async function readMaterial(
  material: GltfMaterial,
  textures: GltfTextures,
): Promise<Input<typeof Material>> {
  const pbr = material.pbrMetallicRoughness ?? {};
  const strength = material.extensions?.KHR_materials_emissive_strength?.emissiveStrength ?? 1;
  return {
    color: pbr.baseColorFactor ?? [1, 1, 1, 1],
    metalness: pbr.metallicFactor ?? 1,
    roughness: pbr.roughnessFactor ?? 1,
    emissive: [...(material.emissiveFactor ?? [0, 0, 0]), 1],
    emissiveIntensity: strength,
    alphaMode: ALPHA_MODES[material.alphaMode],
    alphaCutoff: material.alphaCutoff ?? 0.5,
    doubleSided: material.doubleSided,
    baseColorMap: await textures.resolve(pbr.baseColorTexture),
    normalMap: await textures.resolve(material.normalTexture),
    metallicRoughnessMap: await textures.resolve(pbr.metallicRoughnessTexture),
    emissiveMap: await textures.resolve(material.emissiveTexture),
    occlusionMap: await textures.resolve(material.occlusionTexture),
  };
}

const ALPHA_MODES = { OPAQUE: 'opaque', MASK: 'mask', BLEND: 'blend' } as const;

/** All maps of our materials lie alike. */
function mappingOf(
  material: GltfMaterial,
  label: string,
  run: ImportRun,
): Input<typeof TextureMapping> {
  const { pbrMetallicRoughness: pbr, normalTexture, occlusionTexture, emissiveTexture } = material;
  const infos = [
    pbr?.baseColorTexture,
    pbr?.metallicRoughnessTexture,
    normalTexture,
    occlusionTexture,
    emissiveTexture,
  ].filter((info) => info !== undefined);
  const [first = UNMOVED, ...others] = infos.map(
    (info) => info.extensions?.KHR_texture_transform ?? UNMOVED,
  );
  if (others.some((other) => !isAlike(first, other))) {
    run.warn(`${label}: its maps lie differently; all lie as its first one.`);
  }
  return {
    tiling: first.scale,
    offset: first.offset,
    rotation: first.rotation,
    normalScale: normalTexture?.scale ?? 1,
    occlusionStrength: occlusionTexture?.strength ?? 1,
  };
}

const UNMOVED: GltfTextureTransform = { offset: [0, 0], rotation: 0, scale: [1, 1] };

function isAlike(a: GltfTextureTransform, b: GltfTextureTransform): boolean {
  const numbers = ({ offset, rotation, scale }: GltfTextureTransform) => [
    ...offset,
    rotation,
    ...scale,
  ];
  return numbers(a).every((each, i) => each === numbers(b)[i]);
}
