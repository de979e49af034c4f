import type { Component, NamedField } from '../../ecs/component.ts';
import { type Entity, entityIndex } from '../../ecs/entity.ts';
import type { World } from '../../ecs/world.ts';
import { fromEuler, normalizeQuat, type Quat, toEuler } from '../geometry/quat.ts';
import type { Vec3 } from '../geometry/vec3.ts';
import type { FieldValue } from '../stores/states.ts';

/** A field's value as panels show it: its elements, one for a plain value. */
export type Shown = readonly FieldValue[];
/** A field's value as `World.get` gives it and commands take it. */
export type Stored = FieldValue | readonly number[];

/** What a 32-bit float tells reliably: 0.1 shall not read 0.10000000149. */
const FLOAT_DIGITS = 7;
const EULER_DECIMALS = 4;
const DEGREES = 180 / Math.PI;
const INTEGERS: ReadonlySet<string> = new Set(['i8', 'u8', 'i16', 'u16', 'i32', 'u32']);

export function isInteger(field: NamedField): boolean {
  return INTEGERS.has(field.kind);
}

/** What a stored number is multiplied by to be shown: radians are shown as degrees. */
export function displayFactor(field: NamedField): number {
  return field.unit === 'rad' ? DEGREES : 1;
}

/** A field's stored value, straight from its column. The entity must have the component. */
export function readStored(
  world: World,
  component: Component,
  field: NamedField,
  entity: Entity,
): Stored {
  const column = world.columns(component)[field.name] as ArrayLike<number | string>;
  const at = entityIndex(entity) * field.stride;
  if (field.kind === 'enum') return field.values[column[at] as number]!;
  if (field.kind === 'bool') return column[at] !== 0;
  if (field.stride === 1) return column[at]!;
  return Array.from({ length: field.stride }, (_, i) => column[at + i] as number);
}

export function toShown(field: NamedField, stored: Stored): Shown {
  if (field.kind === 'quat') return shownEuler(toEuler(normalizeQuat(stored as unknown as Quat)));
  if (typeof stored === 'object') return stored.map((value) => shownNumber(field, value));
  return [typeof stored === 'number' ? shownNumber(field, stored) : stored];
}

/** The nearest value that the field takes. */
export function toStored(field: NamedField, shown: Shown): Stored {
  if (field.kind === 'quat') return fromEuler(shown as unknown as Vec3);
  if (field.stride > 1) return shown.map((value) => storedNumber(field, value as number));
  const [value] = shown;
  return typeof value === 'number' ? storedNumber(field, value) : value!;
}

function shownNumber(field: NamedField, value: number): number {
  if (isInteger(field) || field.kind === 'entity') return value;
  return Number((value * displayFactor(field)).toPrecision(FLOAT_DIGITS)) + 0;
}

function shownEuler(degrees: Vec3): Shown {
  return degrees.map((angle) => Number(angle.toFixed(EULER_DECIMALS)) + 0);
}

function storedNumber(field: NamedField, shown: number): number {
  const value = isInteger(field) ? Math.round(shown) : shown / displayFactor(field);
  return Math.min(field.max ?? Infinity, Math.max(field.min ?? -Infinity, value));
}
