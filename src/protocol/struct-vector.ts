import type { Structs } from './generated/types.ts';
import { structCodec } from './struct-codec.ts';

export type StructName = keyof Structs;

/**
 * Structs as they lie in a buffer: what fields with the schema's attribute `hot` decode to. Item `i`
 * starts at `offset + i * stride` of `view`; `structOf` says where its fields are. A decoded one is a
 * view over the decoder's input: it lives and changes with it.
 */
export interface StructVector<Name extends StructName = StructName> {
  readonly struct: Name;
  readonly count: number;
  readonly stride: number;
  readonly view: DataView<ArrayBuffer>;
  readonly offset: number;
}

/** Size, alignment and field offsets of a struct, in bytes. */
export interface StructShape<Field extends PropertyKey> {
  readonly size: number;
  readonly align: number;
  readonly offsets: Readonly<Record<Field, number>>;
}

/** Where the fields of a struct lie, for hot code to keep in constants. */
export function structOf<Name extends StructName>(name: Name): StructShape<keyof Structs[Name]> {
  const { size, align, fields } = structCodec(name).layout;
  const offsets = Object.fromEntries(fields.map((field) => [field.name, field.offset]));
  return { size, align, offsets: offsets as Record<keyof Structs[Name], number> };
}

/** `count` zeroed structs in a buffer of their own. */
export function createStructs<Name extends StructName>(
  struct: Name,
  count: number,
): StructVector<Name> {
  const stride = structCodec(struct).layout.size;
  return { struct, count, stride, view: new DataView(new ArrayBuffer(count * stride)), offset: 0 };
}

/** A vector with the given values. Throws as `writeStruct` does. */
export function structsFrom<Name extends StructName>(
  struct: Name,
  values: readonly Structs[Name][],
): StructVector<Name> {
  const vector = createStructs(struct, values.length);
  const codec = structCodec(struct);
  for (let i = 0; i < values.length; i++) codec.write(vector.view, i * vector.stride, values[i]);
  return vector;
}

/** Items `start` (inclusive) to `end` (exclusive) of the same bytes. */
export function sliceStructs<Name extends StructName>(
  vector: StructVector<Name>,
  start: number,
  end: number,
): StructVector<Name> {
  if (!(start >= 0 && start <= end && end <= vector.count))
    throw new RangeError(`Items ${start} to ${end} are not within the ${vector.count} there are.`);
  return { ...vector, count: end - start, offset: vector.offset + start * vector.stride };
}

/** Item `index` as a plain object (or bytes, for a struct that is only bytes). */
export function structAt<Name extends StructName>(
  vector: StructVector<Name>,
  index: number,
): Structs[Name] {
  if (!(index >= 0 && index < vector.count))
    throw new RangeError(`Item ${index} is not among the ${vector.count} there are.`);
  return readStruct(vector.struct, vector.view, vector.offset + index * vector.stride);
}

/** Every item as a plain object. */
export function structsToArray<Name extends StructName>(
  vector: StructVector<Name>,
): Structs[Name][] {
  const { count, stride, view, offset } = vector;
  const codec = structCodec(vector.struct);
  const values: unknown[] = [];
  for (let i = 0; i < count; i++) values.push(codec.read(view, offset + i * stride));
  return values as Structs[Name][];
}

/** The struct at byte `at`. Fields of bytes are views over the same buffer. */
export function readStruct<Name extends StructName>(
  name: Name,
  view: DataView<ArrayBuffer>,
  at: number,
): Structs[Name] {
  return structCodec(name).read(view, at) as Structs[Name];
}

/**
 * Writes the struct at byte `at`; padding is left as it is. Throws `ThetaError<'invalid_value'>` for
 * a number that is not finite or not of its field's type, and for bytes of another length.
 */
export function writeStruct<Name extends StructName>(
  name: Name,
  view: DataView,
  at: number,
  value: Structs[Name],
): void {
  structCodec(name).write(view, at, value);
}
