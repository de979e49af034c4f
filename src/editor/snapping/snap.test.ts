import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_MODIFIERS } from '../tools/pointer-input.ts';
import { isSnapping, snapFactor, snapMove, snapTo } from './snap.ts';

const STEPS = [0.001, 0.01, 0.1, 0.25, 0.5, 1, 3, 15, 22.5];
const step = fc.constantFrom(...STEPS);
const value = fc.double({ min: -1000, max: 1000, noNaN: true });

describe('snapTo', () => {
  it('gives the nearest multiple, which stays where it is', () => {
    fc.assert(
      fc.property(value, step, (each, size) => {
        const snapped = snapTo(each, size);
        expect(Math.abs(snapped - each)).toBeLessThanOrEqual(size / 2 + 1e-9);
        expect(snapTo(snapped, size)).toBe(snapped);
      }),
    );
  });

  it('reads as people write it', () => {
    expect(snapTo(0.31, 0.1)).toBe(0.3);
    expect(snapTo(-0.01, 0.1)).toBe(0);
  });

  it('leaves the value for a step that is none', () => {
    for (const none of [0, -1, Number.NaN]) expect(snapTo(0.3, none)).toBe(0.3);
  });
});

describe('snapFactor', () => {
  it('is never 0', () => {
    expect(snapFactor(0.01, 0.25)).toBe(0.25);
    expect(snapFactor(-0.01, 0.25)).toBe(-0.25);
    expect(snapFactor(1.3, 0.25)).toBe(1.25);
  });
});

describe('snapMove', () => {
  it('brings the start onto the grid along the given axes alone', () => {
    expect(snapMove([0.4, 0.4, 0], [[1, 0, 0]], 0.5, [0.2, 0, 0])).toEqual([0.3, 0, 0]);
  });

  it('snaps the distance without a start', () => {
    expect(snapMove([0.4, 0, 0], [[1, 0, 0]], 0.5)).toEqual([0.5, 0, 0]);
  });
});

describe('isSnapping', () => {
  it('is turned round by Ctrl and by Cmd', () => {
    const off = { enabled: false, to: 'grid', position: 1, angle: 1, scale: 1 } as const;
    expect(isSnapping(off, NO_MODIFIERS)).toBe(false);
    expect(isSnapping(off, { ...NO_MODIFIERS, ctrl: true })).toBe(true);
    expect(isSnapping({ ...off, enabled: true }, { ...NO_MODIFIERS, meta: true })).toBe(false);
  });
});
