import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { affineOf, composeAffine, mapPoint, type Pose, poseWithin, unmapPoint } from './affine.ts';
import { meetPlane, nearestOnAxis } from './intersect.ts';
import {
  conjugate,
  fromAxisAngle,
  fromEuler,
  fromTo,
  multiplyQuat,
  normalizeQuat,
  type Quat,
  rotateVector,
  sameRotation,
  toEuler,
} from './quat.ts';
import { grabRing } from './ring.ts';
import {
  addScaled,
  anyPerpendicular,
  cross,
  distance,
  dot,
  length,
  normalize,
  subtract,
  type Vec3,
} from './vec3.ts';

const number = (limit: number) => fc.double({ min: -limit, max: limit, noNaN: true });
const vector = (limit = 10): fc.Arbitrary<Vec3> =>
  fc.tuple(number(limit), number(limit), number(limit));
const direction = vector(1)
  .filter((each) => length(each) > 0.1)
  .map(normalize);
const rotation: fc.Arbitrary<Quat> = fc
  .tuple(number(1), number(1), number(1), number(1))
  .filter((each) => Math.hypot(...each) > 0.1)
  .map(normalizeQuat);
const factor = fc.oneof(
  fc.double({ min: 0.2, max: 5, noNaN: true }),
  fc.double({ min: -5, max: -0.2, noNaN: true }),
);
const pose: fc.Arbitrary<Pose> = fc.record({
  position: vector(),
  rotation,
  scale: fc.tuple(factor, factor, factor),
});
const similar: fc.Arbitrary<Pose> = fc.record({
  position: vector(),
  rotation,
  scale: factor.map((each) => [each, each, each] as const),
});

function expectNear(actual: readonly number[], expected: readonly number[], digits = 6): void {
  for (const [at, value] of expected.entries()) expect(actual[at]).toBeCloseTo(value, digits);
}

describe('quaternions', () => {
  it('turn a vector and back', () => {
    fc.assert(
      fc.property(rotation, vector(), (turn, each) => {
        expectNear(rotateVector(conjugate(turn), rotateVector(turn, each)), each);
      }),
    );
  });

  it('multiply as turns follow one another', () => {
    fc.assert(
      fc.property(rotation, rotation, vector(), (a, b, each) => {
        expectNear(rotateVector(multiplyQuat(a, b), each), rotateVector(a, rotateVector(b, each)));
      }),
    );
  });

  it('come back from their Euler angles', () => {
    fc.assert(
      fc.property(rotation, (turn) => {
        expect(sameRotation(fromEuler(toEuler(turn)), turn)).toBe(true);
      }),
    );
  });

  it('keep their rotation in gimbal lock', () => {
    for (const middle of [90, -90]) {
      const turn = fromEuler([20, middle, 30]);
      expect(sameRotation(fromEuler(toEuler(turn)), turn)).toBe(true);
    }
  });

  it('lead from one direction to another, also to the opposite one', () => {
    fc.assert(
      fc.property(direction, direction, (from, to) => {
        expectNear(rotateVector(fromTo(from, to), from), to, 4);
        expectNear(rotateVector(fromTo(from, [-from[0], -from[1], -from[2]]), from), [
          -from[0],
          -from[1],
          -from[2],
        ]);
      }),
    );
  });
});

describe('affine maps', () => {
  it('take a point there and back', () => {
    fc.assert(
      fc.property(pose, vector(), (each, point) => {
        const map = affineOf(each);
        expectNear(unmapPoint(map, mapPoint(map, point))!, point);
      }),
    );
  });

  it('find the pose under a parent that stands where the child stood', () => {
    fc.assert(
      fc.property(similar, pose, (outer, inner) => {
        const parent = affineOf(outer);
        const found = poseWithin(parent, composeAffine(parent, affineOf(inner)))!;
        const [a, b] = [affineOf(found), affineOf(inner)];
        for (const axis of ['x', 'y', 'z', 'origin'] as const) expectNear(a[axis], b[axis], 5);
      }),
    );
  });

  it('are not undone where they are flat', () => {
    const flat = affineOf({ position: [0, 0, 0], rotation: [0, 0, 0, 1], scale: [1, 0, 1] });
    expect(unmapPoint(flat, [1, 1, 1])).toBeUndefined();
  });
});

describe('rays', () => {
  it('come nearest to an axis at the point that they aim at', () => {
    fc.assert(
      fc.property(vector(), direction, number(20), vector(30), (origin, axis, along, eye) => {
        const target = addScaled(origin, axis, along);
        const towards = normalize(subtract(target, eye));
        fc.pre(distance(target, eye) > 0.1 && Math.abs(dot(towards, axis)) < 0.99);
        const found = nearestOnAxis({ origin: eye, direction: towards }, origin, axis);
        expect(found).toBeCloseTo(along, 4);
      }),
    );
  });

  it('have no nearest point on an axis that is seen end-on, or lies behind the eye', () => {
    const ray = { origin: [0, 0, 10], direction: [0, 0, -1] } as const;
    expect(nearestOnAxis(ray, [0, 0, 0], [0, 0, 1])).toBeUndefined();
    expect(nearestOnAxis(ray, [0, 0, 20], [1, 0, 0])).toBeUndefined();
  });

  it('meet a plane in a point of both', () => {
    fc.assert(
      fc.property(vector(), direction, vector(30), direction, (point, normal, eye, towards) => {
        const met = meetPlane({ origin: eye, direction: towards }, point, normal);
        fc.pre(met !== undefined);
        expect(dot(subtract(met, point), normal)).toBeCloseTo(0, 4);
        expect(dot(subtract(met, eye), towards)).toBeGreaterThanOrEqual(-1e-6);
      }),
    );
  });

  it('do not meet a plane that they graze or have behind them', () => {
    const ray = { origin: [0, 1, 0], direction: [1, 0, 0] } as const;
    expect(meetPlane(ray, [0, 0, 0], [0, 1, 0])).toBeUndefined();
    expect(meetPlane(ray, [-5, 0, 0], [1, 0, 0])).toBeUndefined();
  });
});

describe('rings', () => {
  it('measure the angle by which a point on them goes round, whatever the view', () => {
    fc.assert(
      fc.property(direction, vector(), direction, number(3), (axis, pivot, view, angle) => {
        fc.pre(Math.abs(dot(axis, view)) > 0.3);
        const eye = addScaled(pivot, view, -20);
        const start = addScaled(pivot, anyPerpendicular(axis), 1);
        const arm = rotateVector(fromAxisAngle(axis, angle), subtract(start, pivot));
        const aimAt = (point: Vec3) => ({
          origin: eye,
          direction: normalize(subtract(point, eye)),
        });
        const ring = grabRing(aimAt(start), pivot, axis, view)!;
        expect(ring.turnTo(aimAt(addScaled(pivot, arm, 1)))).toBeCloseTo(angle, 4);
      }),
    );
  });

  it('turn the way that they are pulled when seen edge-on', () => {
    const ring = grabRing(
      { origin: [0, 0, 10], direction: [0, 0, -1] },
      [0, 0, 0],
      [0, 1, 0],
      [0, 0, -1],
    )!;
    const pulled = ring.turnTo({ origin: [0, 0, 10], direction: normalize([0.3, 0, -10]) });
    expect(pulled).toBeGreaterThan(0);
    const kept = ring.turnTo({ origin: [0, 0, 10], direction: [0, 0, 1] });
    expect(kept).toBe(pulled);
  });
});

describe('perpendiculars', () => {
  it('are at a right angle and of unit length', () => {
    fc.assert(
      fc.property(direction, (each) => {
        const side = anyPerpendicular(each);
        expect(dot(side, each)).toBeCloseTo(0, 6);
        expect(length(cross(side, each))).toBeCloseTo(1, 6);
      }),
    );
  });
});
