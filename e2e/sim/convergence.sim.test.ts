import { describe, expect, it } from 'vitest';
import { runChaos } from './chaos.ts';

/** Always these; `npm run sim` runs as many as one likes. */
const FIXED_SEEDS = Array.from({ length: 20 }, (_, i) => i + 1);

/** Each failed once, for what it is named after. */
const FOUND: readonly (readonly [seed: number, fault: string])[] = [
  [497, 'O1: a page that opened offline with less of the log used clocks again'],
  [537, 'O1: a page that opened offline with less of the log used clocks again'],
  [846, 'T4: a page took its own newer connection for that of another page, and stayed away'],
];

describe('what chaos has found', () => {
  it.each(FOUND)('seed %i: %s', async (seed) => {
    await runChaos(seed);
  });
});

describe('O2, O5, D2, D3, S1: whatever happens, everybody ends with the same', () => {
  for (const seed of FIXED_SEEDS) it(`seed ${seed}`, () => runChaos(seed));
});

describe('a seed', () => {
  it('repeats its run to the byte, and another one does not', async () => {
    const [first, again] = [await runChaos(7), await runChaos(7)];
    expect(first.events).toBeGreaterThan(300);
    expect(again.trace).toBe(first.trace);
    expect((await runChaos(8)).trace).not.toBe(first.trace);
  });
});
