import { add, dot, type Vec3 } from '../../geometry/vec3.ts';
import { isSnapping, snapMove } from '../../snapping/snap.ts';
import type { Modifiers } from '../pointer-input.ts';
import { metresReadout } from '../readout.ts';
import type { ToolContext } from '../tool-state.ts';
import { type AxisName, directionOf } from './axes.ts';
import { movePose } from './change.ts';
import type { TransformGesture } from './transform-gesture.ts';

/**
 * Previews a move of world space, snapped along the given axes where that is on: in world space the
 * pivot comes to lie on the grid, in local space the distance is a multiple of the step.
 */
export function showMove(
  context: ToolContext,
  gesture: TransformGesture,
  axes: readonly AxisName[],
  move: Vec3,
  modifiers: Modifiers,
): void {
  const { snap, space } = context.tools.getState();
  const directions = axes.map((axis) => directionOf(gesture.pivot, axis));
  const from = space === 'world' ? gesture.pivot.position : undefined;
  const shown = isSnapping(snap, modifiers)
    ? snapMove(move, directions, snap.position, from)
    : move;
  const readout = axes
    .map((axis, at) => metresReadout(axis.toUpperCase(), dot(shown, directions[at]!)))
    .join('  ');
  const pivot = { ...gesture.pivot, position: add(gesture.pivot.position, shown) };
  gesture.preview((target) => movePose(target, shown), readout, pivot);
}
