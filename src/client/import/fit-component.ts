import type { Component, Input } from '../../ecs/component.ts';
import type { Field } from '../../ecs/fields.ts';
import type { ImportRun } from './import-run.ts';

/**
 * The values that differ from the component's defaults, with every number within what its field allows, −0 as 0; says so where it had to move
 * one. `what` names the thing in that warning.
 */
export function fitComponent<C extends Component>(
  component: C,
  values: Input<C>,
  what: string,
  run: ImportRun,
): Input<C> {
  const given: Readonly<Record<string, unknown>> = values;
  const fitted: Record<string, unknown> = {};
  for (const field of component.fields) {
    const { min = -Infinity, max = Infinity, label = field.name } = field;
    const inRange = (number: number): number => {
      const inside = Math.min(max, Math.max(min, number)) + 0;
      if (inside !== number)
        run.warn(`${what}: ${label.toLowerCase()} ${number} became ${inside}.`);
      return inside;
    };
    const value = given[field.name];
    const inside =
      typeof value === 'number'
        ? inRange(value)
        : Array.isArray(value)
          ? value.map(inRange)
          : value;
    if (!isDefault(field, inside)) fitted[field.name] = inside;
  }
  return fitted as Input<C>;
}

/** Thousands of entities fit one transaction only where each says no more than it must. */
function isDefault(field: Field, value: unknown): boolean {
  if (value === undefined || value === field.default) return true;
  const defaults = field.default;
  if (!Array.isArray(value) || !Array.isArray(defaults)) return false;
  return value.every((element, i) => element === defaults[i]);
}
