import { LAYOUT } from './generated/layout.ts';
import type { Structs } from './generated/types.ts';
import type { StructFieldLayout, StructLayout } from './layout.ts';
import { invalidValue, readScalar, writeScalar } from './scalars.ts';

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

function layoutOf(name: StructName): StructLayout {
  return LAYOUT.structs[name]!;
}

/** Where the fields of a struct lie, for hot code to keep in constants. */
export function structOf<Name extends StructName>(name: Name): StructShape<keyof Structs[Name]> {
  const { size, align, fields } = layoutOf(name);
  const offsets = Object.fromEntries(fields.map((field) => [field.name, field.offset]));
  return { size, align, offsets: offsets as Record<keyof Structs[Name], number> };
}

/** `count` zeroed structs in a buffer of their own. */
export function createStructs<Name extends StructName>(
  struct: Name,
  count: number,
): StructVector<Name> {
  const stride = layoutOf(struct).size;
  return { struct, count, stride, view: new DataView(new ArrayBuffer(count * stride)), offset: 0 };
}

/** A vector with the given values. Throws `RangeError` as `writeStruct` does. */
export function structsFrom<Name extends StructName>(
  struct: Name,
  values: readonly Structs[Name][],
): StructVector<Name> {
  const vector = createStructs(struct, values.length);
  values.forEach((value, i) => {
    writeStruct(struct, vector.view, i * vector.stride, value);
  });
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
  return Array.from({ length: vector.count }, (_, index) => structAt(vector, index));
}

/** The struct at byte `at`. Fields of bytes are views over the same buffer. */
export function readStruct<Name extends StructName>(
  name: Name,
  view: DataView<ArrayBuffer>,
  at: number,
): Structs[Name] {
  return readLayout(layoutOf(name), view, at) as Structs[Name];
}

/** Whether values of the struct are the bytes of its only field. */
export function isBytesStruct(layout: StructLayout): boolean {
  return layout.fields.length === 1 && layout.fields[0]!.kind === 'bytes';
}

function readLayout(layout: StructLayout, view: DataView<ArrayBuffer>, at: number): unknown {
  if (isBytesStruct(layout)) return readField(layout.fields[0]!, view, at);
  const value: Record<string, unknown> = {};
  for (const field of layout.fields) value[field.name] = readField(field, view, at);
  return value;
}

function readField(field: StructFieldLayout, view: DataView<ArrayBuffer>, base: number): unknown {
  const at = base + field.offset;
  if (field.kind === 'struct') return readLayout(LAYOUT.structs[field.type]!, view, at);
  if (field.kind === 'bytes')
    return new Uint8Array(view.buffer, view.byteOffset + at, field.length);
  return readScalar(field.type, view, at);
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
  writeLayout(layoutOf(name), view, at, value, name);
}

function writeLayout(
  layout: StructLayout,
  view: DataView,
  at: number,
  value: unknown,
  where: string,
): void {
  if (isBytesStruct(layout)) {
    writeField(layout.fields[0]!, view, at, value, where);
    return;
  }
  if (typeof value !== 'object' || value === null) throw invalidValue(where, 'an object');
  const fields = value as Readonly<Record<string, unknown>>;
  for (const field of layout.fields) writeField(field, view, at, fields[field.name], where);
}

function writeField(
  field: StructFieldLayout,
  view: DataView,
  base: number,
  value: unknown,
  where: string,
): void {
  const at = base + field.offset;
  if (field.kind === 'struct') writeLayout(LAYOUT.structs[field.type]!, view, at, value, where);
  else if (field.kind === 'bytes') writeBytes(view, at, value, field.length, where);
  else writeScalar(field.type, view, at, value, `${where}.${field.name}`);
}

function writeBytes(
  view: DataView,
  at: number,
  value: unknown,
  length: number,
  where: string,
): void {
  if (!(value instanceof Uint8Array) || value.length !== length)
    throw invalidValue(where, `${length} bytes`);
  new Uint8Array(view.buffer, view.byteOffset + at, length).set(value);
}
