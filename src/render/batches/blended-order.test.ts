import fc from 'fast-check';
import { InstancedMesh, Matrix4, PerspectiveCamera, Vector3 } from 'three';
import { describe, expect, it } from 'vitest';
import { Material } from '../../ecs/components/index.ts';
import { TestScene } from '../testing/scene.ts';

const coordinate = fc.integer({ min: -20, max: 20 });
const places = fc.uniqueArray(fc.tuple(coordinate, coordinate, coordinate), {
  minLength: 2,
  maxLength: 30,
  selector: (place) => place.join(),
});

function glass(scene: TestScene, position: readonly number[], alpha = 0.5): void {
  const entity = scene.box({ position });
  scene.world.add(entity, Material, { alphaMode: 'blend', color: [1, 1, 1, alpha] });
}

function cameraAt(x: number, y: number, z: number): PerspectiveCamera {
  const camera = new PerspectiveCamera();
  camera.position.set(x, y, z);
  camera.lookAt(0, 0, 0);
  camera.updateMatrixWorld();
  return camera;
}

/** How far along the view each instance lies, in the order in which they are drawn. */
function drawnDepths(scene: TestScene, camera: PerspectiveCamera): number[] {
  const towards = camera.getWorldDirection(new Vector3());
  const meshes = scene.batches.root.children.filter((mesh) => mesh instanceof InstancedMesh);
  const matrix = new Matrix4();
  return meshes
    .sort((a, b) => a.renderOrder - b.renderOrder)
    .flatMap((mesh) =>
      Array.from({ length: mesh.count }, (_, slot) => {
        mesh.getMatrixAt(slot, matrix);
        const middle = new Vector3().setFromMatrixPosition(matrix);
        return middle.sub(camera.position).dot(towards);
      }),
    );
}

const descending = (depths: readonly number[]) =>
  depths.every((depth, at) => at === 0 || depth <= depths[at - 1]! + 1e-6);

describe('what lets light through', () => {
  it('is drawn from the farthest to the nearest, from wherever it is seen', () => {
    fc.assert(
      fc.property(places, fc.tuple(coordinate, coordinate), (positions, [x, y]) => {
        const scene = new TestScene();
        // Of two looks, so that alike ones do not stand together.
        for (const [at, place] of positions.entries()) glass(scene, place, at % 2 ? 0.25 : 0.5);
        scene.update();
        for (const camera of [cameraAt(x, y, 40), cameraAt(40, y, x)]) {
          scene.batches.sortBlended(camera);
          expect(descending(drawnDepths(scene, camera))).toBe(true);
        }
      }),
    );
  });

  it('is drawn together beyond a few hundred, and still in order', () => {
    const scene = new TestScene();
    for (let at = 0; at < 600; at++) glass(scene, [0, 0, (at * 37) % 600]);
    scene.update();
    expect(scene.batches.batchCount).toBe(257);
    const camera = cameraAt(0, 0, 1000);
    scene.batches.sortBlended(camera);
    const grouped = scene.batches.root.children.find(
      (mesh) => mesh instanceof InstancedMesh && mesh.count > 1,
    );
    const depths = drawnDepths(scene, camera);
    expect(depths).toHaveLength(600);
    expect(grouped).toBeInstanceOf(InstancedMesh);
    const matrix = new Matrix4();
    const along = Array.from({ length: 344 }, (_, slot) => {
      (grouped as InstancedMesh).getMatrixAt(slot, matrix);
      return 1000 - new Vector3().setFromMatrixPosition(matrix).z;
    });
    expect(descending(along)).toBe(true);
    // Whoever changed places is still found where it is drawn.
    scene.world.set(scene.world.entityAtIndex(590), Material, { alphaMode: 'opaque' });
    scene.update();
    expect(scene.batches.bounds.count).toBe(600);
  });

  it('casts no shadow and lies between what is solid and what is the editor’s own', () => {
    const scene = new TestScene();
    glass(scene, [0, 0, 0]);
    scene.update();
    scene.batches.sortBlended(cameraAt(0, 0, 9));
    const [mesh] = scene.batches.root.children;
    expect(mesh?.castShadow).toBe(false);
    expect(mesh?.renderOrder).toBeGreaterThan(0);
    expect(mesh?.renderOrder).toBeLessThan(1);
  });
});
