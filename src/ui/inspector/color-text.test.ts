import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hexOf, parseHex } from './color-text.ts';

test('linear colours are written in sRGB', () => {
  expect(hexOf([1, 1, 1])).toBe('#ffffff');
  expect(hexOf([0.2158605, 0.2158605, 0.2158605])).toBe('#808080');
  expect(hexOf([2, -1, 0])).toBe('#ff0000');
});

test('every colour that can be typed comes back as it was typed', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 0xffffff }), (value) => {
      const hex = `#${value.toString(16).padStart(6, '0')}`;
      const parsed = parseHex(hex);
      expect(parsed && hexOf(parsed)).toBe(hex);
    }),
  );
});

test('short and bare forms are understood, anything else is not', () => {
  expect(parseHex('f00')).toEqual([1, 0, 0]);
  expect(parseHex(' #FF0000 ')).toEqual([1, 0, 0]);
  expect(parseHex('#ff00')).toBeUndefined();
  expect(parseHex('red')).toBeUndefined();
});
