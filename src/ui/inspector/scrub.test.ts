import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatNumber } from './number-text.ts';
import { clamped, nudged, SCRUB_DEFAULTS, scrubOffset } from './scrub.ts';

const PLAIN = { shift: false, alt: false };

describe('scrubbing a label', () => {
  test('moves a step for every few pixels, either way', () => {
    const range = { step: 0.5 };
    expect(scrubOffset(SCRUB_DEFAULTS.pixelsPerStep * 3, range, PLAIN)).toBe(1.5);
    expect(scrubOffset(-SCRUB_DEFAULTS.pixelsPerStep, range, PLAIN)).toBe(-0.5);
    expect(scrubOffset(SCRUB_DEFAULTS.pixelsPerStep - 1, range, PLAIN)).toBe(0);
  });

  test('Shift is coarse and Alt is fine', () => {
    const range = { step: 1 };
    const pixels = SCRUB_DEFAULTS.pixelsPerStep * 2;
    expect(scrubOffset(pixels, range, { shift: true, alt: false })).toBe(20);
    expect(scrubOffset(pixels, range, { shift: false, alt: true })).toBe(0.2);
  });

  test('lands on round numbers', () => {
    fc.assert(
      fc.property(fc.integer({ min: -4000, max: 4000 }), (pixels) => {
        const text = String(scrubOffset(pixels, { step: 0.1 }, PLAIN));
        expect(text).toMatch(/^-?\d+(\.\d)?$/);
      }),
    );
  });
});

describe('arrow keys', () => {
  test('nudge by a step without the dust of binary fractions', () => {
    expect(nudged(0.2, 1, { step: 0.1 }, PLAIN)).toBe(0.3);
    expect(nudged(0, -1, { step: 0.1 }, { shift: true, alt: false })).toBe(-1);
  });

  test('stop at the ends of the range', () => {
    expect(nudged(0.995, 1, { step: 0.01, max: 1 }, PLAIN)).toBe(1);
    expect(clamped(-3, { min: 0 })).toBe(0);
    expect(clamped(7, {})).toBe(7);
  });
});

describe('formatNumber', () => {
  test('shows a 32-bit float as the number it was meant to be', () => {
    expect(formatNumber(Math.fround(0.1))).toBe('0.1');
    expect(formatNumber(12)).toBe('12');
    expect(formatNumber(-1.25)).toBe('-1.25');
  });

  test('never shows a negative zero', () => {
    expect(formatNumber(-0)).toBe('0');
    expect(formatNumber(-0.000001)).toBe('0');
  });
});
