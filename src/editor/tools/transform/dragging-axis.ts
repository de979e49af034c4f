import { nearestOnAxis } from '../../geometry/intersect.ts';
import { scaleBy } from '../../geometry/vec3.ts';
import type { PointerInput } from '../pointer-input.ts';
import type { ToolContext, ToolState } from '../tool-state.ts';
import { type AxisName, directionOf } from './axes.ts';
import { Dragging } from './dragging.ts';
import { MoveDrag } from './move-drag.ts';
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
  const direction = directionOf(gesture.pivot, axis);
  const start = nearestOnAxis(input.ray, position, direction);
  if (start === undefined) return undefined;
  const drag = new MoveDrag(context, gesture, [axis], ({ ray }) => {
    const now = nearestOnAxis(ray, position, direction);
    return now === undefined ? undefined : scaleBy(direction, now - start);
  });
  return new Dragging(gesture, drag, input);
}
