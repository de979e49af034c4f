/**
 * Writes plain values as FlatBuffers, front to back: a table, then what it refers to, in the order of
 * its slots. (FlatBuffers' own builder writes back to front and takes 1.1 to 3.6 times as long:
 * `bench/codec.ts`.) The same value gives the same bytes on every runtime: scalars equal to their
 * default are left out, equal vtables are shared, nothing else is.
 */
import type { Bytes } from '../shared/bytes.ts';
import { OutputBuffer } from './output-buffer.ts';
import { type FieldPlan, KIND, type StructPlan, type TablePlan, type UnionPlan } from './plans.ts';
import { invalidValue, SCALARS, type ScalarCodec } from './scalars.ts';
import type { StructVector } from './struct-vector.ts';
import { type Shape, shapeOf } from './table-shape.ts';
import { checkFlatValues, checkStructs } from './value-checks.ts';

const OFFSET_SIZE = 4;

type Values = Readonly<Record<string, unknown>>;

const output = new OutputBuffer();
/** Where the current buffer has the vtables it wrote. */
const written = new Map<Shape, number>();

/** The buffer of a root table. Throws `ThetaError<'invalid_value'>`, naming the field. */
export function writeRoot(plan: TablePlan, value: unknown): Bytes {
  try {
    output.skip(OFFSET_SIZE);
    writeTable(plan, value, 0);
    return output.finish();
  } finally {
    written.clear();
    output.reset();
  }
}

function isPresent(field: FieldPlan, value: unknown): boolean {
  if (value === undefined || value === null) {
    if (field.required || field.kind === KIND.scalar) throw invalidValue(field.where, 'present');
    return false;
  }
  return field.kind !== KIND.scalar || !Object.is(value, field.defaultValue);
}

/** Bit i: the plan's field i is present. */
function presenceOf(plan: TablePlan, values: Values): number {
  let presence = 0;
  for (let i = 0; i < plan.fields.length; i++) {
    const field = plan.fields[i]!;
    if (isPresent(field, values[field.name])) presence |= 1 << i;
  }
  return presence;
}

function writeVtable(shape: Shape): number {
  const before = written.get(shape);
  if (before !== undefined) return before;
  const at = output.allocate(2 * shape.vtable.length, 2);
  for (let i = 0; i < shape.vtable.length; i++)
    output.view.setUint16(at + 2 * i, shape.vtable[i]!, true);
  written.set(shape, at);
  return at;
}

/** Writes a table and lets the offset at `from` point to it. */
function writeTable(plan: TablePlan, value: unknown, from: number): void {
  if (typeof value !== 'object' || value === null) throw invalidValue(plan.name, 'an object');
  const values = value as Values;
  const presence = presenceOf(plan, values);
  const shape = shapeOf(plan, presence);
  const vtable = writeVtable(shape);
  // Fields start after the table's own offset: that is where the widest has to be aligned.
  const at = output.allocate(shape.size, shape.align, OFFSET_SIZE);
  output.pointTo(from, at);
  output.view.setInt32(at, at - vtable, true);
  for (let i = 0; i < plan.fields.length; i++) {
    if ((presence & (1 << i)) === 0) continue;
    const field = plan.fields[i]!;
    const position = at + shape.offsets[field.slot]!;
    if (field.kind !== KIND.union) writeField(field, values[field.name], position);
    else writeUnion(field, values[field.name], position, at + shape.offsets[field.slot - 1]!);
  }
}

function writeUnion(field: FieldPlan, value: unknown, at: number, discriminant: number): void {
  const union: UnionPlan = field.union!;
  const { type, value: member } = value as { type: unknown; value: unknown };
  const index = typeof type === 'string' ? union.memberNames.indexOf(type) : -1;
  const plan = index > 0 ? union.members[index] : undefined;
  if (plan === undefined) throw invalidValue(field.where, `a member of ${union.name}`);
  output.view.setUint8(discriminant, index);
  writeTable(plan, member, at);
}

function writeField(field: FieldPlan, value: unknown, at: number): void {
  switch (field.kind) {
    case KIND.scalar:
      writeScalar(field, field.codec, at, value);
      checkFlatValues(output.view, at, 1, field);
      break;
    case KIND.struct:
      writeStructs(field.struct!, [value], at);
      break;
    case KIND.string:
      writeText(value, at, field.where);
      break;
    case KIND.table:
      writeTable(field.table!, value, at);
      break;
    case KIND.scalars:
      writeScalars(field, value as ArrayLike<number>, at);
      break;
    case KIND.structs:
      field.hot
        ? copyStructs(field, value as StructVector, at)
        : writeStructVector(field, value as readonly unknown[], at);
      break;
    default:
      writeOffsetVector(field, value as readonly unknown[], at);
      break;
  }
}

function writeScalar(field: FieldPlan, codec: ScalarCodec, at: number, value: unknown): void {
  if (!codec.write(output.view, at, value))
    throw invalidValue(field.where, `a finite ${field.scalar}`);
}

function writeText(value: unknown, from: number, where: string): void {
  if (typeof value !== 'string') throw invalidValue(where, 'a string');
  output.pointTo(from, output.text(value));
}

/** Allocates a vector, lets `from` point to it, writes its length and returns where its items start. */
function startVector(count: number, size: number, align: number, from: number): number {
  const at = output.allocate(OFFSET_SIZE + size, Math.max(OFFSET_SIZE, align), OFFSET_SIZE);
  output.pointTo(from, at);
  output.view.setUint32(at, count, true);
  return at + OFFSET_SIZE;
}

function writeStructs(plan: StructPlan, values: readonly unknown[], start: number): void {
  const { view } = output;
  for (let i = 0; i < values.length; i++) plan.codec.write(view, start + i * plan.size, values[i]);
  checkStructs(view, start, values.length, plan);
}

function writeStructVector(field: FieldPlan, values: readonly unknown[], from: number): void {
  if (!Array.isArray(values)) throw invalidValue(field.where, 'an array');
  const plan = field.struct!;
  const size = values.length * plan.size;
  writeStructs(plan, values, startVector(values.length, size, plan.align, from));
}

function copyStructs(field: FieldPlan, vector: StructVector, from: number): void {
  const plan = field.struct!;
  if (vector.struct !== plan.name || vector.stride !== plan.size)
    throw invalidValue(field.where, `a vector of ${plan.name}`);
  const size = vector.count * plan.size;
  const start = startVector(vector.count, size, plan.align, from);
  const { view, offset } = vector;
  output.bytes.set(new Uint8Array(view.buffer, view.byteOffset + offset, size), start);
  checkStructs(output.view, start, vector.count, plan);
}

/** Whether the bytes of a typed array are what a vector of the field holds. */
function isSameArray(field: FieldPlan, values: unknown): values is Uint8Array {
  return field.array !== undefined && values instanceof field.array;
}

function writeScalars(field: FieldPlan, values: ArrayLike<number>, from: number): void {
  const { elementSize, scalar, where } = field;
  if (typeof values.length !== 'number') throw invalidValue(where, 'an array of numbers');
  const size = values.length * elementSize;
  const start = startVector(values.length, size, field.elementAlign, from);
  if (isSameArray(field, values)) {
    output.bytes.set(new Uint8Array(values.buffer, values.byteOffset, size), start);
  } else {
    const codec = scalar === 'bool' ? SCALARS.ubyte : field.codec;
    for (let i = 0; i < values.length; i++)
      writeScalar(field, codec, start + i * elementSize, values[i]);
  }
  checkFlatValues(output.view, start, values.length, field);
}

/** Vectors of strings and of tables. */
function writeOffsetVector(field: FieldPlan, values: readonly unknown[], from: number): void {
  if (!Array.isArray(values)) throw invalidValue(field.where, 'an array');
  const start = startVector(values.length, OFFSET_SIZE * values.length, OFFSET_SIZE, from);
  for (let i = 0; i < values.length; i++) {
    const at = start + OFFSET_SIZE * i;
    if (field.table === undefined) writeText(values[i], at, field.where);
    else writeTable(field.table, values[i], at);
  }
}
