import { NodeIO } from '@gltf-transform/core';
import { ALL_EXTENSIONS } from '@gltf-transform/extensions';
import fc from 'fast-check';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { Component, Plain } from '../../ecs/component.ts';
import {
  Camera,
  Light,
  Material,
  MaterialLink,
  Mesh,
  Name,
  TextureMapping,
  Transform,
} from '../../ecs/components/index.ts';
import { LocalSession } from '../../editor/testing/local-session.ts';
import { ThetaError } from '../../shared/errors.ts';
import { addModel } from '../import/add-model.ts';
import { type ImportedEntity, NO_PARENT } from '../import/imported-model.ts';
import { parseModel } from '../import/parse-model.ts';
import { readGeometry } from '../import/testing/read-geometry.ts';
import { exportScene } from './export-scene.ts';
import type { ExportedScene } from './scene-objects.ts';
import { stubPageImages } from './testing/page-images.ts';
import { SampleScene } from './testing/sample-scene.ts';

beforeAll(stubPageImages);

async function glbOf(scene: SampleScene, options: Partial<ExportedScene> = {}) {
  return (await exportScene('glb', { ...scene, ...options })).bytes;
}

/** Out and in again, into another session. */
async function tripOf(scene: SampleScene, options: Partial<ExportedScene> = {}) {
  const bytes = await glbOf(scene, options);
  const model = await parseModel({ name: 'trip.glb', bytes });
  const { pipeline, document } = new LocalSession();
  await addModel(model, { pipeline, uploader: { upload: async () => undefined } });
  const { world } = document;
  const named = (name: string): ImportedEntity => {
    const found = model.entities.filter((each) => each.name === name);
    expect(found, name).toHaveLength(1);
    return found[0]!;
  };
  const above = ({ parent }: ImportedEntity) =>
    parent === NO_PARENT ? undefined : model.entities[parent]?.name;
  const get = <C extends Component>(name: string, component: C) => {
    const found: Plain<C>[] = [];
    world.query({ all: [Name, component] }).forEach((entity) => {
      if (world.get(entity, Name)?.value === name) found.push(world.get(entity, component)!);
    });
    expect(found, name).toHaveLength(1);
    return found[0]!;
  };
  return { model, named, above, get };
}

/** Single precision, or the sine and the cosine of an angle, lie between. */
const near = (values: readonly number[]) => values.map((each) => expect.closeTo(each, 4));

describe('a GLB file, read again', () => {
  it('has the names and the hierarchy, and nothing else', async () => {
    const scene = new SampleScene();
    const house = scene.add('House');
    const room = scene.add('Room', {}, house);
    scene.add('Stuhl · 椅子', { primitive: { kind: 'box' } }, room);
    scene.add('Garden');
    const { model, named, above } = await tripOf(scene);
    expect(above(named('House'))).toBeUndefined();
    expect(above(named('Room'))).toBe('House');
    expect(above(named('Stuhl · 椅子'))).toBe('Room');
    expect(above(named('Garden'))).toBeUndefined();
    expect(model.entities).toHaveLength(4);
  });

  it('has every transform, to single precision', async () => {
    const metres = fc.float({ min: -1000, max: 1000, noNaN: true });
    const scale = fc.float({ min: Math.fround(0.125), max: 8, noNaN: true });
    const angle = fc.double({ min: 0, max: 6, noNaN: true });
    const transforms = fc.array(
      fc.record({
        position: fc.tuple(metres, metres, metres),
        scale: fc.tuple(scale, scale, scale),
        rotation: angle.map((turn) => [0, Math.sin(turn / 2), 0, Math.cos(turn / 2)]),
      }),
      { minLength: 1, maxLength: 5 },
    );
    await fc.assert(
      fc.asyncProperty(transforms, async (chain) => {
        const scene = new SampleScene();
        let parent: ReturnType<SampleScene['add']> | undefined;
        for (const [at, transform] of chain.entries()) {
          parent = scene.add(`Link ${at}`, { transform }, parent);
        }
        const { get } = await tripOf(scene);
        for (const [at, { position, scale: sizes, rotation }] of chain.entries()) {
          const transform = get(`Link ${at}`, Transform);
          expect(transform.position).toEqual(near(position));
          expect(transform.scale).toEqual(near(sizes));
          // A rotation and its negative turn alike.
          const sign = Math.sign(
            rotation.reduce((sum, each, i) => sum + each * transform.rotation[i]!, 0),
          );
          expect(transform.rotation.map((each) => each * sign)).toEqual(near(rotation));
        }
      }),
      { numRuns: 20 },
    );
  });

  it('O7: stands a child where it stood when what it was in is deleted', async () => {
    const scene = new SampleScene();
    const gone = scene.add('Gone', { transform: { position: [1, 0, 0], scale: [2, 2, 2] } });
    scene.session.delete(gone);
    // Written by somebody who had not seen the deletion.
    const { document } = scene;
    const orphan = scene.add('Orphan', { transform: { position: [0, 1, 0] } });
    const stamp = { lamport: 1000, site: scene.session.log.site };
    document.writePlace(orphan, gone, true, stamp);
    const { get } = await tripOf(scene);
    expect(get('Orphan', Transform).position).toEqual(near([1, 2, 0]));
    expect(get('Orphan', Transform).scale).toEqual(near([2, 2, 2]));
  });

  it('has materials with their factors', async () => {
    const scene = new SampleScene();
    const glass = {
      color: [0.25, 0.5, 0.75, 0.5],
      metalness: 0.25,
      roughness: 0.75,
      emissive: [1, 0.5, 0.25, 1],
      emissiveIntensity: 4,
      alphaMode: 'blend',
      doubleSided: true,
    };
    const leaf = { alphaMode: 'mask', alphaCutoff: 0.25 };
    scene.add('Pane', { primitive: { kind: 'plane' }, material: glass });
    scene.add('Leaf', { primitive: { kind: 'plane' }, material: leaf });
    const { get } = await tripOf(scene);
    expect(get('Pane', Material)).toMatchObject(glass);
    expect(get('Leaf', Material)).toMatchObject({ ...leaf, doubleSided: false });
  });

  it('has one material for all who wear a shared one, by its name', async () => {
    const scene = new SampleScene();
    const material = { color: [0.8, 0.5, 0.1, 1], metalness: 1, roughness: 0.25 };
    const brass = scene.add('Brass', { sharedMaterial: {}, material });
    const worn = { materialLink: { material: scene.id(brass) } };
    scene.add('Ball', { primitive: { kind: 'sphere' }, ...worn });
    scene.add('Block', { primitive: { kind: 'box' }, ...worn });
    scene.add('Plain', { primitive: { kind: 'box' } });
    const io = new NodeIO().registerExtensions(ALL_EXTENSIONS);
    const root = (await io.readBinary(await glbOf(scene))).getRoot();
    const materialOf = (name: string) =>
      root
        .listNodes()
        .find((node) => node.getName() === name)
        ?.getMesh()
        ?.listPrimitives()[0]
        ?.getMaterial();
    expect(materialOf('Ball')?.getName()).toBe('Brass');
    expect(materialOf('Block')).toBe(materialOf('Ball'));
    expect(root.listMaterials()).toHaveLength(2);
    const { get, model, named } = await tripOf(scene);
    expect(model.materials.map(({ name }) => name)).toEqual(['Brass']);
    const links = ['Ball', 'Block'].map((name) => get(name, MaterialLink).material);
    expect(new Set(links).size, 'both wear the one').toBe(1);
    expect(named('Plain').wears).toBeUndefined();
    expect(get('Brass', Material)).toMatchObject({ ...material, color: near(material.color) });
    for (const name of ['Ball', 'Block']) {
      expect(get(name, Material)).toMatchObject({ ...material, color: near(material.color) });
    }
  });

  it('has every map in its place, and an image that two of them show once', async () => {
    const scene = new SampleScene();
    const [color, normal, rough, glow] = await Promise.all([2, 3, 4, 5].map((w) => scene.image(w)));
    const material = {
      baseColorMap: color,
      normalMap: normal,
      metallicRoughnessMap: rough,
      emissiveMap: glow,
      occlusionMap: rough,
      emissive: [1, 1, 1, 1],
    };
    scene.add('Wall', { primitive: { kind: 'box' }, material });
    scene.add('Floor', { primitive: { kind: 'plane' }, material: { baseColorMap: color } });
    const { model, get } = await tripOf(scene);
    expect(get('Wall', Material)).toMatchObject(material);
    expect(get('Floor', Material).baseColorMap).toBe(color);
    expect(model.textures.map(({ digest }) => digest).sort()).toEqual(
      [color, normal, rough, glow].sort(),
    );
    expect(model.warnings).toEqual([]);
  });

  it('has how the maps of a material lie, as glTF says it', async () => {
    const scene = new SampleScene();
    const textureMapping = {
      tiling: [2, 3],
      offset: [0.5, 0.25],
      rotation: 1,
      normalScale: 0.5,
      occlusionStrength: 0.25,
    };
    const map = await scene.image(2);
    const material = { baseColorMap: map, normalMap: map, occlusionMap: map };
    scene.add('Wall', { primitive: { kind: 'box' }, material, textureMapping });
    const io = new NodeIO().registerExtensions(ALL_EXTENSIONS);
    const { json } = await io.binaryToJSON(await glbOf(scene));
    const [written] = json.materials!;
    expect(written?.pbrMetallicRoughness?.baseColorTexture?.extensions).toMatchObject({
      KHR_texture_transform: { scale: [2, 3], offset: [0.5, 0.25], rotation: 1 },
    });
    expect(written?.normalTexture?.scale).toBe(0.5);
    expect(written?.occlusionTexture?.strength).toBe(0.25);
    const { get, model } = await tripOf(scene);
    expect(get('Wall', TextureMapping)).toEqual(textureMapping);
    expect(model.warnings).toEqual([]);
  });

  it('has the meshes of an asset, which copies share', async () => {
    const scene = new SampleScene();
    const asset = await scene.triangles(0, 10);
    scene.add('First', { mesh: { asset, index: 0 } });
    scene.add('Second', { mesh: { asset, index: 1 } });
    scene.add('Again', { mesh: { asset, index: 1 } });
    const { model, get } = await tripOf(scene);
    const submeshes = readGeometry(model);
    const shapeOf = (name: string) => submeshes[get(name, Mesh).index]!;
    expect([...shapeOf('First').positions]).toEqual([0, 0, 0, 1, 0, 0, 0, 1, 0]);
    expect([...shapeOf('Second').positions]).toEqual([10, 0, 0, 11, 0, 0, 10, 1, 0]);
    expect([...shapeOf('Second').uvs!]).toEqual([0, 1, 1, 1, 0, 0]);
    expect(get('Again', Mesh).index).toBe(get('Second', Mesh).index);
  });

  it('has lights and cameras', async () => {
    const scene = new SampleScene();
    const lights = {
      Sun: { kind: 'directional', color: [1, 0.5, 0.25, 1], intensity: 3 },
      Bulb: { kind: 'point', intensity: 20, range: 5 },
      Spot: { kind: 'spot', intensity: 7, range: 9, angle: 0.5, penumbra: 0.25 },
    };
    for (const [name, light] of Object.entries(lights)) scene.add(name, { light });
    const perspective = { kind: 'perspective', fov: 40, near: 0.5, far: 200 };
    const orthographic = { kind: 'orthographic', size: 6, near: 0.5, far: 200 };
    scene.add('Eye', { camera: perspective });
    scene.add('Plan', { camera: orthographic });
    const { get } = await tripOf(scene);
    for (const [name, light] of Object.entries(lights)) {
      expect(get(name, Light)).toMatchObject({ ...light });
    }
    expect(get('Eye', Camera)).toMatchObject({ ...perspective, fov: expect.closeTo(40, 3) });
    expect(get('Plan', Camera)).toMatchObject(orthographic);
  });

  it('has what an object is besides a mesh', async () => {
    const scene = new SampleScene();
    scene.add('Lamp', { primitive: { kind: 'sphere' }, light: { kind: 'point', intensity: 4 } });
    scene.add('Rig', { camera: { fov: 30 }, light: { kind: 'spot' } });
    const { model, named, above } = await tripOf(scene);
    expect(named('Lamp').components.mesh).toBeDefined();
    const lights = model.entities.filter(({ components }) => components.light);
    expect(lights.map(above)).toEqual(['Lamp', 'Rig']);
    expect(lights[0]?.components.light?.intensity).toBe(4);
    expect(named('Rig').components.camera?.fov).toBeCloseTo(30, 3);
  });

  it('has only what was chosen and what is below it, where it is alive', async () => {
    const scene = new SampleScene();
    const box = scene.add('Box');
    const lid = scene.add('Lid', {}, box);
    scene.session.delete(scene.add('Dust', {}, lid));
    scene.add('Other');
    const { model } = await tripOf(scene, { roots: [box] });
    expect(model.entities.map(({ name }) => name)).toEqual(['Box', 'Lid']);
  });
});

describe('an export', () => {
  it('tells how far it is, and ends when it is cancelled', async () => {
    const scene = new SampleScene();
    for (const name of ['A', 'B', 'C', 'D']) scene.add(name);
    const told: number[] = [];
    await glbOf(scene, { onProgress: (fraction) => told.push(fraction) });
    expect(told).toEqual([0.25, 0.5, 0.75, 1]);
    const cancel = new AbortController();
    const onProgress = vi.fn(() => cancel.abort());
    const failure = await glbOf(scene, { signal: cancel.signal, onProgress }).catch(
      (thrown: unknown) => thrown,
    );
    expect(failure).toBeInstanceOf(ThetaError);
    expect(failure).toMatchObject({ code: 'cancelled' });
    expect(onProgress).toHaveBeenCalledTimes(1);
  });

  it('fails as a whole where content cannot be had', async () => {
    const scene = new SampleScene();
    scene.add('Ghost', { mesh: { asset: 'ab'.repeat(32) } });
    await expect(glbOf(scene)).rejects.toMatchObject({ code: 'unreachable' });
  });
});
