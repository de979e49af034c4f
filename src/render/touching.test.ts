import { Box3, Vector3 } from 'three';
import { describe, expect, it } from 'vitest';
import { Flags } from '../ecs/components/index.ts';
import { TestScene } from './testing/scene.ts';
import { Touching } from './touching.ts';

function setUp() {
  const scene = new TestScene();
  const near = scene.box({ position: [0, 0, 0] });
  const far = scene.box({ position: [3, 0, 0], scale: [2, 2, 2] });
  scene.update();
  const { world, matrices, visibility, batches } = scene;
  return { scene, near, far, touching: new Touching(world, matrices, visibility, batches) };
}

describe('touching', () => {
  it('finds the surface within reach, in world metres', () => {
    const { touching, near, far } = setUp();
    expect(touching.at([0, 0.53, 0], 0.05)).toMatchObject({ entity: near, point: [0, 0.5, 0] });
    expect(touching.at([0, 0.56, 0], 0.05)).toBeUndefined();
    expect(touching.at([3, 1.04, 0], 0.05)?.entity).toBe(far);
    expect(touching.at([3, 1.04, 0], 0.05)?.distance).toBeCloseTo(0.04);
  });

  it('finds what the hand is inside of', () => {
    const { touching, far } = setUp();
    expect(touching.at([3.1, 0.2, 0.1], 0.05)).toMatchObject({ entity: far, distance: 0 });
  });

  it('leaves out what is locked', () => {
    const { scene, touching, near } = setUp();
    scene.world.add(near, Flags, { locked: true });
    expect(touching.at([0, 0.5, 0], 0.05)).toBeUndefined();
    expect(touching.within(new Box3(new Vector3(-1, -1, -1), new Vector3(1, 1, 1)))).toEqual([]);
  });

  it('finds those whose middle is in a volume', () => {
    const { touching, near, far } = setUp();
    const small = new Box3(new Vector3(-0.1, -0.1, -0.1), new Vector3(0.1, 0.1, 0.1));
    expect(touching.within(small)).toEqual([near]);
    expect(touching.within(small.expandByPoint(new Vector3(4, 1, 1)))).toEqual([near, far]);
  });
});
