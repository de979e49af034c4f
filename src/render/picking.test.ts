import fc from 'fast-check';
import { Matrix4, MeshBasicMaterial, Object3D, Raycaster, Mesh as ThreeMesh, Vector3 } from 'three';
import { describe, expect, it } from 'vitest';
import { Flags, Hierarchy, Primitive } from '../ecs/components/index.ts';
import { type Entity, entityIndex } from '../ecs/entity.ts';
import { MATRIX_STRIDE } from './matrix-math.ts';
import { Picking, type PickRay } from './picking.ts';
import { TestScene } from './testing/scene.ts';

function pickingOf(scene: TestScene): Picking {
  scene.update();
  return new Picking(scene.world, scene.matrices, scene.visibility, scene.batches);
}

const DOWN_Z: PickRay = { origin: [0, 0, 10], direction: [0, 0, -1] };

/** The same question asked of three, one mesh an entity. */
function naive(scene: TestScene, entities: readonly Entity[], ray: PickRay): number[] {
  const root = new Object3D();
  for (const entity of entities) {
    const index = entityIndex(entity);
    const mesh = new ThreeMesh(scene.batches.geometryOf(index)!.geometry, new MeshBasicMaterial());
    mesh.matrixAutoUpdate = false;
    mesh.matrix.copy(new Matrix4().fromArray(scene.matrices.array, index * MATRIX_STRIDE));
    root.add(mesh);
  }
  root.updateMatrixWorld(true);
  const raycaster = new Raycaster(new Vector3(...ray.origin), new Vector3(...ray.direction));
  const nearest = new Map<Object3D, number>();
  for (const { object, distance } of raycaster.intersectObject(root)) {
    if (!nearest.has(object)) nearest.set(object, distance);
  }
  return [...nearest.values()].sort((a, b) => a - b);
}

const coordinate = fc.double({ min: -3, max: 3, noNaN: true });
const size = fc.double({ min: 0.2, max: 2, noNaN: true });
const placed = fc.record({
  position: fc.tuple(coordinate, coordinate, coordinate),
  scale: fc.tuple(size, size, size),
  kind: fc.constantFrom('box', 'sphere', 'cylinder', 'torus'),
});
const direction = fc
  .tuple(coordinate, coordinate, coordinate)
  .filter((v) => Math.hypot(...v) > 0.5)
  .map((v) => new Vector3(...v).normalize().toArray());

describe('Picking', () => {
  it('hits what three hits, in the same order, at the same distances', () => {
    fc.assert(
      fc.property(fc.array(placed, { maxLength: 12 }), direction, (things, along) => {
        const scene = new TestScene();
        const entities = things.map(({ kind, ...transform }) => {
          const entity = scene.box(transform);
          scene.world.set(entity, Primitive, { kind, segments: 8 });
          return entity;
        });
        const picking = pickingOf(scene);
        const origin = new Vector3(...along).multiplyScalar(-12).toArray();
        const ray: PickRay = { origin, direction: along };
        const hits = picking.all(ray).map((hit) => hit.distance);
        const wanted = naive(scene, entities, ray);
        expect(hits).toHaveLength(wanted.length);
        for (const [at, distance] of wanted.entries()) expect(hits[at]).toBeCloseTo(distance, 3);
        expect(picking.nearest(ray)?.distance).toBe(hits[0]);
      }),
      { numRuns: 120 },
    );
  });

  it('sorts all hits, so that clicks can go deeper', () => {
    const scene = new TestScene();
    const far = scene.box({ position: [0, 0, -5] });
    const near = scene.box();
    expect(
      pickingOf(scene)
        .all(DOWN_Z)
        .map((hit) => hit.entity),
    ).toEqual([near, far]);
  });

  it('says where, and which way the surface faces', () => {
    const scene = new TestScene();
    scene.box();
    const hit = pickingOf(scene).nearest(DOWN_Z)!;
    expect(hit.point[2]).toBeCloseTo(0.5);
    expect(hit.normal[2]).toBeCloseTo(1);
    expect(hit.distance).toBeCloseTo(9.5);
  });

  it('leaves out what is hidden, deleted, or locked by a parent', () => {
    const scene = new TestScene();
    const group = scene.place();
    const [hidden, dead] = [scene.box(), scene.box()];
    scene.box({}, group);
    scene.world.add(hidden, Flags, { hidden: true });
    scene.world.set(dead, Hierarchy, { alive: false });
    scene.world.add(group, Flags, { locked: true });
    expect(pickingOf(scene).all(DOWN_Z)).toEqual([]);
  });

  it('hits the front of a mirrored entity', () => {
    const scene = new TestScene();
    scene.box({ scale: [-1, 1, 1] });
    expect(pickingOf(scene).nearest(DOWN_Z)?.distance).toBeCloseTo(9.5);
  });

  it('survives an entity that is scaled to nothing', () => {
    const scene = new TestScene();
    scene.box({ scale: [0, 0, 0] });
    expect(pickingOf(scene).nearest(DOWN_Z)).toBeUndefined();
  });
});
