import type { Bytes } from '../shared/bytes.ts';
import { readRoot } from './decoder.ts';
import { writeRoot } from './encoder.ts';
import type { Tables } from './generated/types.ts';
import { type Limits, limitsOf } from './limits.ts';
import { TABLE_PLANS } from './plans.ts';
import type { StructName, StructVector } from './struct-vector.ts';
import { verifyView, viewOf } from './verifier.ts';

export type TableName = keyof Tables;

/** What `encode` takes for a decoded `T`: vectors of numbers may also be plain arrays. */
export type Encodable<T> =
  T extends StructVector<StructName>
    ? T
    : T extends Uint8Array
      ? Uint8Array
      : T extends ArrayBufferView
        ? T | readonly number[]
        : T extends readonly (infer Item)[]
          ? readonly Encodable<Item>[]
          : T extends object
            ? { readonly [Key in keyof T]: Encodable<T[Key]> }
            : T;

/**
 * The value of a buffer whose root is `table`. It is verified first, always; throws `DecodeError`.
 *
 * Fields are camelCase. A scalar that was left out has its default; anything else that was left out
 * has no property. `ulong`s are safe integers. Structs of bytes alone (`Digest`, `AuthorId` …) are
 * `Bytes`, unions are `{ type, value }`, `hot` vectors of structs are `StructVector`s.
 *
 * Bytes, typed arrays and struct vectors are views over `bytes` wherever alignment allows (copies
 * elsewhere; vectors of `ulong` always are): hand the input over, or copy what you keep.
 */
export function decode<Name extends TableName>(
  table: Name,
  bytes: Bytes,
  limits: Limits = limitsOf(table),
): Tables[Name] {
  const view = viewOf(bytes);
  const plan = TABLE_PLANS.get(table)!;
  verifyView(bytes, view, plan, limits);
  return readRoot(bytes, view, plan) as Tables[Name];
}

/**
 * A buffer with `value` as its root, in a fresh array. Deterministic: equal values give equal bytes
 * on every runtime. Lone surrogates in texts become U+FFFD. What it gives passes `verify` within
 * limits of size; throws `ThetaError<'invalid_value'>` or `DecodeError` for numbers out of range,
 * missing required fields and values of another shape than the table's.
 */
export function encode<Name extends TableName>(table: Name, value: Encodable<Tables[Name]>): Bytes {
  return writeRoot(TABLE_PLANS.get(table)!, value);
}
