import type { Component, NamedField } from '../../ecs/component.ts';
import { DOCUMENT_COMPONENTS } from '../../ecs/components/index.ts';
import type { Entity } from '../../ecs/entity.ts';
import type { World } from '../../ecs/world.ts';
import type {
  InspectorField,
  InspectorFieldKind,
  InspectorSection,
  Mixed,
} from '../stores/states.ts';
import type { FieldReader } from './field-reader.ts';
import { labelOf } from './labels.ts';
import { isRelevant } from './relevant-fields.ts';
import { displayFactor, isInteger } from './shown-value.ts';

/** Every object has these. */
const PERMANENT: ReadonlySet<string> = new Set(['name', 'transform', 'flags']);
/** Needs geometry, which an import brings. */
const NOT_ADDABLE: ReadonlySet<string> = new Set([...PERMANENT, 'mesh']);
const RADIANS_STEP_DEGREES = 1;
const EULER_STEP_DEGREES = 1;

const VISIBLE = DOCUMENT_COMPONENTS.filter((component) => !component.managed);

/** The component of a document of that name which panels may change. */
export function visibleComponent(name: string): Component | undefined {
  return VISIBLE.find((component) => component.name === name);
}

/** What all of the entities have, with the values that they share. */
export function sectionsOf(
  world: World,
  entities: readonly Entity[],
  reader: FieldReader,
): InspectorSection[] {
  if (entities.length === 0) return [];
  return shared(world, entities).map((component) => ({
    component: component.name,
    label: labelOf(component.name),
    removable: !PERMANENT.has(component.name),
    fields: fieldsOf(component, entities, reader),
  }));
}

/** Components that none of the entities has and a person may give them. */
export function addableTo(
  world: World,
  entities: readonly Entity[],
): { component: string; label: string }[] {
  if (entities.length === 0) return [];
  return VISIBLE.filter(
    (component) =>
      !NOT_ADDABLE.has(component.name) && !entities.some((entity) => world.has(entity, component)),
  ).map(({ name }) => ({ component: name, label: labelOf(name) }));
}

function shared(world: World, entities: readonly Entity[]): Component[] {
  return VISIBLE.filter((component) => entities.every((entity) => world.has(entity, component)));
}

function fieldsOf(
  component: Component,
  entities: readonly Entity[],
  reader: FieldReader,
): InspectorField[] {
  const kind = component.fields.find((field) => field.name === 'kind');
  const kinds = new Set<string>();
  if (kind !== undefined) {
    for (const entity of entities) kinds.add(String(reader.shown(component, kind, entity)[0]));
  }
  return component.fields
    .filter((field) => isRelevant(component.name, field.name, kinds))
    .map((field) => toInspectorField(component, field, entities, reader));
}

function toInspectorField(
  component: Component,
  field: NamedField,
  entities: readonly Entity[],
  reader: FieldReader,
): InspectorField {
  const elements = reader.common(component, field, entities);
  const factor = displayFactor(field);
  const angle = field.kind === 'quat';
  const limits = angle ? {} : { min: scaled(field.min, factor), max: scaled(field.max, factor) };
  return {
    name: field.name,
    label: field.label ?? labelOf(field.name),
    kind: kindOf(field),
    stride: elements.length,
    value: elements.length === 1 ? elements[0]! : (elements as readonly (number | Mixed)[]),
    ...limits,
    step: stepOf(field),
    unit: angle || factor !== 1 ? '°' : field.unit,
    maxLength: field.kind === 'text' || field.kind === 'hash' ? field.maxLength : undefined,
    options: field.kind === 'enum' ? field.values : undefined,
  };
}

function kindOf(field: NamedField): InspectorFieldKind {
  if (field.kind === 'quat') return 'euler';
  if (field.kind === 'vec2' || field.kind === 'vec3' || field.kind === 'vec4') return 'vector';
  if (field.kind === 'f32' || field.kind === 'f64') return 'number';
  if (
    field.kind === 'color' ||
    field.kind === 'bool' ||
    field.kind === 'enum' ||
    field.kind === 'text' ||
    field.kind === 'hash' ||
    field.kind === 'entity'
  ) {
    return field.kind;
  }
  return 'integer';
}

function stepOf(field: NamedField): number | undefined {
  if (field.kind === 'quat') return EULER_STEP_DEGREES;
  if (displayFactor(field) !== 1) return RADIANS_STEP_DEGREES;
  return field.step ?? (isInteger(field) ? 1 : undefined);
}

function scaled(limit: number | undefined, factor: number): number | undefined {
  return limit === undefined ? undefined : Number((limit * factor).toPrecision(7));
}
