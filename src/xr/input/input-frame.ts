import type { Vec3 } from '../../editor/editor.ts';

export type Quaternion4 = readonly [x: number, y: number, z: number, w: number];

/** A place and an orientation in the real room: metres, y up, from its floor's middle. */
export interface RoomPose {
  readonly position: Vec3;
  readonly orientation: Quaternion4;
}

/** Where the finger tips of a tracked hand are, and all its joints for showing it. */
export interface HandJoints {
  readonly thumbTip: Vec3;
  readonly indexTip: Vec3;
  readonly middleTip: Vec3;
  /** Position and radius of each joint, in WebXR's order: 4 numbers a joint. */
  readonly all: readonly number[];
}

/** An `XRInputSource` as it was in one frame, as plain data. */
export interface InputSourceState {
  readonly handedness: XRHandedness;
  readonly targetRayMode: XRTargetRayMode;
  readonly profiles: readonly string[];
  /** Absent while it is not tracked: asleep, out of sight, or under a menu of the system. */
  readonly targetRay?: RoomPose;
  readonly grip?: RoomPose;
  /** As `Gamepad.buttons`: how far each is pressed, 0 to 1. In the order of `xr-standard`. */
  readonly buttons: readonly number[];
  /** As `Gamepad.axes`. */
  readonly axes: readonly number[];
  readonly hand?: HandJoints;
}

/** Everything that the person in the headset did, as of one frame. */
export interface InputFrame {
  /** Milliseconds; the origin means nothing. */
  readonly time: number;
  readonly viewer?: RoomPose;
  readonly sources: readonly InputSourceState[];
}

/** Places in `buttons` and `axes` of the `xr-standard` mapping. */
export const XR_STANDARD = {
  trigger: 0,
  squeeze: 1,
  touchpad: 2,
  thumbstick: 3,
  /** A or X, B or Y: where the mapping leaves off and controllers agree. */
  primary: 4,
  secondary: 5,
  thumbstickX: 2,
  thumbstickY: 3,
} as const;
