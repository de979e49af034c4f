import type { Component, NamedField } from '../../ecs/component.ts';
import { Transform } from '../../ecs/components/index.ts';
import type { Entity } from '../../ecs/entity.ts';
import type { Scene } from '../scene.ts';
import type { Previews } from '../stores/previews.ts';
import type { EulerMemory } from './euler-memory.ts';
import { readStored, type Shown, type Stored, toShown } from './shown-value.ts';

/** Reads fields as panels show them: what is previewed goes before what is written. */
export class FieldReader {
  readonly #scene: Scene;
  readonly #previews: Previews;
  readonly #eulers: EulerMemory;

  constructor(scene: Scene, previews: Previews, eulers: EulerMemory) {
    this.#scene = scene;
    this.#previews = previews;
    this.#eulers = eulers;
  }

  /** The entity must have the component. */
  shown(component: Component, field: NamedField, entity: Entity): Shown {
    const stored = this.#stored(component, field, entity);
    const typed =
      field.kind === 'quat' ? this.#eulers.recall(entity, stored as readonly number[]) : undefined;
    return typed ?? toShown(field, stored);
  }

  #stored(component: Component, field: NamedField, entity: Entity): Stored {
    const previewed = this.#previews.fieldOf(entity, component.name, field.name);
    if (previewed !== undefined) return previewed;
    const pose = component.name === Transform.name ? this.#previews.own.get(entity) : undefined;
    if (pose !== undefined) return pose[field.name as keyof typeof pose];
    return readStored(this.#scene.document.world, component, field, entity);
  }
}
