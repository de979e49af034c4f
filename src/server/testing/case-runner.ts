import { CONTRACT_CASES, type TransportPair } from '../../transport/contract-cases.ts';

/*
 * Runs in Deno what needs Deno, and prints a line of JSON for each case; a vitest suite starts it and
 * reports the lines as its tests.
 */

export interface CaseReport {
  readonly name: string;
  readonly ms: number;
  /** What went wrong; absent when the case passed. */
  readonly error?: string;
}

export interface NamedRun {
  readonly name: string;
  run(): Promise<void>;
}

/** The transport contract over the pairs of one adapter, a fresh one for each case. */
export function contractRuns(startPair: () => Promise<TransportPair>): readonly NamedRun[] {
  return CONTRACT_CASES.map(({ name, run }) => ({
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
}

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

/** Runs those whose names hold every argument of the script, and ends the process. */
export async function runCases(runs: readonly NamedRun[]): Promise<never> {
  for (const named of runs) {
    const isWanted = Deno.args.every((part) => named.name.includes(part));
    if (isWanted) console.log(JSON.stringify(await report(named)));
  }
  Deno.exit(0);
}
