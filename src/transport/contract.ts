import { describe, it } from 'vitest';
import { CONTRACT_CASES, type TransportPair } from './contract-cases.ts';

const CASE_TIMEOUT_MS = 20_000;

/** Declares the contract suite for one adapter; `makePair` gives each case a connected pair. */
export function transportContract(name: string, makePair: () => Promise<TransportPair>): void {
  describe(`transport contract: ${name}`, () => {
    for (const { name: rule, run } of CONTRACT_CASES)
      it(rule, { timeout: CASE_TIMEOUT_MS }, async () => {
        const pair = await makePair();
        try {
          await run(pair);
        } finally {
          await pair.dispose();
        }
      });
  });
}
