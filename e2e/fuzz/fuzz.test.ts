import { describe, expect, it } from 'vitest';
import { ThetaError } from '../../src/shared/errors.ts';
import { runFuzz } from './fuzz-run.ts';
import { allTargets, type FuzzTarget } from './targets.ts';

const INPUTS = 12_000;
const MIB = 1024 * 1024;

describe('S5: every decoder', () => {
  it('refuses damaged input by name, reads nothing beyond its ends, and keeps nothing', async () => {
    const targets = await allTargets();
    await runFuzz(targets, INPUTS / 4, 3);
    const before = process.memoryUsage().rss;
    const reports = await runFuzz(targets, INPUTS, 4);
    expect((process.memoryUsage().rss - before) / MIB).toBeLessThan(256);
    for (const { name, inputs, accepted } of reports) expect(accepted, name).toBeLessThan(inputs);
  }, 120_000);

  const sample = Uint8Array.from({ length: 16 }, (_, i) => i);
  const faulty: readonly [string, FuzzTarget['read']][] = [
    ['an exception that is no refusal', (bytes) => new Array(bytes[3] === 3 ? 1 : -1)],
    [
      'a look beyond the end',
      (bytes) => {
        const beyond = new Uint8Array(bytes.buffer, bytes.byteOffset + bytes.length, 1)[0];
        if (beyond === 0xff) throw new ThetaError('seen', 'What is not its own.');
      },
    ],
  ];

  it.each(faulty)('the fuzzer sees %s', async (name, read) => {
    const target = { name, samples: [sample], read, weight: 1 };
    await expect(runFuzz([target], 200, 1)).rejects.toThrow(name);
  });
});
