import type { Component, NamedField } from '../../ecs/component.ts';
import { Material, Name, Transform } from '../../ecs/components/index.ts';
import type { Entity } from '../../ecs/entity.ts';
import { ThetaError } from '../../shared/errors.ts';
import type { FieldInput } from '../editor.ts';
import type { Vec3 } from '../geometry/vec3.ts';
import type { Issuer } from '../issuer.ts';
import type { Scene } from '../scene.ts';
import type { CommandParams, TransactionPort } from '../session-port.ts';
import type { EulerMemory } from './euler-memory.ts';
import type { FieldReader } from './field-reader.ts';
import { labelOf } from './labels.ts';
import { defaultShown, visibleComponent } from './sections.ts';
import { type Shown, type Stored, toShown, toStored } from './shown-value.ts';

/** One entity's new value of a field. */
export interface FieldWrite {
  readonly entity: Entity;
  readonly stored: Stored;
}

/** A field of several entities, as they were when an edit of it began. */
export class FieldEdit {
  readonly component: Component;
  readonly field: NamedField;
  readonly #scene: Scene;
  readonly #eulers: EulerMemory;
  readonly #before: ReadonlyMap<Entity, Shown>;

  /**
   * Of those entities that have the component and are not locked.
   * @throws {ThetaError} `unknown_field`
   */
  constructor(
    scene: Scene,
    reader: FieldReader,
    eulers: EulerMemory,
    entities: readonly Entity[],
    names: { readonly component: string; readonly field: string },
  ) {
    const component = visibleComponent(names.component);
    const field = component?.fields.find((each) => each.name === names.field);
    if (component === undefined || field === undefined) {
      const message = `There is no field ${names.component}.${names.field} to edit.`;
      throw new ThetaError('unknown_field', message);
    }
    this.component = component;
    this.field = field;
    this.#scene = scene;
    this.#eulers = eulers;
    const editable = entities.filter(
      (each) => reader.has(component, each) && !scene.isLocked(each),
    );
    // A material that several of them share is written once.
    const holders = new Set(editable.map((each) => scene.holderOf(each, component)));
    this.#before = new Map(
      [...holders].map((each) => [each, reader.shown(component, field, each)]),
    );
  }

  /** What an input makes of the values; entities that keep theirs are left out. */
  writes(input: FieldInput): FieldWrite[] {
    const writes: FieldWrite[] = [];
    for (const [entity, before] of this.#before) {
      const wanted = applyInput(before, input);
      const stored = toStored(this.field, wanted);
      const isRotation = this.field.kind === 'quat';
      const shown = isRotation ? wanted : toShown(this.field, stored);
      if (shown.every((value, at) => value === before[at])) continue;
      // Does no harm if it never comes about: what is recalled is checked against the rotation.
      if (isRotation) this.#eulers.remember(entity, shown as unknown as Vec3);
      writes.push({ entity, stored });
    }
    return writes;
  }

  /** Puts writes into the document as one undo step, after what has to be there `before` them. */
  commit(
    writes: readonly FieldWrite[],
    issuer: Issuer,
    before: (tx: TransactionPort) => void = () => undefined,
  ): void {
    const scene = this.#scene;
    const live = writes.filter(({ entity }) => scene.document.isAlive(entity));
    if (live.length === 0) return;
    issuer.transaction(this.#label(live.length), (tx) => {
      before(tx);
      for (const { entity, stored } of live) {
        const [type, params] = commandFor(this.component, this.field, stored);
        tx.execute(type, { entity: scene.document.idOf(entity), ...params });
      }
    });
  }

  /** The component's default, for all of them. */
  resets(): FieldWrite[] {
    const { field } = this;
    const wanted = defaultShown(field);
    const [value] = wanted;
    return this.writes(wanted.length === 1 ? value! : (wanted as readonly number[]));
  }

  #label(count: number): string {
    const what = this.field.label ?? labelOf(this.field.name);
    return count === 1
      ? `Set ${what.toLowerCase()}`
      : `Set ${what.toLowerCase()} of ${count} objects`;
  }
}

function applyInput(before: Shown, input: FieldInput): Shown {
  if (typeof input !== 'object') return [input];
  if ('element' in input) {
    return before.map((value, at) => (at === input.element ? input.map(Number(value)) : value));
  }
  return before.map((value, at) => input[at] ?? value);
}

function commandFor(
  component: Component,
  field: NamedField,
  stored: Stored,
): readonly [type: string, params: CommandParams] {
  if (component.name === Transform.name) return ['transform.set', { [field.name]: stored }];
  if (component.name === Material.name) return ['material.set', { [field.name]: stored }];
  if (component.name === Name.name) return ['entity.rename', { name: stored }];
  return ['component.set', { component: component.name, value: { [field.name]: stored } }];
}
