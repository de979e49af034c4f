import { CONTRACT_CASES } from '../../../transport/contract-cases.ts';
import { startPair } from './deno-fixture.ts';
import { LISTENER_CASES } from './deno-listener-cases.ts';

/*
 * Runs what needs real QUIC, in Deno, and prints a line of JSON for each case. The vitest suite
 * beside it starts this and reports the lines as its tests. Arguments: parts of names to select.
 */

export interface CaseReport {
  readonly name: string;
  readonly ms: number;
  /** What went wrong; absent when the case passed. */
  readonly error?: string;
}

interface NamedRun {
  readonly name: string;
  run(): Promise<void>;
}

const contractRuns: readonly NamedRun[] = CONTRACT_CASES.map(({ name, run }) => ({
  name,
  run: async () => {
    const pair = await startPair();
    try {
      await run(pair);
    } finally {
      await pair.dispose();
    }
  },
}));

async function report({ name, run }: NamedRun): Promise<CaseReport> {
  const startedAt = performance.now();
  const ms = (): number => Math.round(performance.now() - startedAt);
  try {
    await run();
    return { name, ms: ms() };
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { name, ms: ms(), error: text };
  }
}

for (const named of [...contractRuns, ...LISTENER_CASES]) {
  const isWanted = Deno.args.every((part) => named.name.includes(part));
  if (isWanted) console.log(JSON.stringify(await report(named)));
}
Deno.exit(0);
