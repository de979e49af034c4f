export interface Totals {
  readonly passed: number;
  readonly failed: number;
}

export interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly {
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string }[];
  }[];
}

export interface PlaywrightReport {
  readonly stats: {
    readonly expected: number;
    readonly unexpected: number;
    readonly flaky: number;
  };
  readonly errors: readonly unknown[];
}

export function vitestTotals(report: VitestReport | undefined): Totals;

export function playwrightTotals(report: PlaywrightReport | undefined): Totals;

export function agreeWithExitCode(code: number, totals: Totals): Totals;
