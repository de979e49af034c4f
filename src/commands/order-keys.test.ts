import fc from 'fast-check';
import { generateKeyBetween, generateNKeysBetween } from 'fractional-indexing';
import { describe, expect, it } from 'vitest';
import { isOrderKey } from './order-keys.ts';

describe('order keys', () => {
  it('O7: every key that is generated is accepted, wherever it goes', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1000), { minLength: 1, maxLength: 60 }), (places) => {
        const keys: string[] = [];
        for (const place of places) {
          const at = place % (keys.length + 1);
          keys.splice(at, 0, generateKeyBetween(keys[at - 1] ?? null, keys[at] ?? null));
        }
        expect(keys.every(isOrderKey)).toBe(true);
        expect([...keys].sort()).toEqual(keys);
      }),
    );
  });

  it('O7: many keys at one place are accepted, before and after one another', () => {
    for (const [low, high] of [
      [null, null],
      ['a0', null],
      [null, 'a0'],
      ['a0', 'a1'],
    ] as const) {
      expect(generateNKeysBetween(low, high, 500).every(isOrderKey)).toBe(true);
    }
  });

  it.each([
    '',
    '!',
    'a',
    'a0 ',
    'zz',
    'b1',
    'a00',
    'a0a0',
    '00',
    `A${'0'.repeat(26)}`,
    'a'.repeat(513),
  ])('O7: %j is no key', (text) => expect(isOrderKey(text)).toBe(false));

  it('O7: whatever is accepted, a key can be made before and after it', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 8, unit: fc.constantFrom(...'0az1AZb') }), (text) => {
        fc.pre(isOrderKey(text));
        expect(generateKeyBetween(text, null) > text).toBe(true);
        expect(generateKeyBetween(null, text) < text).toBe(true);
      }),
    );
  });
});
