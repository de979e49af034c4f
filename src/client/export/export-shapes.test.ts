import { strFromU8, unzipSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import type { NamedBytes } from '../import/dropped-files.ts';
import { parseModel } from '../import/parse-model.ts';
import { readGeometry } from '../import/testing/read-geometry.ts';
import { exportScene } from './export-scene.ts';
import { stubPageImages } from './testing/page-images.ts';
import { SampleScene } from './testing/sample-scene.ts';

beforeAll(stubPageImages);

const STL_HEADER_BYTES = 84;
const STL_TRIANGLE_BYTES = 50;

interface Triangle {
  readonly normal: readonly number[];
  readonly corners: readonly (readonly number[])[];
}

async function stlOf(scene: SampleScene): Promise<Triangle[]> {
  const { bytes, extension } = await exportScene('stl', scene);
  expect(extension).toBe('stl');
  const view = new DataView(bytes.buffer);
  const count = view.getUint32(STL_HEADER_BYTES - 4, true);
  expect(bytes.length).toBe(STL_HEADER_BYTES + count * STL_TRIANGLE_BYTES);
  const vector = (at: number) => [0, 4, 8].map((each) => view.getFloat32(at + each, true));
  return Array.from({ length: count }, (_, i) => {
    const at = STL_HEADER_BYTES + i * STL_TRIANGLE_BYTES;
    return { normal: vector(at), corners: [12, 24, 36].map((each) => vector(at + each)) };
  });
}

async function objOf(scene: SampleScene) {
  const { bytes, extension } = await exportScene('obj', scene);
  expect(extension).toBe('obj.zip');
  const files = unzipSync(bytes);
  const companions = Object.entries(files).map(
    ([name, content]): NamedBytes => ({ name, bytes: new Uint8Array(content) }),
  );
  const model = await parseModel(
    { name: 'scene.obj', bytes: new Uint8Array(files['scene.obj']!) },
    companions,
  );
  const text = (name: string) => strFromU8(files[name]!);
  const entity = (name: string) => model.entities.find((each) => each.name === name)!;
  const shape = (name: string) => readGeometry(model)[entity(name).components.mesh!.index ?? 0]!;
  return { files, text, model, entity, shape };
}

/** Turned a quarter about y, twice as large, three metres to the right. */
const PLACED = {
  position: [3, 0, 0],
  rotation: [0, Math.SQRT1_2, 0, Math.SQRT1_2],
  scale: [2, 2, 2],
};

describe('an STL file', () => {
  it('has every triangle of every shape, and of nothing else', async () => {
    const scene = new SampleScene();
    scene.add('Box', { primitive: { kind: 'box' } });
    scene.add('Floor', { primitive: { kind: 'plane' } });
    scene.add('Group');
    scene.add('Lamp', { light: {} });
    scene.session.delete(scene.add('Gone', { primitive: { kind: 'box' } }));
    const asset = await scene.triangles(0);
    scene.add('Model', { mesh: { asset } });
    expect(await stlOf(scene)).toHaveLength(12 + 2 + 1);
  });

  it('has them where they are in the world', async () => {
    const scene = new SampleScene();
    const above = scene.add('Above', { transform: PLACED });
    const asset = await scene.triangles(0);
    scene.add('Model', { mesh: { asset }, transform: { position: [0, 0, 1] } }, above);
    const [triangle] = await stlOf(scene);
    const near = (values: number[]) => values.map((each) => expect.closeTo(each, 5));
    // x goes to −z, and z to x.
    expect(triangle?.corners).toEqual([near([5, 0, 0]), near([5, 0, -2]), near([5, 2, 0])]);
    expect(triangle?.normal).toEqual(near([1, 0, 0]));
  });

  it('has the outside of what is mirrored outside', async () => {
    for (const scale of [
      [1, 1, 1],
      [-1, 1, 1],
      [-1, -2, -3],
      [-1, -1, 1],
    ]) {
      const scene = new SampleScene();
      scene.add('Box', { primitive: { kind: 'box' }, transform: { scale } });
      for (const { normal, corners } of await stlOf(scene)) {
        const outward = corners[0]!.reduce((sum, each, i) => sum + each * normal[i]!, 0);
        expect(outward, `scaled by ${scale}`).toBeGreaterThan(0);
      }
    }
  });
});

describe('an OBJ file', () => {
  it('has every shape by its name, where it is in the world', async () => {
    const scene = new SampleScene();
    const above = scene.add('Above', { transform: PLACED });
    const asset = await scene.triangles(0);
    scene.add('Model', { mesh: { asset } }, above);
    scene.add('Box', { primitive: { kind: 'box' } });
    scene.add('Ball', { primitive: { kind: 'sphere', segments: 8 } });
    scene.add('Lamp', { light: {} });
    const { text, model, shape } = await objOf(scene);
    expect(model.entities.map(({ name }) => name).sort()).toEqual(['Ball', 'Box', 'Model']);
    const faces = text('scene.obj').match(/^f /gm);
    const sphere = (shape('Ball').indices?.length ?? 0) / 3;
    expect(faces).toHaveLength(1 + 12 + sphere);
    expect(shape('Box').indices).toHaveLength(36);
    const near = [3, 0, 0, 3, 0, -2, 3, 2, 0].map((each) => expect.closeTo(each, 5));
    expect([...shape('Model').positions]).toEqual(near);
  });

  it('has its maps the right way up', async () => {
    const scene = new SampleScene();
    const asset = await scene.triangles(0);
    scene.add('Model', { mesh: { asset } });
    const { shape, text } = await objOf(scene);
    expect(text('scene.obj').match(/^vt .*$/gm)).toEqual(['vt 0 0', 'vt 1 0', 'vt 0 1']);
    expect([...shape('Model').uvs!]).toEqual([0, 1, 1, 1, 0, 0]);
    const { uvs } = await scene.assets.geometry(asset, 0);
    expect([...uvs!], 'what others draw is as it was').toEqual([0, 1, 1, 1, 0, 0]);
  });

  it('has the outside of what is mirrored outside', async () => {
    const scene = new SampleScene();
    scene.add('Box', { primitive: { kind: 'box' }, transform: { scale: [1, 1, -1] } });
    const { positions, indices } = (await objOf(scene)).shape('Box');
    const corner = (at: number) => [...positions.slice(3 * indices![at]!, 3 * indices![at]! + 3)];
    for (let at = 0; at < indices!.length; at += 3) {
      const [a, b, c] = [corner(at), corner(at + 1), corner(at + 2)];
      const [u, v] = [b, c].map((each) => each!.map((value, i) => value - a![i]!));
      const normal = [0, 1, 2].map((i) => {
        const [j, k] = [(i + 1) % 3, (i + 2) % 3];
        return u![j]! * v![k]! - u![k]! * v![j]!;
      });
      expect(normal.reduce((sum, each, i) => sum + each * a![i]!, 0)).toBeGreaterThan(0);
    }
  });

  it('has materials, those that are shared once, and their images beside it', async () => {
    const scene = new SampleScene();
    const [color, normal, glow] = await Promise.all([2, 3, 4].map((width) => scene.image(width)));
    const maps = { baseColorMap: color, normalMap: normal, emissiveMap: glow };
    const material = { ...maps, color: [1, 0, 0, 1], metalness: 1, roughness: 0.25 };
    const brass = scene.add('Old brass', { sharedMaterial: {}, material });
    const worn = { materialLink: { material: scene.id(brass) } };
    scene.add('Ball', { primitive: { kind: 'sphere' }, ...worn });
    scene.add('Block', { primitive: { kind: 'box' }, ...worn });
    const glass = { alphaMode: 'blend', color: [0, 1, 0, 0.5], emissive: [0, 0, 1, 1] };
    scene.add('Pane', { primitive: { kind: 'plane' }, material: glass });
    const { files, text, entity, model } = await objOf(scene);
    expect(text('scene.mtl').match(/^newmtl .*$/gm)).toEqual([
      'newmtl Old_brass_1',
      'newmtl material_2',
    ]);
    expect(Object.keys(files).filter((name) => name.endsWith('.png'))).toHaveLength(3);
    for (const name of ['Ball', 'Block']) {
      expect(entity(name).components.material).toMatchObject({
        ...maps,
        metalness: 1,
        roughness: 0.25,
      });
    }
    expect(entity('Pane').components.material).toMatchObject({
      alphaMode: 'blend',
      color: [0, 1, 0, 0.5],
      emissive: [0, 0, 1, 1],
    });
    expect(model.warnings).toEqual([]);
  });
});
