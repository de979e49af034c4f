import type { Component, Plain } from '../ecs/component.ts';
import type { Entity } from '../ecs/entity.ts';
import type { World } from '../ecs/world.ts';
import { SharedValues } from './shared-values.ts';

/** Values shown in place of the document's: by entity, component and field. */
export type FieldPreview = ReadonlyMap<
  Entity,
  Readonly<Record<string, Readonly<Record<string, unknown>>>>
>;

export const NO_FIELDS: FieldPreview = new Map();

/** Reads components as they are to be shown: what is previewed goes before what is written. */
export class FieldOverlay {
  readonly #world: World;
  readonly #shared = new Map<Component, SharedValues<Component>>();
  #preview = NO_FIELDS;
  /** Whose shown values may have changed since they were last asked for. */
  readonly #changed = new Set<Entity>();

  constructor(world: World) {
    this.#world = world;
  }

  get pending(): boolean {
    return this.#changed.size > 0;
  }

  /** Shows these values and no others. */
  set(preview: FieldPreview): void {
    for (const entity of this.#preview.keys()) this.#changed.add(entity);
    for (const entity of preview.keys()) this.#changed.add(entity);
    // The editor updates its map in place while a gesture lasts.
    this.#preview = new Map(preview);
  }

  has(entity: Entity, component: Component): boolean {
    return this.#world.has(entity, component);
  }

  /**
   * The component's values with what is previewed of them; `undefined` where the entity has none. Equal
   * ones may be one object, which nobody writes into.
   */
  get<C extends Component>(entity: Entity, component: C): Plain<C> | undefined {
    const written = this.#valuesOf(component).get(entity);
    const shown = this.#preview.get(entity)?.[component.name];
    return written === undefined || shown === undefined ? written : { ...written, ...shown };
  }

  #valuesOf<C extends Component>(component: C): SharedValues<C> {
    let values = this.#shared.get(component);
    if (values === undefined) {
      values = new SharedValues<Component>(this.#world, component);
      this.#shared.set(component, values);
    }
    return values as SharedValues<C>;
  }

  /** Calls `visit` for each entity whose previewed values changed since `settle`. */
  forEachChanged(visit: (entity: Entity) => void): void {
    for (const entity of this.#changed) visit(entity);
  }

  /** To be called once all who read it have seen what changed. */
  settle(): void {
    this.#changed.clear();
  }
}
