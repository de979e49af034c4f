import { createStore, type StoreApi } from 'zustand/vanilla';
import { type Entity, NO_ENTITY } from '../../ecs/entity.ts';
import type { SelectMode } from '../editor.ts';
import type { SelectionState } from '../stores/states.ts';

const NOTHING: SelectionState = { entities: [], active: NO_ENTITY, hovered: NO_ENTITY };

/** What is selected, and what the pointer is over. */
export class Selection {
  readonly store: StoreApi<SelectionState> = createStore(() => NOTHING);
  /** The same entities, to ask of each. */
  #members: ReadonlySet<Entity> = new Set();

  get entities(): readonly Entity[] {
    return this.store.getState().entities;
  }

  get active(): Entity {
    return this.store.getState().active;
  }

  has(entity: Entity): boolean {
    return this.#members.has(entity);
  }

  /**
   * `toggle` takes out the given entities that are in and puts in the others. The last given one that
   * is in afterwards becomes the active one.
   */
  select(entities: readonly Entity[], mode: SelectMode = 'replace'): void {
    const members = new Set(mode === 'replace' ? [] : this.entities);
    for (const entity of entities) {
      if (mode === 'toggle' && members.has(entity)) members.delete(entity);
      else {
        // Deleted first so that it comes last, as the newest.
        members.delete(entity);
        members.add(entity);
      }
    }
    this.#set(members);
  }

  /** Takes out what no longer fits. */
  keep(fits: (entity: Entity) => boolean): void {
    const kept = this.entities.filter(fits);
    if (kept.length < this.entities.length) this.#set(new Set(kept));
    const { hovered } = this.store.getState();
    if (hovered !== NO_ENTITY && !fits(hovered)) this.hover(NO_ENTITY);
  }

  hover(entity: Entity): void {
    if (this.store.getState().hovered !== entity) this.store.setState({ hovered: entity });
  }

  #set(members: ReadonlySet<Entity>): void {
    const entities = [...members];
    if (sameOrder(entities, this.entities)) return;
    this.#members = members;
    this.store.setState({ entities, active: entities.at(-1) ?? NO_ENTITY });
  }
}

function sameOrder(a: readonly Entity[], b: readonly Entity[]): boolean {
  return a.length === b.length && a.every((entity, at) => entity === b[at]);
}
