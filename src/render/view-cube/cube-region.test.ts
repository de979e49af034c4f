import fc from 'fast-check';
import { type PerspectiveCamera, Vector3 } from 'three';
import { describe, expect, it } from 'vitest';
import { ViewCamera } from '../view-camera.ts';
import { highlightGeometry } from './cube-parts.ts';
import { CUBE_SIDE, cubeCentre, cubeRegionAt } from './cube-region.ts';
import { ViewCube } from './view-cube.ts';

const SIZE = { x: 900, y: 600 };

function cameraFrom(x: number, y: number, z: number, camera = new ViewCamera(45, 1.5, 0.1, 100)) {
  camera.position.set(x, y, z);
  camera.lookAt(0, 0, 0);
  camera.updateProjectionMatrix();
  camera.updateMatrixWorld();
  return camera;
}

describe('cubeRegionAt', () => {
  it('tells faces, edges and corners apart', () => {
    const { quaternion } = cameraFrom(0, 0, 5);
    const rim = CUBE_SIDE / 2 - 3;
    expect(cubeRegionAt(0, 0, quaternion)).toEqual([0, 0, 1]);
    expect(cubeRegionAt(rim, 0, quaternion)).toEqual([1, 0, 1]);
    expect(cubeRegionAt(rim, -rim, quaternion)).toEqual([1, 1, 1]);
    expect(cubeRegionAt(CUBE_SIDE, 0, quaternion)).toBeUndefined();
  });

  it('has the part in the middle that the camera looks from', () => {
    fc.assert(
      fc.property(fc.tuple(...[0, 1, 2].map(() => fc.constantFrom(-1, 0, 1))), (from) => {
        fc.pre(from.some((each) => each !== 0));
        const [x, y, z] = from as [number, number, number];
        // Looking straight down leaves open where up is, not which face is seen.
        const { quaternion } = cameraFrom(x * 5, y * 5, z * 5 + (x === 0 && z === 0 ? 1e-4 : 0));
        expect(cubeRegionAt(0, 0, quaternion)).toEqual(from);
      }),
    );
  });
});

describe('highlightGeometry', () => {
  it('has two triangles for each face that takes part, all facing outwards', () => {
    for (const [region, faces] of [
      [[0, 1, 0], 1],
      [[-1, 0, 1], 2],
      [[-1, -1, 1], 3],
    ] as const) {
      const positions = highlightGeometry(region).getAttribute('position');
      expect(positions.count).toBe(faces * 6);
      for (let at = 0; at < positions.count; at += 3) {
        const [a, b, c] = [0, 1, 2].map((corner) =>
          new Vector3().fromBufferAttribute(positions, at + corner),
        );
        const normal = b!.clone().sub(a!).cross(c!.clone().sub(a!)).normalize();
        expect(normal.dot(new Vector3(...region))).toBeCloseTo(1);
      }
    }
  });
});

describe('ViewCube', () => {
  it.each([false, true])('stands in its corner undistorted (parallel: %s)', (parallel) => {
    const camera = new ViewCamera(45, SIZE.x / SIZE.y, 0.1, 100);
    camera.isOrthographicCamera = parallel;
    camera.halfHeight = 3;
    if (parallel) camera.near = -100;
    cameraFrom(0, 0, 5, camera);
    const cube = new ViewCube();
    cube.update(camera as PerspectiveCamera, SIZE);
    cube.root.updateMatrixWorld();
    const onScreen = (x: number, y: number, z: number) => {
      const at = new Vector3(x, y, z).applyMatrix4(cube.root.matrixWorld).project(camera);
      return { x: ((at.x + 1) / 2) * SIZE.x, y: ((1 - at.y) / 2) * SIZE.y };
    };
    const centre = cubeCentre(SIZE.x);
    const half = CUBE_SIDE / 2;
    for (const z of [-1, 1]) {
      const corner = onScreen(1, 1, z);
      expect(Math.abs(corner.x - (centre.x + half))).toBeLessThan(1.5);
      expect(Math.abs(corner.y - (centre.y - half))).toBeLessThan(1.5);
    }
    cube.dispose();
  });
});
