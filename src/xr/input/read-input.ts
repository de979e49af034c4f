import type { Vec3 } from '../../editor/editor.ts';
import type { HandJoints, InputFrame, InputSourceState, RoomPose } from './input-frame.ts';

/** Reads what an XR frame says of the person, in the space that the renderer draws in. */
export function readInput(frame: XRFrame, space: XRReferenceSpace, time: number): InputFrame {
  const viewer = frame.getViewerPose(space);
  // Under a menu of the system, what the hands do is meant for the menu.
  const listening = frame.session.visibilityState === 'visible';
  return {
    time,
    ...(viewer && { viewer: toRoomPose(viewer.transform) }),
    sources: [...frame.session.inputSources].map((source) =>
      listening ? readSource(source, frame, space) : silent(source),
    ),
  };
}

function silent({ handedness, targetRayMode, profiles }: XRInputSource): InputSourceState {
  return { handedness, targetRayMode, profiles: [...profiles], buttons: [], axes: [] };
}

function readSource(
  source: XRInputSource,
  frame: XRFrame,
  space: XRReferenceSpace,
): InputSourceState {
  const { gamepad } = source;
  const ray = frame.getPose(source.targetRaySpace, space);
  const grip = source.gripSpace ? frame.getPose(source.gripSpace, space) : undefined;
  const hand = source.hand ? readJoints(source.hand, frame, space) : undefined;
  return {
    ...silent(source),
    ...(ray && { targetRay: toRoomPose(ray.transform) }),
    ...(grip && { grip: toRoomPose(grip.transform) }),
    buttons: gamepad?.buttons.map(({ value }) => value) ?? [],
    axes: [...(gamepad?.axes ?? [])],
    ...(hand && { hand }),
  };
}

function readJoints(hand: XRHand, frame: XRFrame, space: XRReferenceSpace): HandJoints | undefined {
  const all: number[] = [];
  const tips: Partial<Record<XRHandJoint, Vec3>> = {};
  for (const [name, joint] of hand) {
    const pose = frame.getJointPose?.(joint, space);
    if (!pose) return undefined;
    const { x, y, z } = pose.transform.position;
    all.push(x, y, z, pose.radius ?? 0);
    tips[name] = [x, y, z];
  }
  const thumbTip = tips['thumb-tip'];
  const indexTip = tips['index-finger-tip'];
  const middleTip = tips['middle-finger-tip'];
  return thumbTip && indexTip && middleTip && { thumbTip, indexTip, middleTip, all };
}

function toRoomPose({ position, orientation }: XRRigidTransform): RoomPose {
  return {
    position: [position.x, position.y, position.z],
    orientation: [orientation.x, orientation.y, orientation.z, orientation.w],
  };
}
