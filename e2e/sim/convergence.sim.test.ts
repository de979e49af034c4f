import { describe, it } from 'vitest';
import { runChaos } from './chaos.ts';

/** `SIM_SEEDS=1000` runs so many, `SIM_FROM` onwards. */
const SEEDS = Number(process.env['SIM_SEEDS'] ?? 30);
const FROM = Number(process.env['SIM_FROM'] ?? 1);

describe('O2, O5, D2, D3: whatever happens, everybody ends with the same', () => {
  for (let seed = FROM; seed < FROM + SEEDS; seed++) {
    it(`seed ${seed}`, () => runChaos(seed));
  }
});
