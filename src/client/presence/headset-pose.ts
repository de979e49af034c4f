import type { HeadsetPose, SmallPose } from '../../protocol/generated/types.ts';
import type { AvatarPose } from '../../render/presence/avatar.ts';
import { PoseTrack, type TrackedPose } from '../../render/presence/pose-track.ts';

/** A quaternion's elements on the wire are whole numbers up to this. */
const UNIT = 32_767;
const [LEFT, RIGHT] = [1, 2];
const MOST_TIME = 2 ** 32;
const NOWHERE: SmallPose = { position: { x: 0, y: 0, z: 0 }, x: 0, y: 0, z: 0, w: UNIT };

/** A person in a headset as others are told of them. @param now ms of this page's clock */
export function headsetPose({ head, left, right, scale }: AvatarPose, now: number): HeadsetPose {
  // Hands that are not there are where the head is: within reach, as the server wants them.
  const absent = { ...NOWHERE, position: small(head).position };
  return {
    time: Math.round(now) % MOST_TIME,
    scale,
    hands: (left ? LEFT : 0) | (right ? RIGHT : 0),
    head: small(head),
    left: left ? small(left) : absent,
    right: right ? small(right) : absent,
  };
}

/** Somebody in a headset, smooth however their poses come. */
export class AvatarTrack {
  readonly #track = new PoseTrack();
  #scale = 1;

  /** @param now when it came, ms of this page's clock */
  add({ time, scale, hands, head, left, right }: HeadsetPose, now: number): void {
    this.#scale = scale;
    const poses = [
      large(head),
      (hands & LEFT) !== 0 ? large(left) : undefined,
      (hands & RIGHT) !== 0 ? large(right) : undefined,
    ];
    this.#track.add(time, poses, now);
  }

  /** Where they are to be shown at `now`; undefined before anything came. */
  at(now: number): AvatarPose | undefined {
    const [head, left, right] = this.#track.at(now) ?? [];
    return head && { head, left, right, scale: this.#scale };
  }
}

function small({ position: [x, y, z], rotation }: TrackedPose): SmallPose {
  const [qx, qy, qz, qw] = rotation.map((value) =>
    Math.round(Math.min(1, Math.max(-1, value)) * UNIT),
  );
  return { position: { x, y, z }, x: qx!, y: qy!, z: qz!, w: qw! };
}

function large({ position, x, y, z, w }: SmallPose): TrackedPose {
  const size = Math.hypot(x, y, z, w);
  return {
    position: [position.x, position.y, position.z],
    rotation: size > 0 ? [x / size, y / size, z / size, w / size] : [0, 0, 0, 1],
  };
}
