import { describe, expect, it } from 'vitest';
import { jsTokens } from '../../../ui/console/js-tokens.ts';
import { compileScript, declaredNames, type Scope } from './compile-script.ts';

const run = (source: string, scope: Scope = {}) => compileScript(source).run(scope);

describe('the result of a script', () => {
  it.each([
    ['1 + 1', 2],
    ['1 + 1; // two', 2],
    ['{ a: 1 }', { a: 1 }],
    ['const a = 2;\na * 3', 6],
    ['const a = 2; a * 3;', 6],
    ['await Promise.resolve(4)', 4],
    ['let x;\nx = 1\n+ 2', 3],
    ['[1, 2]\n  .map((each) => each * 2)\n  .join()', '2,4'],
    ['let n = 0;\nfor (const each of [1, 2])\n  n += each;\nn', 3],
    ['function f() { return 1; }\nf()', 1],
    ['"a;b"', 'a;b'],
    [`\`a\${[1].map((n) => \`\${n}\`)}\``, 'a1'],
    ['/[/;]/.test(";")', true],
    ['async () => 1; 5', 5],
  ])('%s', async (source, expected) => {
    expect(await run(source)).toEqual(expected);
  });

  it.each([
    'const a = 1',
    'if (true) 1; else 2;',
    'let n = 0;\nfor (const each of [1, 2])\n  n += each;',
    'function f() { return 1; }',
    '',
    '// nothing',
    'var a = 1; {a}',
  ])('%s has none', async (source) => {
    expect(await run(source)).toBeUndefined();
  });
});

describe('names', () => {
  it('live on, and may be declared again', async () => {
    const scope: Scope = {};
    await run(
      'const made = { entity: 1 }; let { entity, rest: [first = 5] } = { ...made, rest: [] };',
      scope,
    );
    expect(scope).toEqual({ made: { entity: 1 }, entity: 1, first: 5 });
    expect(await run('entity + first', scope)).toBe(6);
    await run('const entity = 7', scope);
    expect(await run('entity', scope)).toBe(7);
    await run('entity = 8', scope);
    expect(scope.entity).toBe(8);
  });

  it.each([
    ['const a = 1, b = f(1, 2), [c, , ...d] = e', 'a b c d'],
    ['let { a: { b = { x: 1 } }, c: d = [y, z], ...rest } = e; f', 'b d rest'],
    ['async function f() { const inner = 1; }\nclass G {}\nfunction* h() {}', 'f G h'],
    ['for (const each of all) { let x; }', ''],
    ['const f = function named() {}; x = class Y {}', 'f'],
    ['let a\nlet b = 1\nc, d', 'a b'],
    ['a.let; "const x"; `const y`; // const z', ''],
  ])('%s declares: %s', (source, names) => {
    expect(declaredNames(jsTokens(source)).join(' ')).toBe(names);
  });

  it('are kept though the last expression fails', async () => {
    const scope: Scope = {};
    await expect(run('const a = 1;\nnobody.x', scope)).rejects.toThrow(ReferenceError);
    expect(scope).toEqual({ a: 1 });
  });
});

it.each(['const = 1', 'f(', '} {', '})(); ({', 'const a = 1; const a = 2;'])(
  'what is no JavaScript is a syntax error: %s',
  (source) => {
    expect(() => compileScript(source)).toThrow(SyntaxError);
  },
);
