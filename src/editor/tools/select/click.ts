import { NO_ENTITY } from '../../../ecs/entity.ts';
import type { PointerInput } from '../pointer-input.ts';
import type { ToolContext } from '../tool-state.ts';

/** A click selects what is under it, alone; with Shift or Ctrl it toggles. On nothing it deselects. */
export function click({ scene, selection }: ToolContext, { hit, modifiers }: PointerInput): void {
  const adding = modifiers.shift || modifiers.ctrl || modifiers.meta;
  const entity = hit?.entity ?? NO_ENTITY;
  const pickable = scene.isObject(entity) && !scene.isLocked(entity);
  if (pickable) selection.select([entity], adding ? 'toggle' : 'replace');
  else if (!adding) selection.select([]);
}
