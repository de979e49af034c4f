import { describe, expect, it } from 'vitest';
import { type Agreement, ownAgreement } from '../../commands/agreement.ts';
import type { Hello } from '../../protocol/generated/types.ts';
import { MAX_CAPABILITIES } from '../../protocol/limits.ts';
import { ThetaError } from '../../shared/errors.ts';
import { agreeOn } from './handshake.ts';

const OTHER_SCHEMA = new Uint8Array(32);
const server: Agreement = {
  ...ownAgreement(),
  protocols: { min: 2, max: 4 },
  capabilities: ['a@1', 'a@2', 'b@1'],
};
const { vocabulary, components } = server;
const own: Hello = {
  protocolMin: 2,
  protocolMax: 4,
  schema: server.schema,
  vocabulary,
  components,
  session: new Uint8Array(16),
  author: new Uint8Array(32),
  replica: 0,
  color: 0,
  resumeEpoch: 0,
  resumeSeq: 0,
  resumeIndex: 0,
};

function refusalOf(differences: Partial<Hello>): ThetaError {
  try {
    agreeOn({ ...own, ...differences }, server);
  } catch (thrown) {
    if (thrown instanceof ThetaError) return thrown;
    throw thrown;
  }
  throw new Error('They agree.');
}

describe('T3: two ends that speak with each other', () => {
  it.each<[string, Partial<Hello>, number, string[]]>([
    ['equal ones', {}, 4, []],
    ['an older page that the server still knows', { protocolMin: 1, protocolMax: 3 }, 3, []],
    ['a newer page that still knows the server', { protocolMin: 4, protocolMax: 9 }, 4, []],
    ['the last that both know', { protocolMin: 0, protocolMax: 2 }, 2, []],
    ['a page without a capability', { capabilities: ['a@1'] }, 4, ['a@1']],
    ['unknown capabilities', { capabilities: ['b@1', 'holograms@1', '☃'] }, 4, ['b@1']],
    ['the newest version', { capabilities: ['a@1', 'a@2', 'a@3'] }, 4, ['a@2']],
    [
      'as many as there may be',
      { capabilities: Array.from({ length: MAX_CAPABILITIES }, () => 'b@1') },
      4,
      ['b@1'],
    ],
  ])('%s', (_, differences, protocol, capabilities) => {
    expect(agreeOn({ ...own, ...differences }, server)).toEqual({ protocol, capabilities });
  });
});

describe('T3: two ends that do not', () => {
  it.each<[string, Partial<Hello>, string]>([
    ['protocols that the server has left behind', { protocolMin: 0, protocolMax: 1 }, 'client'],
    ['protocols that it does not know yet', { protocolMin: 5, protocolMax: 6 }, 'server'],
    ['fewer commands', { vocabulary: vocabulary - 1, schema: OTHER_SCHEMA }, 'client'],
    ['more commands', { vocabulary: vocabulary + 1, schema: OTHER_SCHEMA }, 'server'],
    ['fewer components', { components: components - 1, schema: OTHER_SCHEMA }, 'client'],
    ['more components', { components: components + 1, schema: OTHER_SCHEMA }, 'server'],
    ['fewer of both', { vocabulary: 1, components: 1, schema: OTHER_SCHEMA }, 'client'],
    ['more of one, fewer of the other', { vocabulary: 1, components: components + 1 }, 'client'],
    ['as many, but others', { schema: OTHER_SCHEMA }, 'client'],
    ['none told', { vocabulary: 0, components: 0, schema: OTHER_SCHEMA }, 'client'],
  ])('%s', (_, differences, outdated) => {
    const { code, message } = refusalOf(differences);
    expect(code).toBe(`outdated_${outdated}`);
    // What to do, and what becomes of one's edits.
    expect(message).toMatch(
      outdated === 'client' ? /Reload .*edits that wait are kept/ : /goes on/,
    );
  });

  it.each<[string, Partial<Hello>, string]>([
    ['an empty range', { protocolMin: 4, protocolMax: 3 }, 'malformed'],
    [
      'too many capabilities',
      { capabilities: Array.from({ length: MAX_CAPABILITIES + 1 }, (_, at) => `c${at}@1`) },
      'too_large',
    ],
  ])('S5: %s is a fault', (_, differences, code) => {
    expect(refusalOf(differences).code).toBe(code);
  });
});
