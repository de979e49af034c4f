import { fromAxisAngle, multiplyQuat } from '../../geometry/quat.ts';
import { grabRing } from '../../geometry/ring.ts';
import { normalize, scaleBy, subtract, type Vec3 } from '../../geometry/vec3.ts';
import { isSnapping, snapTo } from '../../snapping/snap.ts';
import type { Pivot } from '../pivot.ts';
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
  const { pivot } = gesture;
  const view = viewOf(input.camera, pivot.position);
  // Towards the eye, so that counter-clockwise on the screen counts up.
  const axisIn = (space: Pivot): Vec3 =>
    axis === 'view' ? scaleBy(view, -1) : directionOf(space, axis);
  const ring = grabRing(input.ray, pivot.position, axisIn(pivot), view);
  if (ring === undefined) return undefined;
  const measure = ({ ray, modifiers }: PointerInput): readonly number[] => {
    const { snap } = context.tools.getState();
    const drawn = ring.turnTo(ray) / DEGREES;
    return [isSnapping(snap, modifiers) ? snapTo(drawn, snap.angle) : drawn];
  };
  const show = ([degrees = 0]: readonly number[]): void => {
    const angle = degrees * DEGREES;
    const turned = multiplyQuat(fromAxisAngle(axisIn(pivot), angle), pivot.rotation);
    const local = context.tools.getState().space === 'local';
    gesture.preview((target, own) => turnPose(target, own.position, axisIn(own), angle), {
      readout: degreesReadout(axis === 'view' ? 'View' : axis.toUpperCase(), degrees),
      pivot: local ? { ...pivot, rotation: turned } : pivot,
    });
  };
  return new Dragging(gesture, { rest: [0], measure, show }, input);
}

function viewOf(camera: CameraView, position: Vec3): Vec3 {
  return camera.perspective ? normalize(subtract(position, camera.position)) : camera.forward;
}
