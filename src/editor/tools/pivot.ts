import type { Entity } from '../../ecs/entity.ts';
import { IDENTITY, type Quat } from '../geometry/quat.ts';
import { add, scaleBy, type Vec3, ZERO } from '../geometry/vec3.ts';
import type { Scene } from '../scene.ts';
import type { PreviewTransform, ToolName, ToolsState } from '../stores/states.ts';

/** Where the gizmo stands and how its axes lie. */
export interface Pivot {
  readonly position: Vec3;
  readonly rotation: Quat;
}

/** What a gesture is about: the entities that it moves, of which `active` was selected last. */
export interface PivotSubject {
  readonly entities: readonly Entity[];
  /** The active one of the selection, which need not be among those that move. */
  readonly active: Entity;
}

/** The entities that a gesture over a selection moves: unlocked, and not carried by another of them. */
export function movable(scene: Scene, entities: readonly Entity[]): Entity[] {
  return scene.topMost(entities).filter((entity) => !scene.isLocked(entity));
}

/**
 * Where the gizmo stands by the choice of the pivot, with the axes of the active entity in local space.
 * The axes of a single entity's scale are always its own, since a pose can't hold the shear of another's.
 * Null where nothing can be moved.
 */
export function pivotOf(
  scene: Scene,
  { entities, active }: PivotSubject,
  { space, pivot, tool }: Pick<ToolsState, 'space' | 'pivot'> & { readonly tool: ToolName },
  preview?: ReadonlyMap<Entity, PreviewTransform>,
): Pivot | null {
  if (entities.length === 0) return null;
  const leader = scene.worldOf(scene.isObject(active) ? active : entities.at(-1)!, preview);
  const own = space === 'local' || (tool === 'scale' && entities.length === 1);
  return {
    position: pivot === 'median' ? medianOf(scene, entities, preview) : leader.origin,
    rotation: own ? leader.rotation : IDENTITY,
  };
}

/** The middle of the origins of some entities, at least one. */
export function medianOf(
  scene: Scene,
  entities: readonly Entity[],
  preview?: ReadonlyMap<Entity, PreviewTransform>,
): Vec3 {
  let sum = ZERO;
  for (const entity of entities) sum = add(sum, scene.worldOf(entity, preview).origin);
  return scaleBy(sum, 1 / entities.length);
}
