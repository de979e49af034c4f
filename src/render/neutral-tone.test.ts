import fc from 'fast-check';
import { Color } from 'three';
import { describe, expect, it } from 'vitest';
import { invertNeutralTone } from './neutral-tone.ts';

/** As in three's `tonemapping_pars_fragment`, exposure 1. */
function neutralTone(color: Color): Color {
  const least = Math.min(color.r, color.g, color.b);
  const offset = least < 0.08 ? least - 6.25 * least * least : 0.04;
  const shifted = [color.r - offset, color.g - offset, color.b - offset];
  const peak = Math.max(...shifted);
  if (peak < 0.76) return new Color().fromArray(shifted);
  const newPeak = 1 - 0.24 ** 2 / (peak + 0.24 - 0.76);
  const grey = 1 - 1 / (0.15 * (peak - newPeak) + 1);
  const mapped = shifted.map((c) => ((c * newPeak) / peak) * (1 - grey) + newPeak * grey);
  return new Color().fromArray(mapped);
}

describe('invertNeutralTone', () => {
  it('undoes what three does to a picture', () => {
    const channel = fc.double({ min: 0, max: 0.9, noNaN: true });
    fc.assert(
      fc.property(channel, channel, channel, (r, g, b) => {
        const reached = neutralTone(new Color(r, g, b));
        const again = neutralTone(invertNeutralTone(reached.clone()));
        for (const key of ['r', 'g', 'b'] as const) expect(again[key]).toBeCloseTo(reached[key], 4);
      }),
    );
  });
});
