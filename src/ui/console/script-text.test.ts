import { expect, it } from 'vitest';
import { isUnfinished, lineBreak, linePlace } from './script-text.ts';

it.each([
  ['f(', true],
  ['for (const a of b) {', true],
  ['`a', true],
  ['f({ a: [1] })', false],
  ['")" + "("', false],
  ["'not closed", false],
  ['// (', false],
  ['}', false],
])('%s goes on: %s', (source, expected) => {
  expect(isUnfinished(source)).toBe(expected);
});

it('begins a line as far in as the one before, and further after a bracket', () => {
  expect(lineBreak('a', 1)).toBe('\n');
  expect(lineBreak('  a', 3)).toBe('\n  ');
  expect(lineBreak('x\n  f({', 7)).toBe('\n    ');
  expect(lineBreak('  f({ a })', 2)).toBe('\n  ');
});

it('finds the caret by line and column', () => {
  expect(linePlace('ab\ncd', 0)).toEqual({ line: 0, column: 0 });
  expect(linePlace('ab\ncd', 4)).toEqual({ line: 1, column: 1 });
});
