import { z } from 'zod';

/**
 * The parts of glTF 2.0 that an import reads, checked for type and range. References are checked
 * where they are followed; what is not named here is dropped.
 */

const index = z.int().min(0).max(0x7fffffff);
const count = z.int().min(0).max(0xffffffff);
const name = z.string().optional();
const vector = (length: number) => z.array(z.number()).length(length);
const factor = z.number().min(0).max(1);
const extensionNames = z.array(z.string()).optional();

const textureTransform = z.object({
  offset: vector(2).default([0, 0]),
  rotation: z.number().default(0),
  scale: vector(2).default([1, 1]),
});
export type GltfTextureTransform = z.infer<typeof textureTransform>;

const texture = z.object({
  index,
  texCoord: index.default(0),
  extensions: z.looseObject({ KHR_texture_transform: textureTransform.optional() }).optional(),
});
const normalTexture = texture.extend({ scale: z.number().default(1) });
const occlusionTexture = texture.extend({ strength: z.number().default(1) });

const emissiveStrength = z.object({ emissiveStrength: z.number().min(0).default(1) });

const material = z.object({
  name,
  pbrMetallicRoughness: z
    .object({
      baseColorFactor: vector(4).optional(),
      baseColorTexture: texture.optional(),
      metallicFactor: factor.optional(),
      roughnessFactor: factor.optional(),
      metallicRoughnessTexture: texture.optional(),
    })
    .optional(),
  normalTexture: normalTexture.optional(),
  occlusionTexture: occlusionTexture.optional(),
  emissiveTexture: texture.optional(),
  emissiveFactor: vector(3).optional(),
  alphaMode: z.enum(['OPAQUE', 'MASK', 'BLEND']).default('OPAQUE'),
  alphaCutoff: z.number().min(0).optional(),
  doubleSided: z.boolean().default(false),
  extensions: z
    .looseObject({ KHR_materials_emissive_strength: emissiveStrength.optional() })
    .optional(),
});

const sparse = z.object({
  count,
  indices: z.object({
    bufferView: index,
    byteOffset: count.default(0),
    componentType: z.union([z.literal(5121), z.literal(5123), z.literal(5125)]),
  }),
  values: z.object({ bufferView: index, byteOffset: count.default(0) }),
});

const accessor = z.object({
  bufferView: index.optional(),
  byteOffset: count.default(0),
  componentType: z.union([
    z.literal(5120),
    z.literal(5121),
    z.literal(5122),
    z.literal(5123),
    z.literal(5125),
    z.literal(5126),
  ]),
  normalized: z.boolean().default(false),
  count,
  type: z.enum(['SCALAR', 'VEC2', 'VEC3', 'VEC4', 'MAT2', 'MAT3', 'MAT4']),
  sparse: sparse.optional(),
});

/** `EXT_meshopt_compression`, and its successor by the same fields. */
const meshopt = z.object({
  buffer: index,
  byteOffset: count.default(0),
  byteLength: count,
  byteStride: z.int().min(1).max(256),
  count,
  mode: z.enum(['ATTRIBUTES', 'TRIANGLES', 'INDICES']),
  filter: z.enum(['NONE', 'OCTAHEDRAL', 'QUATERNION', 'EXPONENTIAL', 'COLOR']).default('NONE'),
});
export type GltfMeshopt = z.infer<typeof meshopt>;

const bufferView = z.object({
  buffer: index,
  byteOffset: count.default(0),
  byteLength: count,
  byteStride: z.int().min(1).max(252).optional(),
  extensions: z.looseObject({ EXT_meshopt_compression: meshopt.optional() }).optional(),
});

const primitive = z.object({
  attributes: z.record(z.string(), index),
  indices: index.optional(),
  material: index.optional(),
  mode: z.int().min(0).max(6).default(4),
  targets: z.array(z.unknown()).optional(),
  extensions: z
    .looseObject({
      KHR_draco_mesh_compression: z
        .object({ bufferView: index, attributes: z.record(z.string(), index) })
        .optional(),
    })
    .optional(),
});

const camera = z.object({
  name,
  type: z.enum(['perspective', 'orthographic']),
  perspective: z
    .object({ yfov: z.number().positive(), znear: z.number(), zfar: z.number().optional() })
    .optional(),
  orthographic: z.object({ ymag: z.number(), znear: z.number(), zfar: z.number() }).optional(),
});

const light = z.object({
  name,
  type: z.enum(['directional', 'point', 'spot']),
  color: vector(3).default([1, 1, 1]),
  intensity: z.number().min(0).default(1),
  range: z.number().positive().optional(),
  spot: z
    .object({
      innerConeAngle: z.number().min(0).default(0),
      outerConeAngle: z
        .number()
        .min(0)
        .default(Math.PI / 4),
    })
    .optional(),
});

const node = z.object({
  name,
  children: z.array(index).optional(),
  mesh: index.optional(),
  camera: index.optional(),
  skin: index.optional(),
  matrix: vector(16).optional(),
  translation: vector(3).optional(),
  rotation: vector(4).optional(),
  scale: vector(3).optional(),
  extensions: z
    .looseObject({ KHR_lights_punctual: z.object({ light: index }).optional() })
    .optional(),
});

const imageSource = z.object({ source: index });

export const gltfSchema = z.object({
  asset: z.object({ version: z.string(), minVersion: z.string().optional() }),
  extensionsUsed: extensionNames,
  extensionsRequired: extensionNames,
  scene: index.optional(),
  scenes: z.array(z.object({ name, nodes: z.array(index).default([]) })).default([]),
  nodes: z.array(node).default([]),
  meshes: z.array(z.object({ name, primitives: z.array(primitive) })).default([]),
  materials: z.array(material).default([]),
  textures: z
    .array(
      z.object({
        name,
        source: index.optional(),
        sampler: index.optional(),
        extensions: z.looseObject({ EXT_texture_webp: imageSource.optional() }).optional(),
      }),
    )
    .default([]),
  samplers: z
    .array(z.object({ wrapS: z.int().default(10497), wrapT: z.int().default(10497) }))
    .default([]),
  images: z
    .array(z.object({ name, uri: z.string().optional(), bufferView: index.optional() }))
    .default([]),
  accessors: z.array(accessor).default([]),
  bufferViews: z.array(bufferView).default([]),
  buffers: z.array(z.object({ uri: z.string().optional(), byteLength: count })).default([]),
  cameras: z.array(camera).default([]),
  animations: z.array(z.unknown()).default([]),
  extensions: z
    .looseObject({ KHR_lights_punctual: z.object({ lights: z.array(light) }).optional() })
    .optional(),
});

export type Gltf = z.infer<typeof gltfSchema>;
export type GltfAccessor = Gltf['accessors'][number];
export type GltfMaterial = Gltf['materials'][number];
export type GltfTextureInfo = z.infer<typeof texture>;
export type GltfPrimitive = Gltf['meshes'][number]['primitives'][number];
export type GltfNode = Gltf['nodes'][number];
export type GltfCamera = Gltf['cameras'][number];
export type GltfLight = z.infer<typeof light>;
