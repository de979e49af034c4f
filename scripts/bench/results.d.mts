import type { BenchReport } from '../../bench/harness.ts';

export type Machine = Readonly<Record<string, string | number>>;

export function writeResults(
  root: string,
  machine: Machine,
  reports: readonly BenchReport[],
): Promise<string>;

export function resultsPage(machine: Machine, reports: readonly BenchReport[]): string;

export function historyLines(machine: Machine, reports: readonly BenchReport[]): string;
