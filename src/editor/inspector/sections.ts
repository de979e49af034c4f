import type { Component, NamedField } from '../../ecs/component.ts';
import { DOCUMENT_COMPONENTS } from '../../ecs/components/index.ts';
import type { Entity } from '../../ecs/entity.ts';
import type {
  InspectorField,
  InspectorFieldKind,
  InspectorSection,
  InspectorState,
  Mixed,
} from '../stores/states.ts';
import type { FieldReader } from './field-reader.ts';
import { labelOf } from './labels.ts';
import { Relevance } from './relevance.ts';
import { displayFactor, isInteger, type Shown, toShown } from './shown-value.ts';

const RADIANS_STEP_DEGREES = 1;
const EULER_STEP_DEGREES = 1;

const VISIBLE = DOCUMENT_COMPONENTS.filter((component) => !component.managed);

/** The component of a document of that name which panels may change. */
export function visibleComponent(name: string): Component | undefined {
  return VISIBLE.find((component) => component.name === name);
}

/** What all of the entities have, with the values that they share. */
export function sectionsOf(entities: readonly Entity[], reader: FieldReader): InspectorSection[] {
  if (entities.length === 0) return [];
  reader.forget();
  return shared(entities, reader).map((component) => ({
    component: component.name,
    label: componentLabel(component),
    help: component.panel.help,
    removable: component.panel.permanent !== true,
    fields: fieldsOf(component, entities, reader),
  }));
}

/** Components that none of the entities has and a person may give them. */
export function addableTo(
  entities: readonly Entity[],
  reader: FieldReader,
): InspectorState['addable'] {
  if (entities.length === 0) return [];
  return VISIBLE.filter(
    (component) =>
      isAddable(component) &&
      entities.every(
        (each) => !reader.has(component, each) && hasRequired(reader, each, component),
      ),
  ).map((component) => ({
    component: component.name,
    label: componentLabel(component),
    help: component.panel.help,
  }));
}

function isAddable({ panel }: Component): boolean {
  return panel.addable !== false && panel.permanent !== true && panel.hidden !== true;
}

function hasRequired(reader: FieldReader, entity: Entity, { panel }: Component): boolean {
  const required = panel.requires === undefined ? undefined : visibleComponent(panel.requires);
  return required === undefined || reader.has(required, entity);
}

/** What panels call a component. */
export function componentLabel({ name, panel }: Component): string {
  return panel.label ?? labelOf(name);
}

function shared(entities: readonly Entity[], reader: FieldReader): Component[] {
  return VISIBLE.filter(
    (component) =>
      component.panel.hidden !== true && entities.every((each) => reader.has(component, each)),
  );
}

function fieldsOf(
  component: Component,
  entities: readonly Entity[],
  reader: FieldReader,
): InspectorField[] {
  const relevance = new Relevance(entities, reader);
  return component.fields
    .filter((field) => relevance.of(component, field))
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
    help: field.help,
    alpha: field.kind === 'color' ? field.alpha !== false : undefined,
    asset: field.kind === 'hash' ? field.asset : undefined,
    isDefault: defaultShown(field).every((value, at) => value === elements[at]),
  };
}

/** A field's default as panels show it. */
export function defaultShown(field: NamedField): Shown {
  return toShown(field, field.default);
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
