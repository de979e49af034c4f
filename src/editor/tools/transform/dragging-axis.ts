import { nearestOnAxis } from '../../geometry/intersect.ts';
import { scaleBy, type Vec3 } from '../../geometry/vec3.ts';
import type { PointerInput } from '../pointer-input.ts';
import type { ToolContext, ToolState } from '../tool-state.ts';
import { type AxisName, directionOf } from './axes.ts';
import { Dragging } from './dragging.ts';
import { showMove } from './show-move.ts';
import { TransformGesture } from './transform-gesture.ts';

/** Moving the selection along one axis of the gizmo. */
export function dragAxis(
  context: ToolContext,
  axis: AxisName,
  input: PointerInput,
): ToolState | undefined {
  const gesture = TransformGesture.begin(context, 'move');
  if (gesture === undefined) return undefined;
  const { position } = gesture.pivot;
  const direction: Vec3 = directionOf(gesture.pivot, axis);
  const start = nearestOnAxis(input.ray, position, direction);
  if (start === undefined) return undefined;
  return new Dragging(gesture, (at) => {
    const now = nearestOnAxis(at.ray, position, direction);
    if (now === undefined) return;
    showMove(context, gesture, [axis], scaleBy(direction, now - start), at.modifiers);
  });
}
