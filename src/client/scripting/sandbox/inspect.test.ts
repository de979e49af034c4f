import { describe, expect, it } from 'vitest';
import { describeError, INSPECT_DEFAULTS, inspect, inspectTable } from './inspect.ts';

describe('a value as text', () => {
  const circular: Record<string, unknown> = { name: 'a' };
  circular.self = circular;
  class Point {
    x = 1;
  }
  const failing = Object.defineProperty({}, 'x', {
    enumerable: true,
    get: () => {
      throw new Error('never asked');
    },
  });
  it.each<[unknown, string]>([
    [undefined, 'undefined'],
    ['it is', "'it is'"],
    ["it's", '"it\'s"'],
    ['a\nb', "'a\\nb'"],
    [-0, '-0'],
    [12n, '12n'],
    [Symbol('s'), 'Symbol(s)'],
    [[], '[]'],
    [{}, '{}'],
    [new Array(1), '[undefined]'],
    [{ a: 1, 'b-c': [true, null] }, "{ a: 1, 'b-c': [true, null] }"],
    [new Map([['a', { b: 1 }]]), "Map(1) {'a' => { b: 1 }}"],
    [new Set([1]), 'Set(1) {1}'],
    [new Uint8Array(30), `Uint8Array(30) [\n  ${Array(24).fill('0').join(', ')},\n  … 6 more\n]`],
    [new Date(0), '1970-01-01T00:00:00.000Z'],
    [/a/g, '/a/g'],
    [Promise.resolve(1), 'Promise'],
    [inspect, '[Function: inspect]'],
    [new Point(), 'Point { x: 1 }'],
    [Object.create(null), '{}'],
    [new TypeError('no'), 'TypeError: no'],
    [new File(['abc'], 'a.obj'), "File 'a.obj' (3 bytes)"],
    [circular, "{ name: 'a', self: [Circular] }"],
    [failing, '{ x: [Getter] }'],
  ])('%#', (value, expected) => {
    expect(inspect(value)).toBe(expected);
  });

  it('is set one below the other where it is wide', () => {
    const value = { name: 'x'.repeat(40), list: [{ position: [1, 2, 3] }, 'y'.repeat(40)] };
    expect(inspect(value)).toBe(
      [
        '{',
        `  name: '${'x'.repeat(40)}',`,
        `  list: [{ position: [1, 2, 3] }, '${'y'.repeat(40)}']`,
        '}',
      ].join('\n'),
    );
  });

  it('ends somewhere, however deep or long it is', () => {
    const deep = { a: { b: { c: [1] } } };
    expect(inspect(deep, { ...INSPECT_DEFAULTS, depth: 3 })).toBe('{ a: { b: { c: […] } } }');
    expect(inspect(Array(1000).fill('a'))).toContain('… 900 more');
    expect(inspect('a'.repeat(5000)).length).toBeLessThan(2100);
  });

  it('of what only pretends to be an object is no reason to fail', () => {
    const hostile = new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error('mine');
        },
      },
    );
    expect(inspect(hostile)).toBe('[Error: mine]');
  });
});

it('what is thrown is told by its kind and message', () => {
  expect(describeError(new RangeError('too far'))).toBe('RangeError: too far');
  expect(describeError('a text')).toBe("Thrown: 'a text'");
});

it('a table has its columns one below the other', () => {
  expect(inspectTable([{ a: 'one', b: 1 }, { a: 'three' }, 5])).toBe(
    ['   a      b', '0  one    1', '1  three', '2  5'].join('\n'),
  );
  expect(inspectTable(3)).toBe('3');
});
