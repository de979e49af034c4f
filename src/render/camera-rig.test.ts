import CameraControls from 'camera-controls';
import { Box3, Ray, Vector3 } from 'three';
import { describe, expect, it, vi } from 'vitest';
import { Flight } from './flight.ts';

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

  it('keeps the size of what it looks at when perspective goes, and dollies there too', () => {
    const rig = settled((each) => {
      each.parallel = true;
    });
    rig.resize(800, 800);
    const tip = new Vector3(0, 1, 0).project(rig.camera).y;
    expect(tip).toBeCloseTo(1 / (10 * Math.tan(Math.PI / 8)), 4);
    const deep = new Vector3(0, 1, -50).project(rig.camera);
    expect(deep.y).toBeCloseTo(tip, 4);
    const behind = new Vector3(0, 0, 60).project(rig.camera);
    expect(Math.abs(behind.z)).toBeLessThan(1);
    rig.dollyBy(0.5);
    for (let frame = 0; frame < 600 && rig.update(1 / 60); frame++);
    expect(new Vector3(0, 1, 0).project(rig.camera).y).toBeCloseTo(2 * tip, 3);
  });

  it('gives rays that meet what is drawn where they were aimed', () => {
    for (const parallel of [false, true]) {
      const rig = settled((each) => {
        each.parallel = parallel;
      });
      const seen = new Vector3(1, 0.5, -2).project(rig.camera);
      const { origin, direction } = rig.rayThrough(seen.x, seen.y);
      const ray = new Ray(new Vector3(...origin), new Vector3(...direction));
      expect(ray.distanceToPoint(new Vector3(1, 0.5, -2))).toBeCloseTo(0, 3);
    }
  });

  it('frames a box in either projection, wide or narrow', () => {
    for (const parallel of [false, true]) {
      for (const width of [400, 1600]) {
        const rig = settled((each) => {
          each.parallel = parallel;
          each.resize(width, 800);
          each.frame(new Box3(new Vector3(4, 4, 4), new Vector3(6, 6, 6)));
        });
        const edge = new Vector3(5 + Math.sqrt(3), 5, 5).project(rig.camera);
        const top = new Vector3(5, 5 + Math.sqrt(3), 5).project(rig.camera);
        const filled = Math.max(edge.x, top.y);
        expect(filled).toBeGreaterThan(0.6);
        expect(filled).toBeLessThan(1);
      }
    }
  });

  it('looks about on the spot, and not over its head', () => {
    const rig = settled((each) => each.look(90, 0));
    near(rig.pose.position, [0, 0, 10]);
    near(rig.pose.target, [10, 0, 10]);
    rig.look(0, 200);
    rig.update(0);
    expect(rig.pose.target[1]).toBeGreaterThan(9.9);
  });

  it('turns the shorter way round', () => {
    const rig = settled((each) => each.orbitBy(350, 0));
    rig.lookFrom([0, 0, 1]);
    let widest = 0;
    for (let frame = 0; frame < 600 && rig.update(1 / 60); frame++) {
      widest = Math.max(widest, Math.abs(rig.pose.position[0]));
    }
    expect(widest).toBeLessThan(2);
    near(rig.pose.position, [0, 0, 10]);
  });
});

describe('Flight', () => {
  const still = { right: 0, up: 0, ahead: 0, fast: false };

  function fly(keys: Partial<typeof still>, prepare: (flight: Flight) => void = () => undefined) {
    const rig = new CameraRig();
    rig.setPose({ position: [0, 0, 10], target: [0, 0, 0] }, false);
    rig.update(0);
    const flight = new Flight(rig);
    prepare(flight);
    for (let frame = 0; frame < 120; frame++) {
      flight.step({ ...still, ...keys }, 1 / 60);
      rig.update(1 / 60);
    }
    return { rig, flight };
  }

  it('goes ahead at its speed, with a little inertia', () => {
    const { rig, flight } = fly({ ahead: 1 });
    expect(10 - rig.pose.position[2]).toBeGreaterThan(flight.speed * 1.8);
    expect(10 - rig.pose.position[2]).toBeLessThan(flight.speed * 2);
  });

  it('goes four times as fast with Shift, and faster by the wheel', () => {
    const slow = fly({ right: 1 }).rig.pose.position[0];
    expect(fly({ right: 1, fast: true }).rig.pose.position[0]).toBeCloseTo(4 * slow, 1);
    const wheeled = fly({ right: 1 }, (flight) => flight.accelerate(1)).rig.pose.position[0];
    expect(wheeled).toBeCloseTo(1.25 * slow, 1);
  });

  it('comes to a stand', () => {
    const { rig, flight } = fly({ up: 1 });
    for (let frame = 0; frame < 200; frame++) flight.step(still, 1 / 60);
    const { position } = rig.pose;
    expect(flight.step(still, 1 / 60)).toBe(false);
    rig.update(0);
    expect(rig.pose.position[0]).toBeCloseTo(position[0]);
  });
});
