import type { NamedField } from './component.ts';
import type { Field, NumberKind } from './fields.ts';

/** A column of any field: numbers in a typed array, or strings. */
export type NumericColumn =
  | Float32Array<ArrayBuffer>
  | Float64Array<ArrayBuffer>
  | Int8Array<ArrayBuffer>
  | Uint8Array<ArrayBuffer>
  | Int16Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | Uint32Array<ArrayBuffer>;
export type Column = NumericColumn | string[];

export type PlainValue = number | boolean | string | readonly number[];

const ARRAYS = {
  f32: Float32Array,
  f64: Float64Array,
  i8: Int8Array,
  u8: Uint8Array,
  i16: Int16Array,
  u16: Uint16Array,
  i32: Int32Array,
  u32: Uint32Array,
} as const;

const ELEMENT = {
  vec2: 'f32',
  vec3: 'f32',
  vec4: 'f32',
  quat: 'f32',
  color: 'f32',
  bool: 'u8',
  enum: 'u8',
  entity: 'u32',
} as const satisfies Partial<Record<Field['kind'], NumberKind>>;

/** What one element of a field's column is; `undefined` for a column of strings. */
export function elementKind(field: Field): NumberKind | undefined {
  if (field.kind === 'text' || field.kind === 'hash') return undefined;
  return field.kind in ELEMENT
    ? ELEMENT[field.kind as keyof typeof ELEMENT]
    : (field.kind as NumberKind);
}

/** A column with room for `capacity` entities, holding what `previous` held. */
export function createColumn(field: Field, capacity: number, previous?: Column): Column {
  const element = elementKind(field);
  if (element === undefined) return growStrings(capacity, previous as string[] | undefined);
  const column = new ARRAYS[element](capacity * field.stride);
  if (previous !== undefined) column.set(previous as NumericColumn);
  return column;
}

function growStrings(capacity: number, previous: string[] = []): string[] {
  const column = previous.slice();
  while (column.length < capacity) column.push('');
  return column;
}

/** A value as columns hold it: a number an element, or a string. */
export type StoredValue = string | readonly number[];

/** What a column will hold for a plain value that has no `storageProblem`. */
export function storedValue(field: Field, value: unknown): StoredValue {
  switch (field.kind) {
    case 'vec2':
    case 'vec3':
    case 'vec4':
    case 'quat':
    case 'color':
      return Array.from(value as readonly number[], canonicalF32);
    case 'text':
    case 'hash':
      return value as string;
    case 'enum':
      return [field.values.indexOf(value as string)];
    case 'f32':
      return [canonicalF32(value as number)];
    default:
      return [Number(value) + 0];
  }
}

/** Writes a plain value that has no `storageProblem` at an entity index. It allocates nothing. */
export function writeValue(field: NamedField, column: Column, index: number, value: unknown): void {
  switch (field.kind) {
    case 'vec2':
    case 'vec3':
    case 'vec4':
    case 'quat':
    case 'color':
      writeVector(value as readonly number[], column as Float32Array, index * field.stride);
      return;
    case 'text':
    case 'hash':
      (column as string[])[index] = value as string;
      return;
    case 'enum':
      (column as Uint8Array)[index] = field.values.indexOf(value as string);
      return;
    case 'f32':
      (column as Float32Array)[index] = canonicalF32(value as number);
      return;
    default:
      (column as NumericColumn)[index] = Number(value) + 0;
  }
}

/** Writes the elements of a stored value from `row` on. */
export function copyElements(from: readonly number[], column: NumericColumn, row: number): void {
  for (let i = 0; i < from.length; i++) column[row + i] = from[i]!;
}

function writeVector(from: readonly number[], column: Float32Array, row: number): void {
  for (let i = 0; i < from.length; i++) column[row + i] = canonicalF32(from[i]!);
}

/** The plain value at an entity index; a vector is a new array. */
export function readValue(field: NamedField, column: Column, index: number): PlainValue {
  switch (field.kind) {
    case 'vec2':
    case 'vec3':
    case 'vec4':
    case 'quat':
    case 'color': {
      const row = index * field.stride;
      return Array.from((column as Float32Array).subarray(row, row + field.stride));
    }
    case 'enum':
      return field.values[(column as Uint8Array)[index]!]!;
    case 'bool':
      return column[index] === 1;
    default:
      return column[index]!;
  }
}

/** As the column will hold it; also what underflows to negative zero becomes zero. */
function canonicalF32(value: number): number {
  return Math.fround(value) + 0;
}

/** Why a field's column cannot hold this value, in words; `undefined` when it can. */
export function storageProblem(field: Field, value: unknown): string | undefined {
  switch (field.kind) {
    case 'vec2':
    case 'vec3':
    case 'vec4':
    case 'quat':
    case 'color':
      return isVector(value, field.stride) ? undefined : `needs ${field.stride} finite numbers`;
    case 'bool':
      return typeof value === 'boolean' ? undefined : 'needs true or false';
    case 'enum':
      return field.values.includes(value as string)
        ? undefined
        : `needs one of ${field.values.join(', ')}`;
    case 'text':
    case 'hash':
      return typeof value === 'string' ? undefined : 'needs a string';
    case 'entity':
      return Number.isInteger(value) && (value as number) >= 0 ? undefined : 'needs an entity';
    default:
      return numberProblem(field.kind, value);
  }
}

function isVector(value: unknown, length: number): boolean {
  if (!Array.isArray(value) && !ArrayBuffer.isView(value)) return false;
  const elements = value as ArrayLike<unknown>;
  if (elements.length !== length) return false;
  for (let i = 0; i < length; i++) if (!isFiniteF32(elements[i])) return false;
  return true;
}

function isFiniteF32(value: unknown): boolean {
  return typeof value === 'number' && Number.isFinite(Math.fround(value));
}

const INTEGER_RANGE = {
  i8: [-0x80, 0x7f],
  u8: [0, 0xff],
  i16: [-0x8000, 0x7fff],
  u16: [0, 0xffff],
  i32: [-0x80000000, 0x7fffffff],
  u32: [0, 0xffffffff],
} as const;

function numberProblem(kind: NumberKind, value: unknown): string | undefined {
  if (typeof value !== 'number') return 'needs a number';
  if (kind === 'f32') return isFiniteF32(value) ? undefined : 'needs a finite number';
  if (kind === 'f64') return Number.isFinite(value) ? undefined : 'needs a finite number';
  const [min, max] = INTEGER_RANGE[kind];
  if (Number.isInteger(value) && value >= min && value <= max) return undefined;
  return `needs a whole number from ${min} to ${max}`;
}
