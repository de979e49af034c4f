import { elementKind, storageProblem } from './columns.ts';
import type { Component } from './component.ts';
import type { Field } from './fields.ts';

const HASH_PATTERN = /^[0-9a-f]*$/;

/**
 * Why a value must not be written into a field, in words that follow the field's name, or
 * `undefined`. Besides the type it checks the declared bounds and lengths, which `World.set` does not.
 */
export function valueProblem(field: Field, value: unknown): string | undefined {
  return storageProblem(field, value) ?? lengthProblem(field, value) ?? boundsProblem(field, value);
}

/** As `valueProblem`, for an object of some of a component's fields; names an unknown one. */
export function componentProblem(
  component: Component,
  value: Readonly<Record<string, unknown>>,
): string | undefined {
  for (const [name, each] of Object.entries(value)) {
    const field = Object.hasOwn(component.schema, name) ? component.schema[name] : undefined;
    if (field === undefined) return `${component.name} has no field "${name}".`;
    const problem = each === undefined ? undefined : valueProblem(field, each);
    if (problem !== undefined) return `${component.name}.${name} ${problem}.`;
  }
  return undefined;
}

function lengthProblem(field: Field, value: unknown): string | undefined {
  if (field.kind !== 'text' && field.kind !== 'hash') return undefined;
  const string = value as string;
  if (string.length > field.maxLength) return `has at most ${field.maxLength} characters`;
  if (field.kind === 'text' || string === '') return undefined;
  const isHash = string.length === field.maxLength && HASH_PATTERN.test(string);
  return isHash ? undefined : 'needs a content hash in hexadecimal';
}

function boundsProblem(field: Field, value: unknown): string | undefined {
  const { min = -Infinity, max = Infinity } = field;
  // As the column holds them: what was read from it may be written back.
  const round = elementKind(field) === 'f32' ? Math.fround : Number;
  const numbers = typeof value === 'number' ? [value] : Array.isArray(value) ? value : [];
  for (const number of numbers) {
    if (round(number) < round(min)) return `must be at least ${min}`;
    if (round(number) > round(max)) return `must be at most ${max}`;
  }
  return undefined;
}
