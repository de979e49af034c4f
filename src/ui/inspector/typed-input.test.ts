import { describe, expect, test } from 'vitest';
import { type FieldInput, type InspectorField, MIXED } from '../../editor/editor.ts';
import { elementInput, elementOf } from './field-elements.ts';
import { typedInput, typedNumber } from './typed-input.ts';

type ElementChange = Extract<FieldInput, { readonly element: number }>;

const WIDTH: InspectorField = {
  name: 'width',
  label: 'Width',
  kind: 'number',
  stride: 1,
  value: 2,
  min: 0,
  max: 10,
};
const POSITION: InspectorField = {
  name: 'position',
  label: 'Position',
  kind: 'vector',
  stride: 3,
  value: [1, MIXED, 3],
};
const SEGMENTS: InspectorField = { ...WIDTH, name: 'segments', kind: 'integer', max: 256 };

describe('typing into a number', () => {
  test('an expression sets its value, within the range', () => {
    expect(typedInput(WIDTH, 0, '1/4')).toBe(0.25);
    expect(typedInput(WIDTH, 0, '40')).toBe(10);
    expect(typedInput(SEGMENTS, 0, '7.6')).toBe(8);
  });

  test('a change applies to each entity’s own value', () => {
    const input = typedInput(WIDTH, 0, '*2') as ElementChange;
    expect(input.element).toBe(0);
    expect([1, 3, 8].map((value) => input.map(value))).toEqual([2, 6, 10]);
  });

  test('one element of a vector leaves the others alone', () => {
    expect(typedInput(POSITION, 1, '5')).toEqual([null, 5, null]);
    expect(elementInput(POSITION, 2, 0)).toEqual([null, null, 0]);
  });

  test('what means nothing changes nothing', () => {
    expect(typedInput(WIDTH, 0, 'wide')).toBeUndefined();
    expect(typedNumber('', 1, {})).toBeUndefined();
  });
});

test('an element that differs between the entities has no number', () => {
  expect(elementOf(POSITION, 0)).toBe(1);
  expect(elementOf(POSITION, 1)).toBeUndefined();
  expect(elementOf({ ...WIDTH, value: MIXED }, 0)).toBeUndefined();
});
