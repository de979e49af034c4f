export interface AuditVerdict {
  readonly passed: number;
  readonly failed: number;
  readonly words: string;
}

export function verdictOf(output: string): AuditVerdict;
