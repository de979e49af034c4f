import { Vector3 } from 'three';
import { describe, expect, it } from 'vitest';
import type { Vec3 } from '../../editor/editor.ts';
import { type HandControls, RELEASED } from '../input/hand-controls.ts';
import { Rig } from '../stage/rig.ts';
import { WorldGrab } from './world-grab.ts';

function hand(handedness: 'left' | 'right', position: Vec3): HandControls {
  const source = {
    handedness,
    targetRayMode: 'tracked-pointer',
    profiles: [],
    buttons: [],
    axes: [],
  } as const;
  const grip = { position, orientation: [0, 0, 0, 1] } as const;
  return {
    handedness,
    bare: false,
    source,
    ray: grip,
    grip,
    trigger: RELEASED,
    squeeze: RELEASED,
    primary: RELEASED,
    secondary: RELEASED,
    stick: { x: 0, y: 0 },
  };
}

function setUp() {
  const rig = new Rig();
  rig.set(new Vector3(3, 0, -2), 0.7, 2);
  return { rig, grab: new WorldGrab(rig) };
}

describe('the world in the hands', () => {
  it('follows one hand without turning or growing', () => {
    const { rig, grab } = setUp();
    const held = rig.toWorld(new Vector3(0.2, 1, -0.4));
    grab.join(hand('right', [0.2, 1, -0.4]));
    grab.update([hand('right', [0.5, 1.3, -0.1])]);
    expect(rig.toWorld(new Vector3(0.5, 1.3, -0.1)).distanceTo(held)).toBeLessThan(1e-9);
    expect([rig.yaw, rig.scale]).toEqual([0.7, 2]);
  });

  it('grows between two hands and turns with them, the floor staying level', () => {
    const { rig, grab } = setUp();
    const left: Vec3 = [-0.2, 1, -0.4];
    const right: Vec3 = [0.2, 1, -0.4];
    const [a, b] = [rig.toWorld(new Vector3(...left)), rig.toWorld(new Vector3(...right))];
    grab.join(hand('left', left));
    grab.join(hand('right', right));
    const [now, then]: [Vec3, Vec3] = [
      [0, 1.2, -0.8],
      [0, 1.2, 0],
    ];
    grab.update([hand('left', now), hand('right', then)]);
    expect(rig.scale).toBeCloseTo(1);
    expect(rig.toWorld(new Vector3(...now)).distanceTo(a)).toBeLessThan(1e-9);
    expect(rig.toWorld(new Vector3(...then)).distanceTo(b)).toBeLessThan(1e-9);
    expect(rig.root.rotation.x).toBe(0);
    expect(rig.root.rotation.z).toBe(0);
  });

  it('does not jump when a hand lets go', () => {
    const { rig, grab } = setUp();
    grab.join(hand('left', [-0.2, 1, -0.4]));
    grab.join(hand('right', [0.2, 1, -0.4]));
    grab.update([hand('left', [-0.3, 1, -0.4]), hand('right', [0.3, 1, -0.4])]);
    const before = rig.position.clone();
    grab.leave('left');
    grab.update([hand('right', [0.3, 1, -0.4])]);
    expect(rig.position.distanceTo(before)).toBeLessThan(1e-9);
  });

  it('keeps its size while the hands are in one place', () => {
    const { rig, grab } = setUp();
    grab.join(hand('left', [0, 1, 0]));
    grab.join(hand('right', [0.3, 1, 0]));
    grab.update([hand('left', [0, 1, 0]), hand('right', [0, 1, 0])]);
    expect(rig.scale).toBe(2);
  });
});
