import { mutate } from '../../src/protocol/testing/mutate.ts';
import { type Bytes, toHex } from '../../src/shared/bytes.ts';
import { messageOf, ThetaError } from '../../src/shared/errors.ts';
import { type Random, seededRandom } from '../../src/shared/random.ts';
import type { FuzzTarget } from './targets.ts';

export interface FuzzReport {
  readonly name: string;
  readonly inputs: number;
  readonly accepted: number;
  /** How often each named refusal came. */
  readonly refusals: ReadonlyMap<string, number>;
  readonly slowestMs: number;
}

/** An input may take so long, on a machine that is busy with other things. */
const HANG_MS = 5000;
/** Bytes of what surrounds an input, of which a read beyond its ends would see. */
const MARGIN = 64;

/**
 * Gives each target its share of mutated inputs. Each is read twice, amid different bytes: what is read
 * beyond its ends shows as a difference.
 * @throws {Error} naming the target and the input, for anything but a `ThetaError`
 */
export async function runFuzz(
  targets: readonly FuzzTarget[],
  inputs: number,
  seed: number,
  onTarget: (report: FuzzReport) => void = () => undefined,
): Promise<FuzzReport[]> {
  const weights = targets.reduce((sum, { weight }) => sum + weight, 0);
  const reports: FuzzReport[] = [];
  for (const [i, target] of targets.entries()) {
    const random = seededRandom(seed + i);
    const report = await fuzzOne(target, Math.ceil((inputs * target.weight) / weights), random);
    reports.push(report);
    onTarget(report);
  }
  return reports;
}

async function fuzzOne(target: FuzzTarget, inputs: number, random: Random): Promise<FuzzReport> {
  const refusals = new Map<string, number>();
  let accepted = 0;
  let slowestMs = 0;
  for (let i = 0; i < inputs; i++) {
    const bytes = mutate(target.samples[i % target.samples.length]!, random);
    const began = performance.now();
    const outcome = await outcomeOf(target, amid(bytes, 0x00));
    const tookMs = performance.now() - began;
    if (tookMs > HANG_MS) throw failure(target, bytes, `took ${tookMs.toFixed(0)} ms`);
    const again = await outcomeOf(target, amid(bytes, 0xff));
    if (outcome !== again)
      throw failure(target, bytes, `read beyond its ends: ${outcome}, then ${again}`);
    if (outcome === '') accepted += 1;
    else refusals.set(outcome, (refusals.get(outcome) ?? 0) + 1);
    slowestMs = Math.max(slowestMs, tookMs);
  }
  return { name: target.name, inputs, accepted, refusals, slowestMs };
}

/** The code of the refusal; empty when there was none. */
async function outcomeOf(target: FuzzTarget, bytes: Bytes): Promise<string> {
  try {
    await target.read(bytes);
    return '';
  } catch (thrown) {
    if (thrown instanceof ThetaError) return String(thrown.code);
    const stack = thrown instanceof Error ? thrown.stack : undefined;
    throw failure(target, bytes, stack ?? messageOf(thrown));
  }
}

/** The same bytes as a view in the middle of others; at a multiple of eight, as buffers are. */
function amid(bytes: Bytes, filler: number): Bytes {
  const whole = new Uint8Array(bytes.length + 2 * MARGIN).fill(filler);
  whole.set(bytes, MARGIN);
  return whole.subarray(MARGIN, MARGIN + bytes.length);
}

function failure({ name }: FuzzTarget, bytes: Bytes, what: string): Error {
  return new Error(`${name}: ${what}\nInput: ${toHex(bytes)}`);
}
