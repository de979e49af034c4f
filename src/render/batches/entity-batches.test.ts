import fc from 'fast-check';
import { InstancedMesh, Matrix4 } from 'three';
import { describe, expect, it } from 'vitest';
import {
  Flags,
  Hierarchy,
  Material,
  Mesh,
  Primitive,
  Transform,
} from '../../ecs/components/index.ts';
import { type Entity, entityIndex } from '../../ecs/entity.ts';
import type { GeometryAsset } from '../assets.ts';
import { MATRIX_STRIDE } from '../matrix-math.ts';
import { TestScene } from '../testing/scene.ts';

/** Where every instance is drawn, all batches together, as sorted text. */
function drawn(scene: TestScene): string[] {
  const places: string[] = [];
  const matrix = new Matrix4();
  for (const mesh of scene.batches.root.children) {
    if (!(mesh instanceof InstancedMesh)) throw new Error('Batches hold instanced meshes.');
    for (let slot = 0; slot < mesh.count; slot++) {
      mesh.getMatrixAt(slot, matrix);
      matrix.premultiply(mesh.matrix);
      places.push(text(matrix.elements));
    }
  }
  return places.sort();
}

function text(elements: ArrayLike<number>): string {
  return Array.from(elements, (value) => (Math.fround(value) + 0).toFixed(3)).join();
}

function expected(scene: TestScene, entities: readonly Entity[]): string[] {
  const { array } = scene.matrices;
  return entities
    .filter((entity) => scene.visibility.isVisible(entity))
    .filter((entity) => scene.world.has(entity, Primitive))
    .map((entity) => {
      const at = entityIndex(entity) * MATRIX_STRIDE;
      return text(array.subarray(at, at + MATRIX_STRIDE));
    })
    .sort();
}

const KINDS = ['box', 'sphere', 'cone'] as const;
const coordinate = fc.integer({ min: -9, max: 9 });
const step = fc.record({
  action: fc.constantFrom('spawn', 'despawn', 'move', 'mirror', 'shape', 'paint', 'hide', 'kill'),
  at: fc.nat(),
  to: fc.tuple(coordinate, coordinate, coordinate),
  flag: fc.boolean(),
});
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

function act(scene: TestScene, entities: Entity[], { action, at, to, flag }: Step): void {
  const { world } = scene;
  const place = at % entities.length;
  const entity = entities[place]!;
  switch (action) {
    case 'spawn':
      entities.push(scene.box({ position: to }, entity));
      return;
    case 'despawn':
      if (entities.length > 1) world.despawn(entities.splice(place, 1)[0]!);
      return;
    case 'move':
      world.set(entity, Transform, { position: to });
      return;
    case 'mirror':
      world.set(entity, Transform, { scale: [flag ? -1 : 1, 1, 1] });
      return;
    case 'shape':
      world.add(entity, Primitive, { kind: KINDS[at % KINDS.length]! });
      return;
    case 'paint':
      world.add(entity, Material, { roughness: flag ? 0.1 : 0.9 });
      return;
    case 'hide':
      world.add(entity, Flags, { hidden: flag });
      return;
    case 'kill':
      world.set(entity, Hierarchy, { alive: flag });
  }
}

describe('EntityBatches', () => {
  it('draws exactly what is visible, where it is, through any edits', () => {
    fc.assert(
      fc.property(fc.array(fc.array(step, { maxLength: 8 }), { maxLength: 6 }), (frames) => {
        const scene = new TestScene();
        const entities = [scene.box()];
        for (const frame of frames) {
          for (const each of frame) act(scene, entities, each);
          scene.update();
          expect(drawn(scene)).toEqual(expected(scene, entities));
          expect(scene.batches.bounds.count).toBe(drawn(scene).length);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('shows what was below a hidden entity that is gone, as when its creation is rolled back', () => {
    const scene = new TestScene();
    const parent = scene.place();
    scene.world.add(parent, Flags, { hidden: true });
    scene.box({}, parent);
    scene.update();
    scene.world.despawn(parent);
    scene.update();
    expect(drawn(scene)).toHaveLength(1);
  });

  it('takes one draw call for entities that differ in place and colour alone', () => {
    const scene = new TestScene();
    for (let i = 0; i < 100; i++) {
      const entity = scene.box({ position: [i, 0, 0] });
      scene.world.add(entity, Material, { color: [i / 100, 0, 0, 1] });
    }
    scene.update();
    expect(scene.batches.batchCount).toBe(1);
    expect(scene.geometries.size).toBe(1);
    expect(scene.materials.size).toBe(1);
  });

  it('releases geometry and material with the last entity that used them', () => {
    const scene = new TestScene();
    const entity = scene.box();
    scene.update();
    scene.world.remove(entity, Primitive);
    scene.update();
    expect([scene.batches.batchCount, scene.geometries.size, scene.materials.size]).toEqual([
      0, 0, 0,
    ]);
  });

  it('hides what is below a hidden entity, and shows it again', () => {
    const scene = new TestScene();
    const group = scene.place();
    scene.box({}, group);
    scene.update();
    scene.world.add(group, Flags, { hidden: true });
    scene.update();
    expect(drawn(scene)).toEqual([]);
    scene.world.set(group, Flags, { hidden: false });
    scene.update();
    expect(drawn(scene)).toHaveLength(1);
  });

  it('O7: shows the living child of a deleted, hidden parent', () => {
    const scene = new TestScene();
    const parent = scene.place();
    scene.box({}, parent);
    scene.world.add(parent, Flags, { hidden: true });
    scene.world.set(parent, Hierarchy, { alive: false });
    scene.update();
    expect(drawn(scene)).toHaveLength(1);
  });

  it('does nothing while nothing changes', () => {
    const scene = new TestScene();
    const entity = scene.box();
    expect(scene.update()).toBe('reshaped');
    expect(scene.batches.pending).toBe(false);
    expect(scene.update()).toBe('nothing');
    scene.world.set(entity, Transform, { position: [1, 0, 0] });
    expect(scene.update()).toBe('moved');
  });

  it('shows a placeholder until an asset has come, then the asset', async () => {
    let arrive: (asset: GeometryAsset) => void = () => undefined;
    const coming = new Promise<GeometryAsset>((resolve) => {
      arrive = resolve;
    });
    const scene = new TestScene({
      geometry: () => coming,
      texture: () => Promise.reject(new Error('none')),
    });
    const entity = scene.place();
    scene.world.add(entity, Mesh, { asset: 'ab'.repeat(32), index: 0 });
    scene.update();
    expect(scene.batches.geometryOf(entityIndex(entity))?.status).toBe('loading');
    arrive({ positions: new Float32Array([0, 0, 0, 1, 0, 0, 0, 1, 0]) });
    await coming;
    await Promise.resolve();
    expect(scene.update()).toBe('reshaped');
    const geometry = scene.batches.geometryOf(entityIndex(entity));
    expect(geometry?.status).toBe('ready');
    expect(geometry?.geometry.getAttribute('position').count).toBe(3);
    expect(scene.materials.size).toBe(1);
  });

  it('counts an asset that cannot be had, and keeps something to pick', async () => {
    const scene = new TestScene();
    const entity = scene.place();
    scene.world.add(entity, Mesh, { asset: 'cd'.repeat(32), index: 0 });
    scene.update();
    await Promise.resolve();
    await Promise.resolve();
    scene.update();
    expect(scene.geometries.failures).toBe(1);
    expect(scene.batches.geometryOf(entityIndex(entity))?.status).toBe('failed');
  });

  it('builds 10,000 entities in well under a second', () => {
    const scene = new TestScene();
    for (let i = 0; i < 10_000; i++) {
      scene.world.set(scene.box({ position: [i % 100, 0, i / 100] }), Primitive, {
        kind: KINDS[i % KINDS.length]!,
      });
    }
    const before = performance.now();
    scene.update();
    expect(performance.now() - before).toBeLessThan(1000);
    expect(scene.batches.batchCount).toBe(KINDS.length);
  });
});
