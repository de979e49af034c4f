import { describe, expect, it } from 'vitest';
import { CONTRACT_CASES } from '../transport/contract-cases.ts';
import type { CaseReport } from './testing/case-runner.ts';
import { DenoScript } from './webtransport/testing/spawn-deno.ts';

/* Runs in Deno, before the tests are declared, and reports each case as one. */

const path = new URL('./testing/deno-websocket-cases.ts', import.meta.url);
const script = new DenoScript<CaseReport>(path.href);
const complaint = await script.exited;

describe('WebSockets in Deno, both ends', () => {
  it('runs the whole contract', () => {
    const names = script.lines.map((line) => line.name);
    expect(names, complaint).toEqual(expect.arrayContaining(CONTRACT_CASES.map((c) => c.name)));
  });

  for (const { name, ms, error } of script.lines)
    it(`${name} (${ms} ms)`, () => {
      if (error !== undefined) throw new Error(error);
    });
});
