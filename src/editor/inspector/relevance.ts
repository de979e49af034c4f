import type { Component, NamedField } from '../../ecs/component.ts';
import { DOCUMENT_COMPONENTS } from '../../ecs/components/index.ts';
import type { Entity } from '../../ecs/entity.ts';
import type { FieldReader } from './field-reader.ts';
import type { Shown } from './shown-value.ts';

/** Which fields mean something for any of some entities, by their `when`. */
export class Relevance {
  readonly #entities: readonly Entity[];
  readonly #reader: FieldReader;
  /** The values that a field has among the entities, by component and field. */
  readonly #values = new Map<string, ReadonlySet<Shown[number]>>();

  constructor(entities: readonly Entity[], reader: FieldReader) {
    this.#entities = entities;
    this.#reader = reader;
  }

  of(component: Component, { when }: NamedField): boolean {
    if (when === undefined) return true;
    const values = this.#valuesOf(when.component ?? component.name, when.field);
    return when.is.some((value) => values.has(value));
  }

  #valuesOf(name: string, field: string): ReadonlySet<Shown[number]> {
    const key = `${name}.${field}`;
    const known = this.#values.get(key);
    if (known !== undefined) return known;
    const component = DOCUMENT_COMPONENTS.find((each) => each.name === name);
    const named = component?.fields.find((each) => each.name === field);
    if (component === undefined || named === undefined) {
      throw new RangeError(`A field depends on ${key}, which is none.`);
    }
    const values = new Set<Shown[number]>();
    for (const entity of this.#entities) {
      if (this.#reader.has(component, entity)) {
        values.add(this.#reader.shown(component, named, entity)[0]!);
      }
    }
    this.#values.set(key, values);
    return values;
  }
}
