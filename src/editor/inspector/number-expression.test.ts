import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseNumber } from './number-expression.ts';

const result = (text: string, current = 10) => parseNumber(text)?.apply(current);

describe('parseNumber', () => {
  it.each([
    ['5', 5],
    [' -5 ', -5],
    ['1/3', 1 / 3],
    ['1,5', 1.5],
    ['.5', 0.5],
    ['1e3', 1000],
    ['2*(3+4)', 14],
    ['2 - -3', 5],
    ['-2^2', -4],
    ['2**-1', 0.5],
    ['2^3^2', 512],
    ['10-2-3', 5],
    ['pi/2', Math.PI / 2],
    ['30 cm', 0.3],
    ['1.5m + 20cm', 1.7],
    ['90°', 90],
    ['pi rad', 180],
    ['50%', 0.5],
  ])('%s is %d', (text, expected) => {
    expect(result(text)).toBeCloseTo(expected, 10);
    expect(parseNumber(text)?.relative).toBe(false);
  });

  it.each([
    ['*2', 20],
    ['/4', 2.5],
    ['+=1', 11],
    ['-= 2*2', 6],
    ['*=1/2', 5],
    ['/=5', 2],
  ])('%s changes 10 to %d', (text, expected) => {
    expect(result(text)).toBeCloseTo(expected, 10);
    expect(parseNumber(text)?.relative).toBe(true);
  });

  it.each([
    '',
    ' ',
    'two',
    '1 2',
    '(1',
    '1)',
    '1/0',
    '/0',
    '0/0',
    '2^9999',
    '*',
    '1+',
    'constructor',
    '__proto__',
    '1'.repeat(500),
  ])('refuses %j', (text) => expect(parseNumber(text)).toBeUndefined());

  it('never throws, and gives finite numbers alone', () => {
    const text = fc.string({
      unit: fc.constantFrom(...'0123456789.+-*/^()= emcp°%'),
      maxLength: 30,
    });
    fc.assert(
      fc.property(text, (typed) => {
        const expression = parseNumber(typed);
        if (expression !== undefined && !expression.relative) {
          expect(Number.isFinite(expression.apply(1))).toBe(true);
        }
      }),
    );
  });

  it('reads back every number that it is shown', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(result(String(value))).toBe(value + 0);
      }),
    );
  });
});
