import { ThetaError } from '../shared/errors.ts';

/** Why bytes were refused (S5). Stable: counters and tests go by these names. */
export type DecodeCode =
  /** Too short to hold a root table at all. */
  | 'truncated'
  /** Larger, longer or more than the limits allow. */
  | 'too_large'
  /** Tables nest deeper than the limits allow. */
  | 'too_deep'
  /** An offset or a length points outside the buffer, or a field outside its table. */
  | 'out_of_bounds'
  | 'misaligned'
  /** The same bytes are referred to again, so that little input would become much work. */
  | 'amplified'
  /** A table whose vtable cannot be one. */
  | 'invalid_table'
  | 'missing_field'
  | 'invalid_text'
  | 'invalid_bool'
  | 'not_finite'
  /** A 64-bit number over 2^53 − 1. */
  | 'unsafe_integer'
  | 'unknown_enum_value'
  /** The peer is newer, or lies; `subject` names the union. */
  | 'unknown_union_member'
  /** A union's discriminant without a value, or the reverse. */
  | 'union_mismatch'
  | 'non_zero_padding';

/** A refusal of bytes from outside. `subject` says where: a table, `Table.field` or a union. */
export class DecodeError extends ThetaError<DecodeCode> {
  readonly subject: string;

  constructor(code: DecodeCode, subject: string, message: string) {
    super(code, message);
    this.name = 'DecodeError';
    this.subject = subject;
  }
}
