import { Quaternion, Vector3 } from 'three';
import type { Vec3 } from '../../editor/editor.ts';
import type { HandControls } from '../input/hand-controls.ts';
import type { Quaternion4, RoomPose } from '../input/input-frame.ts';
import type { Rig } from '../stage/rig.ts';

/** A hand of the person as it is in the world, in one frame. */
export interface Hand {
  readonly side: 'left' | 'right';
  readonly controls: HandControls;
  readonly ray: { readonly origin: Vec3; readonly direction: Vec3 };
  readonly grip: { readonly position: Vec3; readonly rotation: Quaternion4 };
  /** What touches things: ahead of a controller, between the pinching fingers of a bare hand. */
  readonly tip: Vec3;
}

/** Metres from a controller's grip to what it touches with. */
const TIP_M = 0.05;
const UP = new Vector3(0, 1, 0);

/** Undefined while the hand is not tracked. */
export function handInWorld(controls: HandControls, rig: Rig): Hand | undefined {
  const { ray, grip } = controls;
  if (ray === undefined || grip === undefined) return undefined;
  const origin = toWorld(ray, rig);
  const direction = forward(ray, rig);
  const position = toWorld(grip, rig);
  const ahead = controls.bare ? 0 : TIP_M * rig.scale;
  return {
    side: controls.handedness,
    controls,
    ray: { origin: origin.toArray(), direction: direction.toArray() },
    grip: { position: position.toArray(), rotation: turned(grip, rig) },
    tip: position.clone().addScaledVector(direction, ahead).toArray(),
  };
}

function toWorld({ position }: RoomPose, rig: Rig): Vector3 {
  return rig.toWorld(new Vector3(...position));
}

function forward({ orientation }: RoomPose, rig: Rig): Vector3 {
  return new Vector3(0, 0, -1)
    .applyQuaternion(new Quaternion(...orientation))
    .applyAxisAngle(UP, rig.yaw)
    .normalize();
}

function turned({ orientation }: RoomPose, rig: Rig): Quaternion4 {
  const [x, y, z, w] = new Quaternion()
    .setFromAxisAngle(UP, rig.yaw)
    .multiply(new Quaternion(...orientation))
    .toArray();
  return [x!, y!, z!, w!];
}
