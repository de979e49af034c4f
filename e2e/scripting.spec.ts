import { readFile } from 'node:fs/promises';
import type { CDPSession, Page } from '@playwright/test';
import { examplesOf } from '../src/ui/console/doc-examples.ts';
import { inTurn, printsOf } from './support/doc-prints.ts';
import { expect, test } from './support/fixtures.ts';

const DOCUMENT = new URL('../docs/scripting.md', import.meta.url);

test('every example of docs/scripting.md runs as it stands in the console', async ({ join }) => {
  const examples = examplesOf(await readFile(DOCUMENT, 'utf8'));
  expect(examples.length, 'examples').toBeGreaterThan(10);
  const page = await join('editor');
  const refused = await recordRefused(page);
  const console = await page.context().newCDPSession(page);
  const printed: string[] = [];
  page.on('console', (message) => printed.push(message.text()));
  for (const example of examples) {
    await test.step(example.heading, async () => {
      printed.length = 0;
      expect(await problemOf(console, example.code), example.code).toBeUndefined();
      expect(inTurn(printed, printsOf(example)), `${example.code}\n\n${printed.join('\n')}`).toBe(
        true,
      );
    });
  }
  // Only the example that shows what a refusal looks like is refused.
  expect(await refused()).toEqual(['transform.set: invalid_params']);
});

/** Runs code as the browser's own console does: with `await`, and names that the next example sees. */
async function problemOf(console: CDPSession, expression: string): Promise<string | undefined> {
  const { exceptionDetails } = await console.send('Runtime.evaluate', {
    expression,
    replMode: true,
    awaitPromise: true,
    userGesture: true,
  });
  return exceptionDetails?.exception?.description ?? exceptionDetails?.text;
}

/** Keeps what `theta.execute` is refused from now on; an outcome is no exception. */
async function recordRefused(page: Page): Promise<() => Promise<string[]>> {
  const list = await page.evaluateHandle(() => {
    const seen: string[] = [];
    const execute = window.theta.execute.bind(window.theta);
    window.theta.execute = async (type, params) => {
      const outcome = await execute(type, params);
      if (outcome.status !== 'accepted') seen.push(`${type}: ${outcome.code ?? outcome.status}`);
      return outcome;
    };
    return seen;
  });
  return () => list.jsonValue();
}
