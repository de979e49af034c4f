import type { Totals } from './test-runners.mjs';

export interface Step {
  readonly name: string;
  run(): Promise<Totals>;
}

export function checkStep(name: string, run: () => Promise<number>): Step;

export function runSteps(steps: readonly Step[]): Promise<Totals>;
