import fc from 'fast-check';
import { Matrix4, Object3D, Quaternion } from 'three';
import { describe, expect, it } from 'vitest';
import { Hierarchy, Transform } from '../ecs/components/index.ts';
import { type Entity, entityIndex, NO_ENTITY } from '../ecs/entity.ts';
import { World } from '../ecs/world.ts';
import { MATRIX_STRIDE } from './matrix-math.ts';
import { type Preview, WorldMatrices } from './world-matrices.ts';

function matrixOf(matrices: WorldMatrices, entity: Entity): number[] {
  const at = entityIndex(entity) * MATRIX_STRIDE;
  return Array.from(matrices.array.subarray(at, at + MATRIX_STRIDE));
}

function place(world: World, parent: Entity = NO_ENTITY): Entity {
  const entity = world.spawn();
  world.add(entity, Hierarchy, { parent });
  world.add(entity, Transform);
  return entity;
}

/** What three computes for the same tree. */
function naive(world: World, entity: Entity, preview: Preview): Matrix4 {
  const object = new Object3D();
  const value = { ...world.get(entity, Transform)!, ...preview.get(entity) };
  object.position.fromArray([...value.position]);
  object.quaternion.fromArray([...value.rotation]);
  object.scale.fromArray([...value.scale]);
  object.updateMatrix();
  const parent = world.get(entity, Hierarchy)!.parent;
  return parent === NO_ENTITY
    ? object.matrix
    : new Matrix4().multiplyMatrices(naive(world, parent, preview), object.matrix);
}

function expectClose(actual: number[], expected: number[]): void {
  for (const [at, value] of expected.entries()) {
    expect(Math.abs(actual[at]! - value)).toBeLessThan(1e-3 * (1 + Math.abs(value)));
  }
}

const number = fc.double({ min: -3, max: 3, noNaN: true }).map(Math.fround);
const vector = fc.tuple(number, number, number);
const rotation = fc
  .tuple(number, number, number, number)
  .filter((q) => Math.hypot(...q) > 0.1)
  .map((q) => new Quaternion(...q).normalize().toArray());
const transform = fc.record({ position: vector, rotation, scale: vector });
const step = fc.oneof(
  fc.record({ kind: fc.constant('spawn' as const), at: fc.nat(), transform }),
  fc.record({ kind: fc.constant('move' as const), at: fc.nat(), transform }),
  fc.record({ kind: fc.constant('reparent' as const), at: fc.nat(), to: fc.nat() }),
  fc.record({ kind: fc.constant('preview' as const), at: fc.nat(), transform }),
  fc.record({ kind: fc.constant('delete' as const), at: fc.nat() }),
);

function isBelow(world: World, entity: Entity, ancestor: Entity): boolean {
  for (let at = entity; at !== NO_ENTITY; at = world.get(at, Hierarchy)!.parent) {
    if (at === ancestor) return true;
  }
  return false;
}

function apply(
  world: World,
  entities: Entity[],
  change: typeof step extends fc.Arbitrary<infer S> ? S : never,
  preview: Map<Entity, { position: number[] }>,
): void {
  const entity = entities[change.at % entities.length]!;
  switch (change.kind) {
    case 'spawn': {
      const child = place(world, entity);
      world.set(child, Transform, change.transform);
      entities.push(child);
      return;
    }
    case 'move':
      world.set(entity, Transform, change.transform);
      return;
    case 'reparent': {
      const parent = entities[change.to % entities.length]!;
      if (!isBelow(world, parent, entity)) world.set(entity, Hierarchy, { parent });
      return;
    }
    case 'preview':
      preview.set(entity, change.transform);
      return;
    case 'delete':
      world.set(entity, Hierarchy, { alive: false });
  }
}

describe('WorldMatrices', () => {
  it('agrees with three over random trees, edits, deletions and previews', () => {
    fc.assert(
      fc.property(fc.array(fc.array(step, { maxLength: 6 }), { maxLength: 8 }), (frames) => {
        const world = new World({ capacity: 32 });
        const matrices = new WorldMatrices(world);
        const entities = [place(world)];
        const preview = new Map<Entity, { position: number[] }>();
        for (const frame of frames) {
          for (const change of frame) apply(world, entities, change, preview);
          matrices.setPreview(preview);
          matrices.update();
          for (const entity of entities) {
            expectClose(matrixOf(matrices, entity), naive(world, entity, preview).toArray());
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  it('writes only what changed and what is below it', () => {
    const world = new World();
    const matrices = new WorldMatrices(world);
    const root = place(world);
    const child = place(world, root);
    const other = place(world);
    matrices.update();
    matrices.update();
    expect(matrices.changed.count).toBe(0);
    world.set(root, Transform, { position: [1, 0, 0] });
    matrices.update();
    expect(matrices.changed.count).toBe(2);
    expect(matrices.changed.has(entityIndex(child))).toBe(true);
    expect(matrices.changed.has(entityIndex(other))).toBe(false);
  });

  it('O7: keeps a deleted parent in its living children, so that nothing jumps', () => {
    const world = new World();
    const matrices = new WorldMatrices(world);
    const parent = place(world);
    const child = place(world, parent);
    world.set(parent, Transform, { position: [5, 0, 0] });
    world.set(parent, Hierarchy, { alive: false });
    matrices.update();
    expect(matrixOf(matrices, child)[12]).toBe(5);
  });

  it('ends a cycle instead of hanging', () => {
    const world = new World();
    const matrices = new WorldMatrices(world);
    const a = place(world);
    const b = place(world, a);
    world.set(a, Hierarchy, { parent: b });
    world.set(b, Transform, { position: [1, 2, 3] });
    matrices.update();
    expect(matrixOf(matrices, a).every(Number.isFinite)).toBe(true);
  });

  it('gives the document its transform back when the preview ends', () => {
    const world = new World();
    const matrices = new WorldMatrices(world);
    const entity = place(world);
    matrices.setPreview(new Map([[entity, { position: [9, 0, 0] }]]));
    matrices.update();
    expect(matrixOf(matrices, entity)[12]).toBe(9);
    matrices.setPreview(new Map());
    matrices.update();
    expect(matrixOf(matrices, entity)[12]).toBe(0);
  });

  it('makes roots of the children of what is despawned', () => {
    const world = new World();
    const matrices = new WorldMatrices(world);
    const parent = place(world);
    const child = place(world, parent);
    world.set(parent, Transform, { position: [5, 0, 0] });
    matrices.update();
    world.despawn(parent);
    matrices.update();
    expect(matrixOf(matrices, child)[12]).toBe(0);
  });
});
