import { describe, expect, it } from 'vitest';
import { type Agreement, ownAgreement } from '../../commands/agreement.ts';
import { checkTerms } from './terms.ts';

const offer: Agreement = {
  ...ownAgreement(),
  protocols: { min: 2, max: 3 },
  capabilities: ['a@1', 'b@1'],
};

describe('T3: what a server may choose', () => {
  it.each<[string, number, string[] | undefined]>([
    ['the newest, and everything', 3, ['a@1', 'b@1']],
    ['the oldest, and nothing', 2, undefined],
  ])('%s', (_, protocol, capabilities) => {
    expect(() =>
      checkTerms({ protocol, ...(capabilities && { capabilities }) }, protocol, offer),
    ).not.toThrow();
  });

  it.each<[string, number, number, string[]]>([
    ['an older protocol', 1, 1, []],
    ['a newer protocol', 4, 4, []],
    ['another than it challenged with', 3, 2, []],
    ['a capability that was not offered', 3, 3, ['a@1', 'c@1']],
    ['another version of one', 3, 3, ['a@2']],
  ])('not %s', (_, protocol, challenged, capabilities) => {
    expect(() => checkTerms({ protocol, capabilities }, challenged, offer)).toThrow(
      'The server chose what was not offered.',
    );
  });
});
