import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DOCUMENT_COMPONENTS } from '../../ecs/components/index.ts';
import { componentProblem } from '../../ecs/validate.ts';
import type { Bytes } from '../../shared/bytes.ts';
import type { NamedBytes } from './dropped-files.ts';
import type { ImportedModel } from './imported-model.ts';
import { parseModel } from './parse-model.ts';
import { GltfBuilder, glb, type Json, TRIANGLE, triangleGltf } from './testing/build-gltf.ts';
import { pngHeader, webpHeader } from './testing/images.ts';
import { readGeometry } from './testing/read-geometry.ts';

const CONTROLLER: Bytes = new Uint8Array(readFileSync('e2e/fixtures/touch-controller.glb'));

const parse = (bytes: Bytes, companions: readonly NamedBytes[] = []): Promise<ImportedModel> =>
  parseModel({ name: 'model.glb', bytes }, companions);

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

describe('a controller as its maker exported it', () => {
  it('keeps every name and the whole hierarchy', async () => {
    const { entities, name, warnings } = await parse(CONTROLLER);
    expect(name).toBe('model');
    expect(warnings).toEqual([]);
    expect(entities).toHaveLength(31);
    expect(entities[0]).toMatchObject({ name: 'root', parent: -1 });
    expect(new Set(entities.map((entity) => entity.name)).size).toBe(31);
    const button = entities.find((entity) => entity.name === 'x_button_pressed_value')!;
    expect(entities[button.parent]!.name).toBe('root');
    for (const [index, { parent }] of entities.entries()) expect(parent).toBeLessThan(index);
  });

  it('D5: packs its meshes into one asset that the verifier takes', async () => {
    const model = await parse(CONTROLLER);
    const submeshes = readGeometry(model);
    expect(submeshes).toHaveLength(6);
    expect(model.geometry).toMatchObject({
      submeshes: 6,
      digest: sha256(model.geometry!.bytes),
    });
    const meshes = model.entities.flatMap(({ components }) => components.mesh ?? []);
    expect(meshes.map((mesh) => mesh.asset)).toEqual(Array(6).fill(model.geometry!.digest));
    expect(meshes.map((mesh) => mesh.index)).toEqual([0, 1, 2, 3, 4, 5]);
    for (const submesh of submeshes) {
      expect(submesh.uvs!.length / 2).toBe(submesh.positions.length / 3);
      expect(submesh.normals!.length).toBe(submesh.positions.length);
    }
  });

  it('keeps its image byte for byte, and points the material at it', async () => {
    const { textures, entities } = await parse(CONTROLLER);
    expect(textures).toHaveLength(1);
    const [texture] = textures;
    expect(texture).toMatchObject({ mediaType: 'image/png', digest: sha256(texture!.bytes) });
    expect(texture!.name).toBe('crystalControllers_left_BaseColor');
    const mesh = entities.find((entity) => entity.name === 'controller_mesh')!;
    expect(mesh.components.material).toMatchObject({
      baseColorMap: texture!.digest,
      doubleSided: true,
    });
  });

  it('gives nothing that a component would refuse', async () => {
    const { entities } = await parse(CONTROLLER);
    for (const { components } of entities) {
      for (const [name, value] of Object.entries(components)) {
        const component = DOCUMENT_COMPONENTS.find((each) => each.name === name)!;
        expect(componentProblem(component, value as Record<string, unknown>)).toBeUndefined();
      }
    }
  });

  it('gives the same bytes each time', async () => {
    const [first, second] = await Promise.all([parse(CONTROLLER), parse(CONTROLLER)]);
    expect(second.geometry!.digest).toBe(first.geometry!.digest);
  });
});

/** The only mesh of a file with the given attributes and options of its primitive. */
async function onlySubmesh(make: (builder: GltfBuilder) => Json) {
  const builder = new GltfBuilder();
  const primitive = make(builder);
  const parts = { nodes: [{ mesh: 0 }], meshes: [{ primitives: [primitive] }] };
  const model = await parse(builder.glb(parts));
  return { submesh: readGeometry(model)[0]!, model };
}

describe('geometry', () => {
  it('gives flat normals to a mesh that has none', async () => {
    const { submesh } = await onlySubmesh((builder) => ({
      attributes: { POSITION: builder.accessor('VEC3', TRIANGLE) },
    }));
    expect([...submesh.normals!]).toEqual([0, 0, 1, 0, 0, 1, 0, 0, 1]);
    expect(submesh.indices).toBeUndefined();
  });

  it('makes triangles of strips and fans, all facing one way', async () => {
    const square = new Float32Array([0, 0, 0, 1, 0, 0, 0, 1, 0, 1, 1, 0]);
    const strip = await onlySubmesh((builder) => ({
      mode: 5,
      attributes: { POSITION: builder.accessor('VEC3', square) },
    }));
    expect([...strip.submesh.normals!].filter((_, i) => i % 3 === 2)).toEqual(Array(6).fill(1));
    const around = new Float32Array([0, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0]);
    const fan = await onlySubmesh((builder) => ({
      mode: 6,
      attributes: { POSITION: builder.accessor('VEC3', around) },
    }));
    expect([...fan.submesh.normals!].filter((_, i) => i % 3 === 2)).toEqual(Array(6).fill(1));
    expect(fan.submesh.positions).toHaveLength(18);
  });

  it('keeps of a shared array only the vertices that the mesh has', async () => {
    const many = new Float32Array(300 * 3).map((_, i) => i);
    const { submesh } = await onlySubmesh((builder) => ({
      attributes: {
        POSITION: builder.accessor('VEC3', many),
        NORMAL: builder.accessor('VEC3', new Float32Array(900).fill(1)),
      },
      indices: builder.accessor('SCALAR', new Uint16Array([200, 201, 202, 202, 201, 203])),
    }));
    expect([...submesh.positions.subarray(0, 3)]).toEqual([600, 601, 602]);
    expect(submesh.positions).toHaveLength(4 * 3);
    expect([...submesh.indices!]).toEqual([0, 1, 2, 2, 1, 3]);
  });

  it('reads interleaved, quantised and normalised attributes', async () => {
    const { submesh } = await onlySubmesh((builder) => {
      const bytes = new Uint8Array(3 * 16);
      const view = new DataView(bytes.buffer);
      TRIANGLE.forEach((value, i) => {
        view.setFloat32(Math.floor(i / 3) * 16 + (i % 3) * 4, value, true);
      });
      bytes.set([255, 0, 51, 0], 12);
      const bufferView = builder.view(bytes, { byteStride: 16 });
      const base = { bufferView, count: 3, type: 'VEC3' };
      return {
        attributes: {
          POSITION: builder.accessors.push({ ...base, componentType: 5126 }) - 1,
          COLOR_0:
            builder.accessors.push({
              ...base,
              componentType: 5121,
              byteOffset: 12,
              normalized: true,
            }) - 1,
        },
      };
    });
    expect([...submesh.positions]).toEqual([...TRIANGLE]);
    expect([...submesh.colors!.subarray(0, 4)]).toEqual([1, 0, Math.fround(0.2), 1]);
  });

  it('replaces the elements that a sparse accessor lists', async () => {
    const { submesh } = await onlySubmesh((builder) => {
      const indices = { bufferView: builder.view(new Uint8Array([1])), componentType: 5121 };
      const values = {
        bufferView: builder.view(new Uint8Array(new Float32Array([7, 8, 9]).buffer)),
      };
      const sparse = { count: 1, indices, values };
      return { attributes: { POSITION: builder.accessor('VEC3', TRIANGLE, { sparse }) } };
    });
    expect([...submesh.positions]).toEqual([0, 0, 0, 7, 8, 9, 0, 1, 0]);
  });

  it('O6: turns −0 into 0', async () => {
    const { submesh } = await onlySubmesh((builder) => ({
      attributes: {
        POSITION: builder.accessor(
          'VEC3',
          TRIANGLE.map((value) => value || -0),
        ),
      },
    }));
    expect([...submesh.positions].some((value) => Object.is(value, -0))).toBe(false);
  });

  it('leaves out normals that are not finite, and makes its own', async () => {
    const { submesh, model } = await onlySubmesh((builder) => ({
      attributes: {
        POSITION: builder.accessor('VEC3', TRIANGLE),
        NORMAL: builder.accessor('VEC3', new Float32Array(9).fill(Number.NaN)),
      },
    }));
    expect([...submesh.normals!.subarray(0, 3)]).toEqual([0, 0, 1]);
    expect(model.warnings).toEqual([expect.stringContaining('NORMAL')]);
  });

  it('stores primitives that differ in their material alone only once', async () => {
    const bytes = triangleGltf((json) => {
      const [mesh] = json.meshes as { primitives: Json[] }[];
      json.materials = [{ name: 'Red' }, { name: 'Blue' }];
      const [primitive] = mesh!.primitives;
      mesh!.primitives = [0, 1].map((material) => ({ ...primitive, material }));
    });
    const model = await parse(bytes);
    expect(readGeometry(model)).toHaveLength(1);
    expect(model.entities.map(({ name, parent }) => [name, parent])).toEqual([
      ['Triangle', -1],
      ['Triangle Red', 0],
      ['Triangle Blue', 0],
    ]);
  });

  it('leaves out points and lines, and says so', async () => {
    const builder = new GltfBuilder();
    const POSITION = builder.accessor('VEC3', TRIANGLE);
    const meshes = [{ name: 'Cloud', primitives: [{ mode: 0, attributes: { POSITION } }] }];
    const model = await parse(builder.glb({ nodes: [{ mesh: 0 }], meshes }));
    expect(model.geometry).toBeUndefined();
    expect(model.entities.map((entity) => entity.name)).toEqual(['Cloud']);
    expect(model.warnings).toEqual(['"Cloud" consists of points or lines and was left out.']);
  });
});

/** The entities of a file that has no meshes. */
const nodesOf = async (parts: Json) =>
  (await parse(glb({ asset: { version: '2.0' }, ...parts }))).entities;

describe('nodes', () => {
  it('takes a matrix apart, mirroring included', async () => {
    // Scaled by −2, 3, 4, turned by 90° about y, moved to 5, 6, 7.
    const matrix = [0, 0, 2, 0, 0, 3, 0, 0, 4, 0, 0, 0, 5, 6, 7, 1];
    const [entity] = await nodesOf({ nodes: [{ name: 'Turned', matrix }] });
    const { position, rotation, scale } = entity!.components.transform;
    expect(position).toEqual([5, 6, 7]);
    expect(scale!.map(Math.abs)).toEqual([2, 3, 4]);
    expect(scale![0]).toBe(-2);
    const half = Math.SQRT1_2;
    expect(rotation!.map((value) => Math.round(value * 1e6) / 1e6)).toEqual(
      [0, half, 0, half].map((value) => Math.round(value * 1e6) / 1e6),
    );
  });

  it('makes rotations unit quaternions', async () => {
    const [entity] = await nodesOf({ nodes: [{ rotation: [0, 0, 3, 4] }] });
    expect(entity!.components.transform.rotation).toEqual([0, 0, 0.6, 0.8]);
  });

  it('names what has no name after its mesh, camera or light, or by its number', async () => {
    const entities = await nodesOf({
      nodes: [
        { camera: 0 },
        { extensions: { KHR_lights_punctual: { light: 0 } } },
        {},
        { name: ' ' },
      ],
      cameras: [{ name: 'Shot', type: 'perspective', perspective: { yfov: 1, znear: 0.1 } }],
      extensions: { KHR_lights_punctual: { lights: [{ name: 'Lamp', type: 'point' }] } },
    });
    expect(entities.map((entity) => entity.name)).toEqual(['Shot', 'Lamp', 'Node 3', 'Object']);
  });

  it('S3: cuts a name at a whole character', async () => {
    const [entity] = await nodesOf({ nodes: [{ name: `a${'🪑'.repeat(100)}` }] });
    expect(entity!.name).toBe(`a${'🪑'.repeat(63)}`);
  });

  it('imports the main scene alone', async () => {
    const entities = await nodesOf({
      nodes: [{ name: 'A' }, { name: 'B', children: [2] }, { name: 'C' }],
      scene: 1,
      scenes: [{ nodes: [0] }, { nodes: [1] }],
    });
    expect(entities.map((entity) => entity.name)).toEqual(['B', 'C']);
  });
});

describe('lights and cameras', () => {
  it('reads punctual lights in their own units', async () => {
    const spot = { innerConeAngle: 0.25, outerConeAngle: 0.5 };
    const lights = [
      { type: 'spot', intensity: 40, color: [1, 0.5, 0], range: 9, spot },
      { type: 'directional', intensity: 3 },
    ];
    const entities = await nodesOf({
      nodes: [0, 1].map((light) => ({ extensions: { KHR_lights_punctual: { light } } })),
      extensions: { KHR_lights_punctual: { lights } },
    });
    expect(entities.map(({ components }) => components.light)).toEqual([
      { kind: 'spot', intensity: 40, color: [1, 0.5, 0, 1], range: 9, angle: 0.5, penumbra: 0.5 },
      { kind: 'directional', intensity: 3 },
    ]);
  });

  it('reads cameras, their angles in degrees', async () => {
    const entities = await nodesOf({
      nodes: [{ camera: 0 }, { camera: 1 }],
      cameras: [
        { type: 'perspective', perspective: { yfov: Math.PI / 2, znear: 0.5, zfar: 20 } },
        { type: 'orthographic', orthographic: { ymag: 3, znear: 1, zfar: 9 } },
      ],
    });
    expect(entities.map(({ components }) => components.camera)).toEqual([
      { fov: 90, near: 0.5, far: 20 },
      { kind: 'orthographic', size: 6, near: 1, far: 9 },
    ]);
  });

  it('moves what a component cannot hold to its nearest, and says so', async () => {
    const model = await parse(
      glb({
        asset: { version: '2.0' },
        nodes: [{ name: 'Sun', extensions: { KHR_lights_punctual: { light: 0 } } }],
        extensions: { KHR_lights_punctual: { lights: [{ type: 'point', intensity: 1e9 }] } },
      }),
    );
    expect(model.entities[0]!.components.light).toEqual({ intensity: 100_000 });
    expect(model.warnings).toEqual(['Light "0": intensity 1000000000 became 100000.']);
  });
});

/** The material of a triangle with this one. */
async function materialOf(material: Json, parts: Json = {}, files: readonly NamedBytes[] = []) {
  const bytes = triangleGltf((json) => {
    Object.assign(json, parts, { materials: [material] });
    const [mesh] = json.meshes as { primitives: Json[] }[];
    mesh!.primitives[0]!.material = 0;
  });
  const model = await parse(bytes, files);
  return { model, material: model.entities[0]!.components.material! };
}

describe('materials', () => {
  it('takes factors as they are: linear in both', async () => {
    const { material } = await materialOf({
      pbrMetallicRoughness: {
        baseColorFactor: [0.25, 0.5, 0.75, 0.5],
        metallicFactor: 0.125,
        roughnessFactor: 0.875,
      },
      emissiveFactor: [1, 0.5, 0],
      extensions: { KHR_materials_emissive_strength: { emissiveStrength: 8 } },
      alphaMode: 'MASK',
      alphaCutoff: 0.25,
      doubleSided: true,
    });
    expect(material).toEqual({
      color: [0.25, 0.5, 0.75, 0.5],
      metalness: 0.125,
      roughness: 0.875,
      emissive: [1, 0.5, 0, 1],
      emissiveIntensity: 8,
      alphaMode: 'mask',
      alphaCutoff: 0.25,
      doubleSided: true,
    });
  });

  it('gives the default of glTF to a mesh without a material', async () => {
    const { entities } = await parse(triangleGltf());
    expect(entities[0]!.components.material).toEqual({
      color: [1, 1, 1, 1],
      metalness: 1,
      roughness: 1,
    });
  });

  it('reads every slot, from data addresses and from files that came along', async () => {
    const inline = pngHeader(4, 4);
    const uri = `data:image/png;base64,${Buffer.from(inline).toString('base64')}`;
    const wood = pngHeader(8, 8);
    const { material, model } = await materialOf(
      {
        pbrMetallicRoughness: {
          baseColorTexture: { index: 0 },
          metallicRoughnessTexture: { index: 1 },
        },
        normalTexture: { index: 1 },
        occlusionTexture: { index: 1 },
        emissiveTexture: { index: 0 },
      },
      {
        textures: [{ source: 0 }, { source: 1 }],
        images: [{ uri }, { uri: 'maps/Wood%20Grain.png' }],
      },
      [{ name: 'wood grain.PNG', bytes: wood }],
    );
    const [first, second] = [sha256(inline), sha256(wood)];
    expect(material).toMatchObject({
      baseColorMap: first,
      metallicRoughnessMap: second,
      normalMap: second,
      occlusionMap: second,
      emissiveMap: first,
    });
    expect(model.textures.map((texture) => texture.name)).toEqual(['Image 1', 'wood grain']);
  });

  it('prefers WebP where the file offers it', async () => {
    const bytes = webpHeader(16, 16);
    const uri = `data:image/webp;base64,${Buffer.from(bytes).toString('base64')}`;
    const { model } = await materialOf(
      { normalTexture: { index: 0 } },
      { textures: [{ extensions: { EXT_texture_webp: { source: 0 } } }], images: [{ uri }] },
    );
    expect(model.textures).toMatchObject([{ mediaType: 'image/webp' }]);
  });

  it('tells what it left out', async () => {
    const uri = `data:image/png;base64,${Buffer.from(pngHeader(1, 1)).toString('base64')}`;
    const info = {
      index: 0,
      texCoord: 1,
      extensions: { KHR_texture_transform: { scale: [2, 2] } },
    };
    const plain = { index: 0 };
    const { model } = await materialOf(
      { pbrMetallicRoughness: { baseColorTexture: info }, normalTexture: plain },
      {
        textures: [{ source: 0, sampler: 0 }],
        images: [{ uri }],
        samplers: [{ wrapS: 33071 }],
        extensionsUsed: ['KHR_texture_transform', 'KHR_materials_clearcoat'],
        animations: [{}],
      },
    );
    expect(model.warnings).toEqual([
      'The extension KHR_materials_clearcoat was left out.',
      'Animations were left out.',
      'Textures use the first set of UV coordinates alone.',
      'Textures that clamp or mirror at their edges repeat instead.',
      'Material "0": its maps lie differently; all lie as its first one.',
    ]);
  });
});

describe('.gltf files', () => {
  const text = (json: Json): Bytes => new TextEncoder().encode(JSON.stringify(json));

  function withBuffer(uri: string): Bytes {
    const builder = new GltfBuilder();
    const POSITION = builder.accessor('VEC3', TRIANGLE);
    const json = builder.json({
      nodes: [{ mesh: 0 }],
      meshes: [{ primitives: [{ attributes: { POSITION } }] }],
    });
    return text({ ...json, buffers: [{ byteLength: TRIANGLE.byteLength, uri }] });
  }

  it('reads its buffer from a data address', async () => {
    const base64 = Buffer.from(TRIANGLE.buffer).toString('base64');
    const bytes = withBuffer(`data:application/octet-stream;base64,${base64}`);
    const model = await parseModel({ name: 'tri.gltf', bytes });
    expect([...readGeometry(model)[0]!.positions]).toEqual([...TRIANGLE]);
  });

  it('reads its buffer from a file that came along', async () => {
    const model = await parseModel({ name: 'tri.gltf', bytes: withBuffer('tri.bin') }, [
      { name: 'tri.bin', bytes: new Uint8Array(TRIANGLE.slice().buffer) },
    ]);
    expect(readGeometry(model)).toHaveLength(1);
  });
});
