import type { Component, NamedField } from '../ecs/component.ts';
import type { Document } from '../ecs/document/document.ts';
import { type EntityId, NO_ENTITY_ID } from '../ecs/document/entity-id.ts';
import type { FieldValue } from '../ecs/document/journal.ts';
import { NO_STAMP, type Stamp } from '../ecs/document/stamps.ts';
import { type Entity, NO_ENTITY } from '../ecs/entity.ts';
import { componentProblem, valueProblem } from '../ecs/validate.ts';
import { Reason } from '../protocol/generated/types.ts';
import type { ComponentPatch } from '../replication/wire/component-patch.ts';
import { ThetaError } from '../shared/errors.ts';
import { APPLIED, type Effect, SUPERSEDED } from './effect.ts';
import { invalidParams, toEntityId } from './params.ts';
import { refuse } from './refusal.ts';

/**
 * A patch from a component's values as scripts write them.
 * @throws {ThetaError} `invalid_params` with what is wrong
 */
export function patchFromPlain(
  document: Document,
  name: string,
  value: Readonly<Record<string, unknown>>,
): ComponentPatch {
  const index = document.componentIndex(name);
  const component = index === undefined ? undefined : document.components[index];
  if (index === undefined || component === undefined) {
    throw new ThetaError('invalid_params', `There is no component "${name}".`);
  }
  if (component.managed) {
    throw new ThetaError('invalid_params', `"${name}" is set by commands of its own.`);
  }
  const named = withEntityIds(document, component, value);
  const problem = componentProblem(component, named);
  if (problem !== undefined) throw new ThetaError('invalid_params', problem);
  const fields = component.fields
    .filter((field) => named[field.name] !== undefined)
    .map((field) => ({ field: field.index, value: toFieldValue(field, named[field.name]) }));
  return { component: index, fields };
}

/** Entities are named by the text of their ids, or null for none. */
function withEntityIds(
  document: Document,
  { fields }: Component,
  value: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  if (!fields.some(({ kind }) => kind === 'entity')) return value;
  const named = { ...value };
  for (const { kind, name } of fields) {
    const given = named[name];
    if (kind !== 'entity' || given === undefined || typeof given === 'number') continue;
    if (given !== null && typeof given !== 'string') invalidParams(`"${name}" needs an entity id.`);
    named[name] = given === null || given === '' ? NO_ENTITY_ID : toEntityId(document, given);
  }
  return named;
}

/** A value that `valueProblem` accepts, as a document stores it. */
export function toFieldValue(field: NamedField, value: unknown): FieldValue {
  if (field.kind === 'text' || field.kind === 'hash') return value as string;
  if (field.kind === 'enum') return [field.values.indexOf(value as string)];
  if (field.kind === 'bool') return [value ? 1 : 0];
  return typeof value === 'number' ? [value] : [...(value as readonly number[])];
}

/** The reverse of `toFieldValue`. */
export function toPlainValue(field: NamedField, value: FieldValue): unknown {
  if (typeof value === 'string') return value;
  if (field.kind === 'enum') return field.values[value[0] as number];
  if (field.kind === 'bool') return value[0] !== 0;
  return field.stride === 1 && !Array.isArray(field.default) ? value[0] : value;
}

/** Refuses a patch from outside whose values their fields do not take. */
export function checkPatch(document: Document, patch: ComponentPatch): void {
  const component = document.components[patch.component] as Component;
  if (component.managed) refuse(Reason.unknownComponent);
  for (const { field, value } of patch.fields) {
    const named = component.fields[field] as NamedField;
    if (named.kind === 'entity') continue;
    const plain = toPlainValue(named, value);
    if (plain === undefined || valueProblem(named, plain) !== undefined)
      refuse(Reason.invalidValue);
  }
}

/** Adds the component with the given values, defaults for the others; the writer of all is `by`. */
export function addComponent(
  document: Document,
  entity: Entity,
  patch: ComponentPatch,
  by: Stamp,
): void {
  document.writePresence(entity, patch.component, true, by);
  const component = document.components[patch.component] as Component;
  for (const field of component.fields) {
    const given = patch.fields.find((each) => each.field === field.index);
    const value = given ? stored(document, field, given.value) : toFieldValue(field, field.default);
    document.writeField(entity, patch.component, field.index, value, by);
  }
}

/** O3 `lww`: each given field unless a newer writer holds it; adds the component where it is missing. */
export function setComponent(
  document: Document,
  entity: Entity,
  patch: ComponentPatch,
  by: Stamp,
): Effect {
  if (!document.hasComponent(entity, patch.component)) {
    if (!document.presenceYields(entity, patch.component, by)) return SUPERSEDED;
    addComponent(document, entity, patch, by);
    return APPLIED;
  }
  const component = document.components[patch.component] as Component;
  let effect: Effect = SUPERSEDED;
  for (const { field, value } of patch.fields) {
    if (!document.fieldYields(entity, patch.component, field, by)) continue;
    const named = component.fields[field] as NamedField;
    document.writeField(entity, patch.component, field, stored(document, named, value), by);
    effect = APPLIED;
  }
  return effect;
}

/** O3 `lww`: takes the component away unless somebody has written any of it since. */
export function removeComponent(
  document: Document,
  entity: Entity,
  index: number,
  by: Stamp,
): Effect {
  if (!document.presenceYields(entity, index, by)) return SUPERSEDED;
  const component = document.components[index] as Component;
  for (const field of component.fields) {
    if (!document.fieldYields(entity, index, field.index, by)) return SUPERSEDED;
  }
  dropComponent(document, entity, index, by);
  return APPLIED;
}

/** Removes a component; its fields keep neither value nor writer. */
export function dropComponent(document: Document, entity: Entity, index: number, by: Stamp): void {
  if (document.hasComponent(entity, index)) {
    const component = document.components[index] as Component;
    for (const field of component.fields) {
      const unset = toFieldValue(field, field.default);
      document.writeField(entity, index, field.index, unset, NO_STAMP);
    }
  }
  document.writePresence(entity, index, false, by);
}

/** As a world holds it: ids of entities become handles, of those that are not there none. */
export function stored(document: Document, field: NamedField, value: FieldValue): FieldValue {
  if (field.kind !== 'entity') return value;
  return [document.entityOf((value as readonly number[])[0] as EntityId) ?? NO_ENTITY];
}

/** The reverse of `stored`: as a patch carries it. */
export function portable(document: Document, field: NamedField, value: FieldValue): FieldValue {
  if (field.kind !== 'entity') return value;
  return [document.idOf((value as readonly number[])[0] as Entity)];
}
