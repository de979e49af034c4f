import type { ChangeReader } from '../../ecs/change-log.ts';
import { Change } from '../../ecs/change-log.ts';
import { Hierarchy } from '../../ecs/components/index.ts';
import { type Entity, NO_ENTITY } from '../../ecs/entity.ts';
import type { Scene } from '../scene.ts';

/**
 * The living entities as a tree, kept up by the changes of `Hierarchy`. A child of a tombstone counts
 * as a child of the nearest living ancestor (O7); siblings go by order, and by id where that is equal.
 * A change costs the siblings it concerns, sorted when they are next asked for.
 */
export class HierarchyTree {
  readonly #scene: Scene;
  readonly #reader: ChangeReader;
  /** As written: the parent may be a tombstone. */
  readonly #parents = new Map<Entity, Entity>();
  readonly #writtenChildren = new Map<Entity, Set<Entity>>();
  /** By living parent, or `NO_ENTITY`. */
  readonly #sorted = new Map<Entity, readonly Entity[]>();

  constructor(scene: Scene) {
    this.#scene = scene;
    this.#reader = scene.document.world.observe(Hierarchy, { existing: true });
  }

  /** Takes in what changed; calls `visit` with each entity whose place, order or life did. */
  update(visit: (entity: Entity) => void): void {
    if (!this.#reader.pending) return;
    const touched = new Set<Entity>();
    this.#reader.read((entity, kind) => {
      touched.add(this.#parents.get(entity) ?? NO_ENTITY);
      if (kind === Change.removed) this.#unlink(entity);
      else this.#link(entity, this.#scene.document.parentOf(entity));
      touched.add(this.#parents.get(entity) ?? NO_ENTITY);
      this.#sorted.delete(entity);
      visit(entity);
    });
    // Only now, since several links of a chain of tombstones may have changed.
    for (const parent of touched) this.#sorted.delete(this.#nearestLiving(parent));
  }

  /** The living children in their order; those of `NO_ENTITY` stand at the top level. */
  childrenOf(parent: Entity): readonly Entity[] {
    const known = this.#sorted.get(parent);
    if (known !== undefined) return known;
    const children: Entity[] = [];
    this.#collect(parent, children);
    children.sort((a, b) => this.#compare(a, b));
    this.#sorted.set(parent, children);
    return children;
  }

  /** Every living entity, in no order that means anything. */
  *entities(): Generator<Entity> {
    for (const entity of this.#parents.keys()) if (this.#scene.isObject(entity)) yield entity;
  }

  dispose(): void {
    this.#reader.dispose();
  }

  #collect(parent: Entity, into: Entity[]): void {
    for (const child of this.#writtenChildren.get(parent) ?? []) {
      if (this.#scene.isObject(child)) into.push(child);
      else this.#collect(child, into);
    }
  }

  #compare(a: Entity, b: Entity): number {
    const { document } = this.#scene;
    const [first, second] = [document.orderOf(a), document.orderOf(b)];
    if (first !== second) return first < second ? -1 : 1;
    return document.formatId(document.idOf(a)) < document.formatId(document.idOf(b)) ? -1 : 1;
  }

  #nearestLiving(entity: Entity): Entity {
    let each = entity;
    while (each !== NO_ENTITY && !this.#scene.isObject(each)) {
      each = this.#parents.get(each) ?? NO_ENTITY;
    }
    return each;
  }

  #link(entity: Entity, parent: Entity): void {
    if (this.#parents.get(entity) === parent) return;
    this.#unlink(entity);
    this.#parents.set(entity, parent);
    const siblings = this.#writtenChildren.get(parent);
    if (siblings === undefined) this.#writtenChildren.set(parent, new Set([entity]));
    else siblings.add(entity);
  }

  #unlink(entity: Entity): void {
    const parent = this.#parents.get(entity);
    if (parent === undefined) return;
    this.#parents.delete(entity);
    const siblings = this.#writtenChildren.get(parent);
    siblings?.delete(entity);
    if (siblings?.size === 0) this.#writtenChildren.delete(parent);
  }
}
