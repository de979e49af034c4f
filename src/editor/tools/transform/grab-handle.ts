import type { GizmoHandle, PointerInput } from '../pointer-input.ts';
import type { ToolContext, ToolState } from '../tool-state.ts';
import { dragAxis } from './dragging-axis.ts';
import { dragPlane } from './dragging-plane.ts';
import { rotateAbout } from './rotating.ts';
import { scaleAlong } from './scaling.ts';

/** The gesture that a handle of the gizmo begins; undefined where it can't be dragged from here. */
export function grabHandle(
  context: ToolContext,
  { mode, axis }: GizmoHandle,
  input: PointerInput,
): ToolState | undefined {
  if (mode === 'scale') return scaleAlong(context, axis, input);
  const single = axis === 'x' || axis === 'y' || axis === 'z';
  if (mode === 'rotate') return rotateAbout(context, single ? axis : 'view', input);
  if (single) return dragAxis(context, axis, input);
  return dragPlane(context, axis === 'uniform' ? 'view' : axis, input);
}
