import { meetPlane, nearestOnAxis } from '../../geometry/intersect.ts';
import { distance, dot, subtract } from '../../geometry/vec3.ts';
import { isSnapping, snapFactor } from '../../snapping/snap.ts';
import { metresPerPixelAt } from '../pointer-distance.ts';
import type { GizmoAxis, PointerInput } from '../pointer-input.ts';
import { factorReadout } from '../readout.ts';
import type { ToolContext, ToolState } from '../tool-state.ts';
import { axesOf, directionOf, factorsAlong, normalAxisOf } from './axes.ts';
import { scalePose } from './change.ts';
import { Dragging } from './dragging.ts';
import { TransformGesture } from './transform-gesture.ts';

/** How far the pointer goes, to the right or up, to double a size. Pixels of the camera. */
const DOUBLING_PIXELS = 120;
/** A grip nearer to the pivot than this gives no ratio to go by. Metres. */
const NEAREST_GRIP = 1e-6;

/** Scaling the selection along one axis, two, or all of them, away from the pivot. */
export function scaleAlong(
  context: ToolContext,
  axis: GizmoAxis,
  input: PointerInput,
): ToolState | undefined {
  const gesture = TransformGesture.begin(context, 'scale');
  if (gesture === undefined) return undefined;
  const factorAt = meterOf(gesture, axis, input);
  if (factorAt === undefined) return undefined;
  const axes = axesOf(axis);
  const name = axes.length === 3 ? '' : axes.join('').toUpperCase();
  const measure = (at: PointerInput): readonly number[] | undefined => {
    const { snap } = context.tools.getState();
    const drawn = factorAt(at);
    if (drawn === undefined) return undefined;
    return [isSnapping(snap, at.modifiers) ? snapFactor(drawn, snap.scale) : drawn];
  };
  const show = ([typed = 1]: readonly number[]): void => {
    // Nothing comes back from a scale of nothing.
    const factor = typed === 0 ? 1 : typed;
    const factors = factorsAlong(axes, factor);
    gesture.preview((target, pivot) => scalePose(target, pivot, factors), {
      readout: factorReadout(name, factor),
      pivot: gesture.pivot,
    });
  };
  return new Dragging(gesture, { rest: [1], measure, show }, input);
}

type FactorMeter = (input: PointerInput) => number | undefined;

function meterOf(
  gesture: TransformGesture,
  axis: GizmoAxis,
  input: PointerInput,
): FactorMeter | undefined {
  if (axis === 'uniform' || axis === 'view') return viewMeter(gesture, input);
  const { position } = gesture.pivot;
  if (axis === 'x' || axis === 'y' || axis === 'z') {
    const direction = directionOf(gesture.pivot, axis);
    return ratioMeter(input, (at) => nearestOnAxis(at.ray, position, direction));
  }
  const normal = directionOf(gesture.pivot, normalAxisOf(axis));
  return ratioMeter(input, (at) => {
    const point = meetPlane(at.ray, position, normal);
    return point === undefined ? undefined : distance(point, position);
  });
}

/** How many times as far from the pivot as where it was grabbed. */
function ratioMeter(
  input: PointerInput,
  gripAt: (input: PointerInput) => number | undefined,
): FactorMeter | undefined {
  const start = gripAt(input);
  if (start === undefined || Math.abs(start) < NEAREST_GRIP) return undefined;
  return (at) => {
    const grip = gripAt(at);
    // A factor of 0 could never be scaled back.
    return grip === undefined || Math.abs(grip) < NEAREST_GRIP ? undefined : grip / start;
  };
}

/** By how far the pointer went to the right and up, in the plane of the view through the pivot. */
function viewMeter(gesture: TransformGesture, input: PointerInput): FactorMeter | undefined {
  const { position } = gesture.pivot;
  const { forward, right, up } = input.camera;
  const start = meetPlane(input.ray, position, forward);
  if (start === undefined) return undefined;
  const pixel = metresPerPixelAt(input, position);
  return ({ ray }) => {
    const now = meetPlane(ray, position, forward);
    if (now === undefined) return undefined;
    const way = subtract(now, start);
    return 2 ** ((dot(way, right) + dot(way, up)) / pixel / DOUBLING_PIXELS);
  };
}
