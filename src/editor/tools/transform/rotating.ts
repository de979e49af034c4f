import { fromAxisAngle, multiplyQuat } from '../../geometry/quat.ts';
import { grabRing } from '../../geometry/ring.ts';
import { normalize, scaleBy, subtract, type Vec3 } from '../../geometry/vec3.ts';
import { isSnapping, snapTo } from '../../snapping/snap.ts';
import type { CameraView, PointerInput } from '../pointer-input.ts';
import { degreesReadout } from '../readout.ts';
import type { ToolContext, ToolState } from '../tool-state.ts';
import { type AxisName, directionOf } from './axes.ts';
import { turnPose } from './change.ts';
import { Dragging } from './dragging.ts';
import { TransformGesture } from './transform-gesture.ts';

const DEGREES = Math.PI / 180;

/** Turning the selection about an axis of the gizmo, or about the line of sight. */
export function rotateAbout(
  context: ToolContext,
  axis: AxisName | 'view',
  input: PointerInput,
): ToolState | undefined {
  const gesture = TransformGesture.begin(context, 'rotate');
  if (gesture === undefined) return undefined;
  const { position } = gesture.pivot;
  const view = viewOf(input.camera, position);
  // Towards the eye, so that counter-clockwise on the screen counts up.
  const direction = axis === 'view' ? scaleBy(view, -1) : directionOf(gesture.pivot, axis);
  const ring = grabRing(input.ray, position, direction, view);
  if (ring === undefined) return undefined;
  const name = axis === 'view' ? 'View' : axis.toUpperCase();
  return new Dragging(gesture, (at) => {
    const { snap, space } = context.tools.getState();
    const drawn = ring.turnTo(at.ray) / DEGREES;
    const degrees = isSnapping(snap, at.modifiers) ? snapTo(drawn, snap.angle) : drawn;
    const change = degrees * DEGREES;
    const turned = multiplyQuat(fromAxisAngle(direction, change), gesture.pivot.rotation);
    const rotation = space === 'local' ? turned : gesture.pivot.rotation;
    gesture.preview(
      (target) => turnPose(target, position, direction, change),
      degreesReadout(name, degrees),
      { position, rotation },
    );
  });
}

function viewOf(camera: CameraView, position: Vec3): Vec3 {
  return camera.perspective ? normalize(subtract(position, camera.position)) : camera.forward;
}
