import { PerspectiveCamera, Vector3 } from 'three';
import { describe, expect, it } from 'vitest';
import type { PickRay } from '../picking.ts';
import { metresPerPixel } from '../view-camera.ts';
import { Gizmo } from './gizmo.ts';
import { type GizmoAxis, type GizmoMode, HANDLES } from './handle.ts';
import { ARM_PIXELS, PLANE_OFFSET, RING_RADIUS, VIEW_RING_RADIUS } from './proportions.ts';

const HEIGHT = 800;
const PIVOT = { position: [1, 2, 3], rotation: [0, 0, 0, 1] } as const;

function cameraAt(x: number, y: number, z: number): PerspectiveCamera {
  const camera = new PerspectiveCamera(45, 1.5, 0.1, 1000);
  camera.position.set(x, y, z);
  camera.lookAt(1, 2, 3);
  camera.updateMatrixWorld();
  return camera;
}

function gizmoIn(mode: GizmoMode, camera = cameraAt(7, 6, 9)): Gizmo {
  const gizmo = new Gizmo();
  gizmo.set({ mode, pivot: PIVOT });
  gizmo.update(camera, HEIGHT);
  return gizmo;
}

/** From the camera through a point given in gizmo units. */
function rayTo(gizmo: Gizmo, camera: PerspectiveCamera, x: number, y: number, z: number): PickRay {
  const target = new Vector3(x, y, z).applyMatrix4(gizmo.root.matrixWorld);
  return {
    origin: camera.position.toArray(),
    direction: target.sub(camera.position).normalize().toArray(),
  };
}

describe('Gizmo', () => {
  const camera = cameraAt(7, 6, 9);

  it('is as large on the screen from any distance', () => {
    for (const distance of [2, 20, 200]) {
      const far = cameraAt(1, 2, 3 + distance);
      const gizmo = gizmoIn('move', far);
      const tip = new Vector3(0, 1, 0).applyMatrix4(gizmo.root.matrixWorld).project(far);
      const foot = new Vector3().applyMatrix4(gizmo.root.matrixWorld).project(far);
      expect(((tip.y - foot.y) / 2) * HEIGHT).toBeCloseTo(ARM_PIXELS, 1);
    }
  });

  it.each([
    ['move', 'x', [0.8, 0, 0]],
    ['move', 'y', [0, 0.8, 0]],
    ['move', 'z', [0, 0, 0.8]],
    ['move', 'xy', [PLANE_OFFSET, PLANE_OFFSET, 0]],
    ['move', 'yz', [0, PLANE_OFFSET, PLANE_OFFSET]],
    ['move', 'xz', [PLANE_OFFSET, 0, PLANE_OFFSET]],
    ['move', 'view', [0, 0, 0]],
    ['scale', 'y', [0, 0.95, 0]],
    ['scale', 'uniform', [0, 0, 0]],
  ] as const)('%s: a ray at its handle %s grabs it', (mode, axis, [x, y, z]) => {
    const gizmo = gizmoIn(mode);
    expect(gizmo.pick(rayTo(gizmo, camera, x, y, z))).toEqual({ mode, axis });
  });

  it('grabs rings on the side that faces the viewer and not on the other', () => {
    const gizmo = gizmoIn('rotate');
    const near = new Vector3(6, 0, 6).setLength(RING_RADIUS);
    expect(gizmo.pick(rayTo(gizmo, camera, ...near.toArray()))?.axis).toBe('y');
    expect(gizmo.pick(rayTo(gizmo, camera, ...near.negate().toArray()))?.axis).not.toBe('y');
  });

  it('grabs the view ring all around', () => {
    const gizmo = gizmoIn('rotate');
    const up = new Vector3(0, 1, 0).applyQuaternion(camera.quaternion);
    const point = up.multiplyScalar(VIEW_RING_RADIUS).toArray();
    expect(gizmo.pick(rayTo(gizmo, camera, ...point))?.axis).toBe('view');
  });

  it('misses beside it, and when it is not shown', () => {
    const gizmo = gizmoIn('move');
    expect(gizmo.pick(rayTo(gizmo, camera, 3, 3, -3))).toBeUndefined();
    const ray = rayTo(gizmo, camera, 0.8, 0, 0);
    gizmo.set({ mode: 'move', pivot: null });
    gizmo.update(camera, HEIGHT);
    expect(gizmo.pick(ray)).toBeUndefined();
  });

  it('offers no arrow that points at the viewer', () => {
    const onAxis = cameraAt(1, 2, 13);
    const gizmo = gizmoIn('move', onAxis);
    expect(gizmo.pick(rayTo(gizmo, onAxis, 0, 0, 0.8))?.axis).toBe('view');
  });

  it('shows the grabbed handle alone', () => {
    const gizmo = gizmoIn('move');
    const ray = rayTo(gizmo, camera, 0, 0.8, 0);
    gizmo.set({ mode: 'move', pivot: PIVOT, grabbed: { mode: 'move', axis: 'x' } });
    gizmo.update(camera, HEIGHT);
    expect(gizmo.pick(ray)).toBeUndefined();
  });

  it('has the handles of its mode and no others', () => {
    for (const mode of Object.keys(HANDLES) as GizmoMode[]) {
      const gizmo = gizmoIn(mode);
      const seen = new Set<GizmoAxis>();
      for (let x = -1.3; x <= 1.3; x += 0.05) {
        for (let y = -1.3; y <= 1.3; y += 0.05) {
          const point = new Vector3(x, y, 0).applyQuaternion(camera.quaternion);
          const handle = gizmo.pick(rayTo(gizmo, camera, ...point.toArray()));
          if (handle) seen.add(handle.axis);
        }
      }
      expect([...seen].sort()).toEqual([...HANDLES[mode]].sort());
    }
  });
});

describe('metresPerPixel', () => {
  it('grows with the distance along the view', () => {
    const camera = cameraAt(1, 2, 13);
    const near = metresPerPixel(camera, new Vector3(1, 2, 8), HEIGHT);
    expect(metresPerPixel(camera, new Vector3(1, 2, 3), HEIGHT)).toBeCloseTo(2 * near);
  });
});
