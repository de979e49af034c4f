import { meetPlane } from '../../geometry/intersect.ts';
import { subtract } from '../../geometry/vec3.ts';
import type { PointerInput } from '../pointer-input.ts';
import type { ToolContext, ToolState } from '../tool-state.ts';
import { axesOf, directionOf, normalAxisOf } from './axes.ts';
import { Dragging } from './dragging.ts';
import { MoveDrag } from './move-drag.ts';
import { TransformGesture } from './transform-gesture.ts';

export type PlaneAxis = 'xy' | 'yz' | 'xz' | 'view';

/** Moving the selection in a plane of two axes of the gizmo, or in that of the view. */
export function dragPlane(
  context: ToolContext,
  plane: PlaneAxis,
  input: PointerInput,
): ToolState | undefined {
  const gesture = TransformGesture.begin(context, 'move');
  if (gesture === undefined) return undefined;
  const { position } = gesture.pivot;
  const normal =
    plane === 'view' ? input.camera.forward : directionOf(gesture.pivot, normalAxisOf(plane));
  const start = meetPlane(input.ray, position, normal);
  if (start === undefined) return undefined;
  const drag = new MoveDrag(context, gesture, axesOf(plane), ({ ray }) => {
    const now = meetPlane(ray, position, normal);
    return now === undefined ? undefined : subtract(now, start);
  });
  return new Dragging(gesture, drag, input);
}
