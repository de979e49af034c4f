import {
  type FieldInput,
  type FieldValue,
  type InspectorField,
  MIXED,
  type Mixed,
} from '../../editor/editor.ts';

/** The number in one element of a field; `undefined` when the selected entities differ in it. */
export function elementOf(field: InspectorField, element: number): number | undefined {
  const value = isVector(field.value) ? field.value[element] : field.value;
  return typeof value === 'number' ? value : undefined;
}

/** A colour's linear red, green and blue; `undefined` when the entities differ in any of them. */
export function colorOf(field: InspectorField): readonly [number, number, number] | undefined {
  const [red, green, blue] = [0, 1, 2].map((element) => elementOf(field, element));
  return red === undefined || green === undefined || blue === undefined
    ? undefined
    : [red, green, blue];
}

/** A field input that sets one element and leaves the others as each entity has them. */
export function elementInput(field: InspectorField, element: number, value: number): FieldInput {
  if (field.stride === 1) return value;
  return Array.from({ length: field.stride }, (_, index) => (index === element ? value : null));
}

export function isMixed(value: InspectorField['value']): value is Mixed {
  return value === MIXED;
}

function isVector(value: InspectorField['value']): value is readonly (number | Mixed)[] {
  return Array.isArray(value);
}

/** The whole value when it is a plain one of the type asked for, and not mixed. */
export function plainValue<Type extends 'string' | 'boolean'>(
  field: InspectorField,
  type: Type,
): Extract<FieldValue, Type extends 'string' ? string : boolean> | undefined {
  return typeof field.value === type
    ? (field.value as Extract<FieldValue, Type extends 'string' ? string : boolean>)
    : undefined;
}
