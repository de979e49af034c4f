import { describe, expect, it } from 'vitest';
import { encode } from '../../protocol/codec.ts';
import type { AvatarPose } from '../../render/presence/avatar.ts';
import { AvatarTrack, headsetPose } from './headset-pose.ts';

const person: AvatarPose = {
  head: { position: [1.25, 1.6, -3], rotation: [0, 0.6, 0, 0.8] },
  left: { position: [1, 1.1, -3.4], rotation: [0, 0, 0, 1] },
  right: undefined,
  scale: 2,
};

describe('a person in a headset', () => {
  it('comes through as they are, a hand that is not there included', () => {
    const track = new AvatarTrack();
    track.add(headsetPose(person, 1000), 1040);
    const shown = track.at(5000);
    expect(shown).toMatchObject({ scale: 2, right: undefined });
    expect(shown?.head.position).toEqual([1.25, 1.6, -3]);
    shown?.head.rotation.forEach((value, at) => {
      expect(value).toBeCloseTo(person.head.rotation[at]!, 4);
    });
  });

  it('costs at most 3 KB a second at 20 a second', () => {
    const value = { peer: 0, tick: 70_000, fov: 0, headset: headsetPose(person, 123_456) };
    const bytes = encode('ClientMessage', { payload: { type: 'Presence', value } });
    expect(bytes.length * 20).toBeLessThanOrEqual(3000);
  });

  it('looks ahead, rather than nowhere, when the rotation is no rotation', () => {
    const track = new AvatarTrack();
    const pose = headsetPose(person, 0);
    track.add({ ...pose, head: { ...pose.head, x: 0, y: 0, z: 0, w: 0 } }, 0);
    expect(track.at(1000)?.head.rotation).toEqual([0, 0, 0, 1]);
  });
});
