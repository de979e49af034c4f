import type { FieldInput, InspectorField } from '../../editor/editor.ts';
import { parseNumber } from '../../editor/inspector/number-expression.ts';
import { elementInput } from './field-elements.ts';
import { clamped, type ScrubRange } from './scrub.ts';

/**
 * The field input that a typed text stands for: a number for all of the selection, or a change of
 * each entity's own (`*2`). `undefined` when the text means nothing.
 */
export function typedInput(
  field: InspectorField,
  element: number,
  text: string,
): FieldInput | undefined {
  const expression = parseNumber(text);
  if (!expression) return undefined;
  const settle = (value: number) => settled(field, value);
  return expression.relative
    ? { element, map: (current: number) => settle(expression.apply(current)) }
    : elementInput(field, element, settle(expression.apply(0)));
}

/** The number that a typed text stands for, within a range. */
export function typedNumber(text: string, current: number, range: ScrubRange): number | undefined {
  const value = parseNumber(text)?.apply(current);
  return value === undefined ? undefined : clamped(value, range);
}

function settled(field: InspectorField, value: number): number {
  return clamped(field.kind === 'integer' ? Math.round(value) : value, field);
}
