import { expect, it } from 'vitest';
import { examplesOf } from './doc-examples.ts';
import { EXAMPLES } from './examples.ts';

it('takes the JavaScript out of a page, under its headings', () => {
  const page = [
    '# Page',
    '```js',
    'one();',
    '# no heading',
    '```',
    '## `theta.get(id)`',
    '```ts',
    'not();',
    '```',
    '```js',
    'two();',
    '```',
  ].join('\n');
  expect(examplesOf(page)).toEqual([
    { heading: 'Page', code: 'one();\n# no heading' },
    { heading: 'theta.get(id)', code: 'two();' },
  ]);
});

it('has those of docs/scripting.md', () => {
  expect(EXAMPLES.length).toBeGreaterThan(10);
  expect(EXAMPLES[0]?.heading).toBe('A first script');
});
