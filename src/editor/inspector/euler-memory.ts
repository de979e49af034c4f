import type { Entity } from '../../ecs/entity.ts';
import { fromEuler, normalizeQuat, type Quat, sameRotation } from '../geometry/quat.ts';
import type { Vec3 } from '../geometry/vec3.ts';

/** The oldest are forgotten when there are more. */
const MOST_ENTITIES = 4096;

/**
 * The angles that a person typed. A quaternion does not tell 120° about Y from (180, 60, 180), so
 * that without this a panel would change the numbers under one's hands.
 */
export class EulerMemory {
  readonly #typed = new Map<Entity, Vec3>();

  remember(entity: Entity, degrees: Vec3): void {
    this.#typed.delete(entity);
    this.#typed.set(entity, degrees);
    if (this.#typed.size <= MOST_ENTITIES) return;
    const [oldest] = this.#typed.keys();
    this.#typed.delete(oldest!);
  }

  /** What was typed, as long as the entity still is turned like that. */
  recall(entity: Entity, rotation: readonly number[]): Vec3 | undefined {
    const typed = this.#typed.get(entity);
    if (typed === undefined) return undefined;
    const now = normalizeQuat(rotation as unknown as Quat);
    return sameRotation(fromEuler(typed), now) ? typed : undefined;
  }
}
