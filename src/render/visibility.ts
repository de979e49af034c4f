import { Flags, Hierarchy } from '../ecs/components/index.ts';
import { type Entity, entityIndex, NO_ENTITY } from '../ecs/entity.ts';
import type { World } from '../ecs/world.ts';
import { type HierarchyLinks, NONE } from './hierarchy-links.ts';

/** What deletion, hiding and locking mean for one entity, its ancestors considered. */
export class Visibility {
  readonly #world: World;
  readonly #links: HierarchyLinks;

  constructor(world: World, links: HierarchyLinks) {
    this.#world = world;
    this.#links = links;
  }

  /** Neither deleted nor hidden, itself or by a living ancestor. */
  isVisible(entity: Entity): boolean {
    return this.isPresent(entity) && !this.#flagged(entityIndex(entity), 'hidden');
  }

  /** Shows shapes of these and below them alone; undefined shows all. */
  isolated: ReadonlySet<Entity> | undefined;

  /** Visible, and among what is isolated. */
  isDrawn(entity: Entity): boolean {
    return this.isVisible(entity) && this.#isAmongIsolated(entityIndex(entity));
  }

  /** Locked, itself or by a living ancestor. */
  isLocked(entity: Entity): boolean {
    return this.#flagged(entityIndex(entity), 'locked');
  }

  /** In the world and not a tombstone. */
  isPresent(entity: Entity): boolean {
    if (!this.#world.isAlive(entity)) return false;
    return !this.#world.has(entity, Hierarchy) || this.#isLiving(entityIndex(entity));
  }

  #isAmongIsolated(index: number): boolean {
    const { isolated } = this;
    if (isolated === undefined) return true;
    let left = this.#world.entityCount;
    for (let at = index; at !== NONE && left > 0; at = this.#links.parentOf(at), left--) {
      if (isolated.has(this.#world.entityAtIndex(at))) return true;
    }
    return false;
  }

  #isLiving(index: number): boolean {
    return this.#world.columns(Hierarchy).alive[index] !== 0;
  }

  /** Deleted ancestors do not count: their children show where the nearest living one is. */
  #flagged(index: number, flag: 'hidden' | 'locked'): boolean {
    const column = this.#world.columns(Flags)[flag];
    let left = this.#world.entityCount;
    for (let at = index; at !== NONE && left > 0; at = this.#links.parentOf(at), left--) {
      const entity = this.#world.entityAtIndex(at);
      if (entity === NO_ENTITY || !this.#world.has(entity, Flags)) continue;
      if (column[at] !== 0 && (at === index || this.#isLiving(at))) return true;
    }
    return false;
  }
}
