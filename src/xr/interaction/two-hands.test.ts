import fc from 'fast-check';
import { Quaternion, Vector3 } from 'three';
import { describe, expect, it } from 'vitest';
import type { Vec3 } from '../../editor/editor.ts';
import type { Quaternion4 } from '../input/input-frame.ts';
import {
  applied,
  followedBy,
  type Hold,
  type Motion,
  oneHand,
  STILL,
  twoHands,
} from './two-hands.ts';

const UPRIGHT: Quaternion4 = [0, 0, 0, 1];
const hold = (position: Vec3, rotation: Quaternion4 = UPRIGHT): Hold => ({ position, rotation });
const map = (motion: Motion, point: Vec3) => applied(motion, new Vector3(...point));

const metre = fc.integer({ min: -3000, max: 3000 }).map((millimetres) => millimetres / 1000);
const place = fc.tuple(metre, metre, metre) as fc.Arbitrary<Vec3>;
const turn = fc
  .tuple(metre, metre, metre, fc.integer({ min: 1, max: 30 }))
  .map((q) => new Quaternion(...q).normalize().toArray() as unknown as Quaternion4);
const anyHold = fc.record({ position: place, rotation: turn });

describe('what hands do to what they hold', () => {
  it('one hand keeps its grip, wherever it goes and turns', () => {
    fc.assert(
      fc.property(anyHold, anyHold, (from, to) => {
        const motion = oneHand(from, to);
        expect(map(motion, from.position).distanceTo(new Vector3(...to.position))).toBeLessThan(
          1e-9,
        );
        expect(motion.scale).toBe(1);
      }),
      { seed: 1, endOnFailure: true },
    );
  });

  it('two hands keep both grips', () => {
    fc.assert(
      fc.property(anyHold, anyHold, anyHold, anyHold, (a, b, c, d) => {
        const apart = (one: Hold, other: Hold) =>
          new Vector3(...one.position).distanceTo(new Vector3(...other.position));
        fc.pre(apart(a, b) > 0.05 && apart(c, d) > 0.05);
        const motion = twoHands([a, b], [c, d]);
        expect(map(motion, a.position).distanceTo(new Vector3(...c.position))).toBeLessThan(1e-3);
        expect(map(motion, b.position).distanceTo(new Vector3(...d.position))).toBeLessThan(1e-3);
      }),
      { seed: 2, endOnFailure: true },
    );
  });

  it('two hands pulled apart scale, and rolled together roll', () => {
    const apart = twoHands(
      [hold([-1, 0, 0]), hold([1, 0, 0])],
      [hold([-2, 0, 0]), hold([2, 0, 0])],
    );
    expect(apart.scale).toBeCloseTo(2);
    const quarter = new Quaternion().setFromAxisAngle(new Vector3(1, 0, 0), Math.PI / 2);
    const rolled = quarter.toArray() as unknown as Quaternion4;
    const roll = twoHands(
      [hold([-1, 0, 0]), hold([1, 0, 0])],
      [hold([-1, 0, 0], rolled), hold([1, 0, 0], rolled)],
    );
    expect(map(roll, [0, 1, 0]).distanceTo(new Vector3(0, 0, 1))).toBeLessThan(1e-9);
  });

  it('hands that meet do not scale to nothing', () => {
    const met = twoHands([hold([-1, 0, 0]), hold([1, 0, 0])], [hold([0, 0, 0]), hold([0, 0, 0])]);
    expect(met.scale).toBe(1);
    expect(map(met, [0, 0, 0]).toArray().every(Number.isFinite)).toBe(true);
  });

  it('goes on where it was when a hand joins', () => {
    const first = oneHand(hold([0, 0, 0]), hold([1, 2, 3]));
    const then = oneHand(hold([1, 2, 3]), hold([5, 5, 5]));
    expect(map(followedBy(first, then), [0, 0, 0]).toArray()).toEqual([5, 5, 5]);
    expect(map(followedBy(STILL, first), [1, 1, 1]).toArray()).toEqual([2, 3, 4]);
  });
});
