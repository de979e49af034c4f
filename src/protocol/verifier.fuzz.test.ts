import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { Bytes } from '../shared/bytes.ts';
import { type Random, seededRandom } from '../shared/random.ts';
import { decode, encode, type TableName } from './codec.ts';
import { DecodeError } from './decode-error.ts';
import { table } from './testing/arbitrary.ts';
import { flatcTouch } from './testing/flatc.ts';
import { checkInRange } from './testing/in-range.ts';
import { mutate } from './testing/mutate.ts';
import { offsetPositions } from './testing/offsets.ts';
import { ROOTS } from './testing/roots.ts';

// Many cases, on machines that are busy with other things.
vi.setConfig({ testTimeout: 60_000 });

const SEED = 20261122;
const SAMPLES = 25;
const MUTANTS_OF_ROOT = 2500;
const DAMAGED_OF_ROOT = 1000;

function samplesOf(name: TableName): Bytes[] {
  const values = fc.sample(table(name), { numRuns: SAMPLES, seed: SEED });
  return values.map((value) => encode(name, value as never));
}

/** `accepted` (its values then are in range), or the code of the refusal; rethrows anything else. */
function outcomeOf(name: TableName, bytes: Bytes): string {
  try {
    checkInRange(name, decode(name, bytes) as never);
    return 'accepted';
  } catch (thrown) {
    if (thrown instanceof DecodeError) return thrown.code;
    throw thrown;
  }
}

/** Whether flatbuffers' accessors throw nothing, whatever it is that they read. */
function flatcAccepts(name: TableName, bytes: Bytes): boolean {
  try {
    flatcTouch(name, bytes);
    return true;
  } catch {
    return false;
  }
}

function damageOffset(name: TableName, bytes: Bytes, random: Random): Bytes {
  const positions = offsetPositions(name, bytes);
  const at = positions[random.below(positions.length)]!;
  const mutant = bytes.slice();
  const view = new DataView(mutant.buffer);
  const before = view.getUint32(at, true);
  while (view.getUint32(at, true) === before)
    view.setUint32(
      at,
      random.below(2) === 0 ? random.below(bytes.length) : random.below(2 ** 32),
      true,
    );
  return mutant;
}

const percent = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(1)} %`;

describe(`S5: mutants of every root (seed ${SEED})`, () => {
  const codes = new Map<string, number>();

  it.each(ROOTS)('%s: a named refusal, or values in range', (name) => {
    const random = seededRandom(SEED);
    const samples = samplesOf(name);
    for (let i = 0; i < MUTANTS_OF_ROOT; i++) {
      const outcome = outcomeOf(name, mutate(samples[i % SAMPLES]!, random));
      codes.set(outcome, (codes.get(outcome) ?? 0) + 1);
    }
  });

  it('meets every way to refuse that mutation can reach', () => {
    const total = ROOTS.length * MUTANTS_OF_ROOT;
    const accepted = codes.get('accepted') ?? 0;
    console.info(
      `${total} mutants, accepted ${percent(accepted, total)}`,
      Object.fromEntries(codes),
    );
    expect(total).toBeGreaterThanOrEqual(20_000);
    for (const code of ['out_of_bounds', 'misaligned', 'missing_field', 'unknown_enum_value'])
      expect(codes.get(code), code).toBeGreaterThan(0);
  });
});

describe(`S5: damaged offsets (seed ${SEED})`, () => {
  it('are nearly all refused, where flatbuffers reads on', () => {
    const random = seededRandom(SEED);
    const counts = { total: 0, ours: 0, flatc: 0 };
    for (const name of ROOTS) {
      const samples = samplesOf(name);
      for (let i = 0; i < DAMAGED_OF_ROOT; i++) {
        const mutant = damageOffset(name, samples[i % SAMPLES]!, random);
        counts.total++;
        if (outcomeOf(name, mutant) === 'accepted') counts.ours++;
        if (flatcAccepts(name, mutant)) counts.flatc++;
      }
    }
    const ours = percent(counts.ours, counts.total);
    const flatc = percent(counts.flatc, counts.total);
    console.info(`${counts.total} damaged offsets, accepted ${ours}; by flatbuffers ${flatc}`);
    expect(counts.ours / counts.total).toBeLessThan(0.01);
    expect(counts.flatc).toBeGreaterThan(counts.ours);
  });
});
