import CameraControls from 'camera-controls';
import { describe, expect, it, vi } from 'vitest';

/** What camera-controls wants of a browser. */
vi.stubGlobal('DOMRect', class {});
const { AXIS_VIEWS, buttonActions, CameraRig } = await import('./camera-rig.ts');

const { ROTATE, TRUCK, DOLLY, NONE } = CameraControls.ACTION;
const NO_KEYS = { shiftKey: false, ctrlKey: false, altKey: false };

describe('buttonActions', () => {
  it('gives each preset what its users know', () => {
    const [shift, alt] = [
      { ...NO_KEYS, shiftKey: true },
      { ...NO_KEYS, altKey: true },
    ];
    expect(buttonActions('theta', NO_KEYS)).toEqual({ left: ROTATE, middle: TRUCK, right: NONE });
    expect(buttonActions('theta', shift).left).toBe(TRUCK);
    expect(buttonActions('blender', NO_KEYS)).toEqual({ left: NONE, middle: ROTATE, right: NONE });
    expect(buttonActions('blender', shift).middle).toBe(TRUCK);
    expect(buttonActions('maya', NO_KEYS).left).toBe(NONE);
    expect(buttonActions('maya', alt)).toEqual({ left: ROTATE, middle: TRUCK, right: DOLLY });
  });
});

describe('CameraRig', () => {
  function settled(act: (rig: InstanceType<typeof CameraRig>) => void) {
    const rig = new CameraRig();
    rig.setPose({ position: [0, 0, 10], target: [0, 0, 0] }, false);
    rig.update(0);
    act(rig);
    for (let frame = 0; frame < 600 && rig.update(1 / 60); frame++);
    return rig;
  }
  const near = (actual: readonly number[], expected: readonly number[]) => {
    for (const [at, value] of expected.entries()) expect(actual[at]).toBeCloseTo(value, 2);
  };

  it('orbits, pans and dollies by steps', () => {
    near(settled((rig) => rig.orbitBy(90, 0)).pose.position, [10, 0, 0]);
    near(settled((rig) => rig.orbitBy(0, 45)).pose.position, [0, 7.07, 7.07]);
    near(settled((rig) => rig.dollyBy(0.5)).pose.position, [0, 0, 5]);
    const { target } = settled((rig) => rig.panBy(0.5, 0)).pose;
    near(target, [10 * Math.tan(Math.PI / 8), 0, 0]);
  });

  it('looks from each axis at what it looked at, from as far', () => {
    for (const view of Object.keys(AXIS_VIEWS) as (keyof typeof AXIS_VIEWS)[]) {
      const { pose } = settled((rig) => rig.setAxisView(view));
      near(
        pose.position,
        AXIS_VIEWS[view].map((each) => each * 10),
      );
      near(pose.target, [0, 0, 0]);
    }
  });

  it('goes to the other side', () => {
    near(settled((rig) => rig.flip()).pose.position, [0, 0, -10]);
  });
});
