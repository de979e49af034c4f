/**
 * A refusal that somebody branches on: `code` is stable and machine-readable, `message` is a
 * sentence for a person. Rooms declare their own code unions (`ThetaError<'truncated' | …>`).
 */
export class ThetaError<Code extends string = string> extends Error {
  readonly code: Code;

  constructor(code: Code, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ThetaError';
    this.code = code;
  }
}

/** The message of whatever was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
