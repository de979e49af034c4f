import { expect, it } from 'vitest';
import { seededRandom } from '../../src/shared/random.ts';
import { driftOf, median, type Reading } from './drift.ts';

const LIMITS = { share: 0.05, units: 1 };

function readings(count: number, valueAt: (share: number) => number): Reading[] {
  return Array.from({ length: count }, (_, i) => ({
    hours: i / count,
    value: valueAt(i / count),
  }));
}

it('calls noise around a level flat, outliers among it too', () => {
  const random = seededRandom(7);
  const noisy = readings(40, (share) => (share === 0.5 ? 1000 : 100 + random.next() * 4));
  expect(driftOf(noisy, LIMITS).flat).toBe(true);
});

it('sees a leak below the noise of its readings', () => {
  const random = seededRandom(8);
  const leaking = readings(40, (share) => 100 + share * 30 + random.next() * 4);
  const drift = driftOf(leaking, LIMITS);
  expect(drift.flat).toBe(false);
  expect(drift.slope).toBeGreaterThan(24);
  expect(drift.slope).toBeLessThan(36);
});

it('forgives what only the warm-up adds', () => {
  const warming = readings(30, (share) => (share < 0.3 ? 100 * share : 30));
  expect(driftOf(warming, LIMITS)).toMatchObject({ flat: true, slope: 0 });
});

it('lets a figure near zero move by the units it is given', () => {
  const few = readings(12, (share) => share * 1.2);
  expect(driftOf(few, LIMITS).flat).toBe(true);
  expect(driftOf(few, { share: 0.05, units: 0.1 }).flat).toBe(false);
});

it('does not mind falling', () => {
  expect(
    driftOf(
      readings(12, (share) => 100 - 50 * share),
      LIMITS,
    ).flat,
  ).toBe(true);
});

it('refuses to judge by too few readings', () => {
  expect(() =>
    driftOf(
      readings(6, () => 1),
      LIMITS,
    ),
  ).toThrow(RangeError);
});

it('takes the mean of the middle two of an even number', () => {
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(median([])).toBeNaN();
});
