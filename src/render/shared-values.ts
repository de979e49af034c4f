import type { Component, Plain } from '../ecs/component.ts';
import { type Entity, entityIndex } from '../ecs/entity.ts';
import type { World } from '../ecs/world.ts';

/** Of the values that were read last, so many are kept. */
const MOST_KNOWN = 16;

interface Known<C extends Component> {
  readonly value: Plain<C>;
  /** Its elements as the columns hold them, field after field. */
  readonly elements: readonly (number | string)[];
}

/**
 * A component's values, one object for all entities that have the same: of ten thousand objects most
 * wear one of a few materials and have one of a few shapes, and what is worked out for a value is
 * worked out once. Nobody writes into what is handed out.
 */
export class SharedValues<C extends Component> {
  readonly #world: World;
  readonly #component: C;
  /** The newest comes first. */
  readonly #known: Known<C>[] = [];

  constructor(world: World, component: C) {
    this.#world = world;
    this.#component = component;
  }

  /** `undefined` where the entity has none. */
  get(entity: Entity): Plain<C> | undefined {
    if (!this.#world.has(entity, this.#component)) return undefined;
    const row = entityIndex(entity);
    for (const { value, elements } of this.#known) if (this.#holds(row, elements)) return value;
    const known = this.#read(entity, row);
    this.#known.unshift(known);
    if (this.#known.length > MOST_KNOWN) this.#known.pop();
    return known.value;
  }

  #read(entity: Entity, row: number): Known<C> {
    const columns = this.#columns();
    const elements: (number | string)[] = [];
    for (const { name, stride } of this.#component.fields) {
      const column = columns[name]!;
      for (let i = 0; i < stride; i++) elements.push(column[row * stride + i]!);
    }
    return { value: this.#world.get(entity, this.#component)!, elements };
  }

  #holds(row: number, elements: readonly (number | string)[]): boolean {
    const columns = this.#columns();
    let at = 0;
    for (const { name, stride } of this.#component.fields) {
      const column = columns[name]!;
      for (let i = 0; i < stride; i++)
        if (column[row * stride + i] !== elements[at++]) return false;
    }
    return true;
  }

  #columns(): Readonly<Record<string, ArrayLike<number | string>>> {
    return this.#world.columns(this.#component) as Record<string, ArrayLike<number | string>>;
  }
}
