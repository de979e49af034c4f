import type { Entity } from '../../ecs/entity.ts';
import { IDENTITY, type Quat } from '../geometry/quat.ts';
import { add, scaleBy, type Vec3, ZERO } from '../geometry/vec3.ts';
import type { Scene } from '../scene.ts';
import type { PreviewTransform, Space, ToolName } from '../stores/states.ts';

/** Where the gizmo stands and how its axes lie. */
export interface Pivot {
  readonly position: Vec3;
  readonly rotation: Quat;
}

/** The entities that a gesture over a selection moves: unlocked, and not carried by another of them. */
export function movable(scene: Scene, entities: readonly Entity[]): Entity[] {
  return scene.topMost(entities).filter((entity) => !scene.isLocked(entity));
}

/**
 * The median point of the entities, and the axes of the one selected last in local space. The axes of
 * a single entity's scale are always its own, since a pose can't hold the shear of another's.
 */
export function pivotOf(
  scene: Scene,
  entities: readonly Entity[],
  tool: ToolName,
  space: Space,
  preview?: ReadonlyMap<Entity, PreviewTransform>,
): Pivot | null {
  const last = entities.at(-1);
  if (last === undefined) return null;
  let sum = ZERO;
  for (const entity of entities) sum = add(sum, scene.worldOf(entity, preview).origin);
  const own = space === 'local' || (tool === 'scale' && entities.length === 1);
  return {
    position: scaleBy(sum, 1 / entities.length),
    rotation: own ? scene.worldOf(last, preview).rotation : IDENTITY,
  };
}
