import { Vector3 } from 'three';
import { describe, expect, it } from 'vitest';
import { AXIS_VIEWS, type AxisView } from './camera-rig.ts';
import { Grid, gridLevel } from './grid.ts';
import { webglShaders } from './shaders/webgl-shaders.ts';
import { ViewCamera } from './view-camera.ts';

describe('gridLevel', () => {
  it('goes from decimetres over metres to tens of metres', () => {
    const cells = [1, 10, 18.1, 100, 181, 1000].map((distance) => gridLevel(distance).cell);
    expect(cells.map((cell) => Number(cell.toPrecision(3)))).toEqual([0.1, 0.1, 1, 1, 10, 10]);
  });

  it('fades without a step: where a level ends the next begins', () => {
    let before = gridLevel(0.5);
    for (let distance = 0.5; distance < 5000; distance *= 1.01) {
      const now = gridLevel(distance);
      const place = Math.log10(now.cell) + now.fade;
      expect(place - (Math.log10(before.cell) + before.fade)).toBeLessThan(0.01);
      before = now;
    }
  });
});

describe('the grid', () => {
  /** A view from a side: how far before its eye the grid lies, and how straight it faces it. */
  function depthFrom(view: AxisView, parallel: boolean) {
    const camera = new ViewCamera(45, 1, 0.02, 400);
    camera.isOrthographicCamera = parallel;
    camera.position.fromArray(AXIS_VIEWS[view]).multiplyScalar(10);
    camera.lookAt(0, 0, 0);
    camera.updateMatrixWorld();
    const grid = new Grid(webglShaders);
    grid.update(camera, new Vector3());
    const plane = grid.root.children[0]!;
    const ahead = camera.getWorldDirection(new Vector3());
    const depth = plane.position.clone().sub(camera.position).dot(ahead);
    const facing = Math.abs(new Vector3(0, 0, 1).applyQuaternion(plane.quaternion).dot(ahead));
    return { depth, facing, far: camera.far };
  }

  it.each(['front', 'back', 'left', 'right', 'top', 'bottom'] as const)(
    'stands behind all there is, and is seen, in a parallel %s view',
    (view) => {
      const { depth, facing, far } = depthFrom(view, true);
      expect(facing).toBeCloseTo(1);
      expect(depth).toBeGreaterThan(far * 0.98);
      expect(depth).toBeLessThan(far);
    },
  );

  it('lies on the ground in a view with perspective, from straight above too', () => {
    const { depth, far } = depthFrom('top', false);
    expect(depth).toBeLessThan(far / 2);
  });
});
