import { expect, test } from 'vitest';
import { type InspectorField, MIXED } from '../../editor/editor.ts';
import { elementInput, elementOf, plainValue } from './field-elements.ts';
import { shownSections } from './shown-sections.ts';

const WIDTH: InspectorField = {
  name: 'width',
  label: 'Width',
  isDefault: false,
  kind: 'number',
  stride: 1,
  value: 2,
};
const POSITION: InspectorField = {
  name: 'position',
  label: 'Position',
  isDefault: false,
  kind: 'vector',
  stride: 3,
  value: [1, MIXED, 3],
};

test('an element that differs between the entities has no number', () => {
  expect(elementOf(WIDTH, 0)).toBe(2);
  expect(elementOf(POSITION, 0)).toBe(1);
  expect(elementOf(POSITION, 1)).toBeUndefined();
  expect(elementOf({ ...WIDTH, value: MIXED }, 0)).toBeUndefined();
});

test('setting one element leaves the others as each entity has them', () => {
  expect(elementInput(POSITION, 1, 5)).toEqual([null, 5, null]);
  expect(elementInput(WIDTH, 0, 5)).toBe(5);
});

test('a value is plain only when it has the type asked for', () => {
  expect(plainValue({ ...WIDTH, kind: 'enum', value: 'box' }, 'string')).toBe('box');
  expect(plainValue({ ...WIDTH, kind: 'bool', value: false }, 'boolean')).toBe(false);
  expect(plainValue({ ...WIDTH, kind: 'bool', value: MIXED }, 'boolean')).toBeUndefined();
});

test('geometry that is not there takes no room; an empty slot for a texture does', () => {
  const shown = shownSections([
    {
      component: 'material',
      label: 'Material',
      removable: true,
      fields: [
        WIDTH,
        { ...WIDTH, kind: 'hash', value: '' },
        { ...WIDTH, kind: 'hash', value: 'a1' },
        { ...WIDTH, kind: 'hash', value: '', asset: 'texture' },
      ],
    },
    {
      component: 'x',
      label: 'X',
      removable: true,
      fields: [{ ...WIDTH, kind: 'hash', value: '' }],
    },
  ]);
  expect(
    shown.map(({ component, fields }) => [component, fields.map(({ value }) => value)]),
  ).toEqual([['material', [2, 'a1', '']]]);
});
