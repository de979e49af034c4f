/** Reads verified buffers into plain values. Nothing here checks anything: the verifier has. */
import type { Bytes } from '../shared/bytes.ts';
import { type FieldPlan, KIND, type StructPlan, type TablePlan } from './plans.ts';
import { readUtf8 } from './utf8.ts';

const OFFSET_SIZE = 4;
const VTABLE_HEADER = 4;

interface Source {
  readonly bytes: Bytes;
  readonly view: DataView<ArrayBuffer>;
}

/** The root table's value. The buffer must have passed `verify` for the same plan. */
export function readRoot(bytes: Bytes, view: DataView<ArrayBuffer>, plan: TablePlan): unknown {
  return readTable({ bytes, view }, target(view, 0), plan);
}

const target = (view: DataView, at: number): number => at + view.getUint32(at, true);

function readTable(source: Source, at: number, plan: TablePlan): Record<string, unknown> {
  const { view } = source;
  const vtable = at - view.getInt32(at, true);
  const vtableSize = view.getUint16(vtable, true);
  const value: Record<string, unknown> = {};
  for (const field of plan.fields) {
    const entry = VTABLE_HEADER + 2 * field.slot;
    const position = entry < vtableSize ? view.getUint16(vtable + entry, true) : 0;
    if (position === 0) {
      if (field.kind === KIND.scalar) value[field.name] = field.defaultValue;
    } else if (field.kind === KIND.union) {
      const type = view.getUint8(at + view.getUint16(vtable + entry - 2, true));
      value[field.name] = readUnion(source, target(view, at + position), field, type);
    } else value[field.name] = readField(source, at + position, field);
  }
  return value;
}

function readUnion(source: Source, at: number, field: FieldPlan, type: number): unknown {
  const union = field.union!;
  return { type: union.memberNames[type], value: readTable(source, at, union.members[type]!) };
}

function readField(source: Source, at: number, field: FieldPlan): unknown {
  const { view } = source;
  switch (field.kind) {
    case KIND.scalar:
      return field.codec.read(view, at);
    case KIND.struct:
      return field.struct!.codec.read(view, at);
    case KIND.string:
      return readText(source, target(view, at));
    case KIND.table:
      return readTable(source, target(view, at), field.table!);
    default:
      return readVector(source, target(view, at), field);
  }
}

function readText({ bytes, view }: Source, at: number): string {
  const start = at + OFFSET_SIZE;
  return readUtf8(bytes, start, start + view.getUint32(at, true));
}

function readVector(source: Source, at: number, field: FieldPlan): unknown {
  const { view } = source;
  const count = view.getUint32(at, true);
  const start = at + OFFSET_SIZE;
  if (field.kind === KIND.scalars) return readScalars(source, start, count, field);
  if (field.kind === KIND.structs)
    return readStructs(source, start, count, field.struct!, field.hot);
  const values: unknown[] = [];
  for (let i = 0, element = start; i < count; i++, element += OFFSET_SIZE) {
    const position = target(view, element);
    values.push(
      field.table === undefined
        ? readText(source, position)
        : readTable(source, position, field.table),
    );
  }
  return values;
}

function readStructs(
  { view }: Source,
  start: number,
  count: number,
  plan: StructPlan,
  hot: boolean,
): unknown {
  if (hot) return { struct: plan.name, count, stride: plan.size, view, offset: start };
  const values: unknown[] = [];
  for (let i = 0; i < count; i++) values.push(plan.codec.read(view, start + i * plan.size));
  return values;
}

/** A view over the input where its alignment allows one, else a copy. */
function readScalars(source: Source, start: number, count: number, field: FieldPlan): unknown {
  const { bytes, view } = source;
  if (field.array === undefined) return readUlongs(view, start, count);
  const size = count * field.elementSize;
  const position = bytes.byteOffset + start;
  return position % field.elementSize === 0
    ? new field.array(bytes.buffer, position, count)
    : new field.array(bytes.buffer.slice(position, position + size));
}

function readUlongs(view: DataView, start: number, count: number): Float64Array<ArrayBuffer> {
  const values = new Float64Array(count);
  for (let i = 0, at = start; i < count; i++, at += 8)
    values[i] = view.getUint32(at + 4, true) * 4294967296 + view.getUint32(at, true);
  return values;
}
