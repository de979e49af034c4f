import type { Component, NamedField } from '../../ecs/component.ts';
import { Transform } from '../../ecs/components/index.ts';
import { type Entity, entityIndex } from '../../ecs/entity.ts';
import type { Scene } from '../scene.ts';
import type { Previews } from '../stores/previews.ts';
import { type FieldValue, MIXED, type Mixed, type PreviewTransform } from '../stores/states.ts';
import type { EulerMemory } from './euler-memory.ts';
import { readStored, type Shown, type Stored, toShown } from './shown-value.ts';

const NO_POSES: ReadonlyMap<Entity, PreviewTransform> = new Map();

interface Holders {
  readonly component: Component;
  readonly wearers: readonly Entity[];
  readonly holders: readonly Entity[];
}

/** Reads fields as panels show them: what is previewed goes before what is written. */
export class FieldReader {
  readonly #scene: Scene;
  readonly #previews: Previews;
  readonly #eulers: EulerMemory;
  #holders: Holders | undefined;

  constructor(scene: Scene, previews: Previews, eulers: EulerMemory) {
    this.#scene = scene;
    this.#previews = previews;
    this.#eulers = eulers;
  }

  /** Whether an entity has the component, itself or from the material that it wears. */
  has(component: Component, entity: Entity): boolean {
    return this.#scene.document.world.has(this.#scene.holderOf(entity, component), component);
  }

  /** The entity must have the component. */
  shown(component: Component, field: NamedField, wearer: Entity): Shown {
    const entity = this.#scene.holderOf(wearer, component);
    const stored = this.#stored(component, field, entity);
    const typed =
      field.kind === 'quat' ? this.#eulers.recall(entity, stored as readonly number[]) : undefined;
    return typed ?? toShown(field, stored);
  }

  /** Element by element what all of the entities show, or `MIXED`. */
  common(
    component: Component,
    field: NamedField,
    wearers: readonly Entity[],
  ): (FieldValue | Mixed)[] {
    const holders = this.#holdersOf(component, wearers);
    const first = holders[0] as Entity;
    const agreed: (FieldValue | Mixed)[] = [...this.shown(component, field, first)];
    const differs = this.#comparer(component, field, first);
    let left = agreed.length;
    for (const entity of holders) {
      if (entity === first || !differs(entity, agreed)) continue;
      for (const [at, value] of this.shown(component, field, entity).entries()) {
        if (agreed[at] === MIXED || agreed[at] === value) continue;
        agreed[at] = MIXED;
        left -= 1;
      }
      if (left === 0) break;
    }
    return agreed;
  }

  /** Call it when the document may have changed: who wears which material is asked for anew. */
  forget(): void {
    this.#holders = undefined;
  }

  /** The same for each field of a component: asked for once. */
  #holdersOf(component: Component, wearers: readonly Entity[]): readonly Entity[] {
    const known = this.#holders;
    if (known?.component === component && known.wearers === wearers) return known.holders;
    const holders = wearers.map((each) => this.#scene.holderOf(each, component));
    this.#holders = { component, wearers, holders };
    return holders;
  }

  /**
   * Tells whether an entity may differ where the others still agree. It compares what is stored, so
   * that ten thousand selected entities cost a few milliseconds.
   */
  #comparer(
    component: Component,
    field: NamedField,
    first: Entity,
  ): (entity: Entity, agreed: readonly (FieldValue | Mixed)[]) => boolean {
    const { stride, name } = field;
    const poses = component.name === Transform.name ? this.#previews.own : NO_POSES;
    const previewed = component.name !== Transform.name && this.#previews.hasFields;
    if (previewed) return () => true;
    const column = this.#scene.document.world.columns(component)[name] as ArrayLike<unknown>;
    const rawAt = (entity: Entity, i: number): unknown => {
      const pose = poses.get(entity);
      if (pose !== undefined) return pose[name as keyof PreviewTransform][i];
      return column[entityIndex(entity) * stride + i];
    };
    const raw = Array.from({ length: stride }, (_, i) => rawAt(first, i));
    // A rotation is shown as angles, each of which depends on all of its elements.
    const isRotation = field.kind === 'quat';
    return (entity, agreed) => {
      for (let i = 0; i < stride; i++) {
        if (rawAt(entity, i) !== raw[i] && (isRotation || agreed[i] !== MIXED)) return true;
      }
      return false;
    };
  }

  #stored(component: Component, field: NamedField, entity: Entity): Stored {
    const previewed = this.#previews.fieldOf(entity, component.name, field.name);
    if (previewed !== undefined) return previewed;
    const pose = component.name === Transform.name ? this.#previews.own.get(entity) : undefined;
    if (pose !== undefined) return pose[field.name as keyof typeof pose];
    return readStored(this.#scene.document.world, component, field, entity);
  }
}
