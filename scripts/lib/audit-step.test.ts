import { expect, it } from 'vitest';
import { verdictOf } from './audit-step.mjs';

const answer = (counts: Record<string, number>): string =>
  JSON.stringify({ metadata: { vulnerabilities: counts } });

it.each([
  ['nothing found', answer({ critical: 0, high: 0, moderate: 0, low: 0 }), 1, 0],
  ['low and moderate findings', answer({ moderate: 2, low: 3 }), 1, 0],
  ['a high finding', answer({ high: 1 }), 0, 1],
  ['a critical finding', answer({ critical: 1 }), 0, 1],
  ['no network', '', 0, 0],
  ['a registry that does not audit', JSON.stringify({ error: { code: 'ENOAUDIT' } }), 0, 0],
])('%s', (_, output, passed, failed) => {
  expect(verdictOf(output)).toMatchObject({ passed, failed });
});
