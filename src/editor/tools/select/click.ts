import { type Entity, NO_ENTITY } from '../../../ecs/entity.ts';
import type { PointerHit, PointerInput } from '../pointer-input.ts';
import type { ToolContext } from '../tool-state.ts';

/**
 * A click selects what is under it, alone; with Shift or Ctrl it toggles. On nothing it deselects.
 * `again`: the last click was here too, so that it takes what lies behind what it selected then.
 */
export function click(context: ToolContext, input: PointerInput, again = false): void {
  const { selection } = context;
  const { shift, ctrl, meta } = input.modifiers;
  const adding = shift || ctrl || meta;
  const entity = again && !adding ? behindSelected(context, input) : nearest(context, input.hit);
  if (entity !== NO_ENTITY) selection.select([entity], adding ? 'toggle' : 'replace');
  else if (!adding) selection.select([]);
}

function nearest({ scene }: ToolContext, hit: PointerHit | undefined): Entity {
  return hit !== undefined && scene.isPickable(hit.entity) ? hit.entity : NO_ENTITY;
}

/** The next one along the ray; the nearest again after the last. */
function behindSelected(context: ToolContext, { ray, hit }: PointerInput): Entity {
  const { scene, selection } = context;
  const hits = context.viewport()?.hitsAlong(ray) ?? [];
  const pickable = hits.filter(({ entity }) => scene.isPickable(entity));
  const at = pickable.findIndex(({ entity }) => entity === selection.active);
  const next = pickable[(at + 1) % pickable.length];
  return nearest(context, next ?? hit);
}
