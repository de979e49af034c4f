import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HeadsetPose, Presence, SmallPose } from '../../protocol/generated/types.ts';
import { ARM_M, FARTHEST_M, guardPresence, SCALES } from './presence-guard.ts';

const pose = (x: number, y: number, z: number): SmallPose => ({
  position: { x, y, z },
  ...{ x: 0, y: 0, z: 0, w: 32767 },
});
const person: HeadsetPose = {
  time: 1,
  scale: 1,
  hands: 3,
  head: pose(1, 1.6, 0),
  left: pose(0.7, 1.1, -0.4),
  right: pose(1.3, 1.1, -0.4),
};
const presence = (headset: HeadsetPose): Presence => ({ peer: 1, tick: 1, fov: 0, headset });

describe('S5: what somebody says of where they are', () => {
  it('stays as it is where a person can be', () => {
    const given = presence(person);
    expect(guardPresence(given)).toEqual({ presence: given, clamped: false });
    expect(guardPresence(given).presence).toBe(given);
  });

  it('is clamped kilometres away, and hands go back to the head', () => {
    const far = guardPresence(presence({ ...person, head: pose(5e6, 0, -5e6) }));
    expect(far.clamped).toBe(true);
    expect(far.presence.headset?.head.position).toEqual({ x: FARTHEST_M, y: 0, z: -FARTHEST_M });
    expect(far.presence.headset?.left.position).toEqual(far.presence.headset?.head.position);
    const reaching = guardPresence(presence({ ...person, right: pose(40, 1, 0) }));
    expect(reaching.presence.headset?.right.position).toEqual(person.head.position);
    expect(reaching.presence.headset?.left).toEqual(person.left);
  });

  it('may be of a giant, within reason', () => {
    const giant = { ...person, scale: 100, head: pose(0, 160, 0), left: pose(-60, 110, 0) };
    expect(guardPresence(presence(giant)).clamped).toBe(false);
    const { headset } = guardPresence(presence({ ...giant, scale: -3 })).presence;
    expect(headset?.scale).toBe(SCALES.least);
  });

  it('is sound afterwards, whatever it was', () => {
    const number = fc.float({ noNaN: true, noDefaultInfinity: true });
    const any = fc.tuple(number, number, number).map((at) => pose(...at));
    fc.assert(
      fc.property(number, any, any, any, (scale, head, left, right) => {
        const guarded = guardPresence(presence({ ...person, scale, head, left, right })).presence;
        expect(guardPresence(guarded).clamped).toBe(false);
        expect(ARM_M * guarded.headset!.scale).toBeGreaterThan(0);
      }),
      { seed: 3 },
    );
  });
});
