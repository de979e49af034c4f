/**
 * S5: FlatBuffers' JavaScript trusts its input, so this walks a buffer against the schema's layout
 * before anything else reads it. The rules of the format are those of FlatBuffers' own C++ verifier
 * (`flatbuffers/verifier.h`); ranges of values, and the budget below, are ours.
 *
 * Every table, vector and string that is visited is charged to a budget of the buffer's own
 * size. An honest buffer refers to each of its bytes at most once, so it always fits; one whose
 * tables are shared, to make little input much work, does not.
 */
import type { Bytes } from '../shared/bytes.ts';
import { DecodeError } from './decode-error.ts';
import type { Tables } from './generated/types.ts';
import { type Limits, limitsOf } from './limits.ts';
import { type FieldPlan, KIND, TABLE_PLANS, type TablePlan, type UnionPlan } from './plans.ts';
import { validUtf8Until } from './utf8.ts';
import { checkFlatValues, checkStructs } from './value-checks.ts';

/** A root offset, a table's vtable offset and the least vtable. */
const SMALLEST_BUFFER = 12;
const OFFSET_SIZE = 4;
const VTABLE_HEADER = 4;

/**
 * Checks a whole buffer whose root is a table of the schema. Returns when everything that
 * `decode` will read is within bounds, of its type and within `limits`; fields that this schema does
 * not know are not looked at, here or later. Throws `DecodeError`.
 */
export function verify(bytes: Bytes, table: keyof Tables, limits: Limits = limitsOf(table)): void {
  verifyView(bytes, viewOf(bytes), TABLE_PLANS.get(table)!, limits);
}

export function viewOf(bytes: Bytes): DataView<ArrayBuffer> {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** `verify` for callers that hold a view and a plan already. */
export function verifyView(bytes: Bytes, view: DataView, plan: TablePlan, limits: Limits): void {
  if (bytes.length < SMALLEST_BUFFER)
    throw new DecodeError('truncated', plan.name, `${bytes.length} bytes are no ${plan.name}.`);
  if (bytes.length > limits.bytes) throw tooLarge(plan.name, bytes.length, limits.bytes);
  const walk = new Walk(bytes, view, limits);
  walk.table(walk.target(0, plan.name), plan, 1);
}

class Walk {
  private readonly bytes: Bytes;
  private readonly view: DataView;
  private readonly limits: Limits;
  private readonly size: number;
  private budget: number;
  private tablesLeft: number;

  constructor(bytes: Bytes, view: DataView, limits: Limits) {
    this.bytes = bytes;
    this.view = view;
    this.limits = limits;
    this.size = bytes.length;
    this.budget = bytes.length;
    this.tablesLeft = limits.tables;
  }

  /** Where the offset at `at` points. */
  target(at: number, where: string): number {
    const target = at + this.view.getUint32(at, true);
    if (target === at || target + OFFSET_SIZE > this.size) throw outOfBounds(where);
    if (target % OFFSET_SIZE !== 0) throw misaligned(where);
    return target;
  }

  table(at: number, plan: TablePlan, depth: number): void {
    if (depth > this.limits.depth)
      throw new DecodeError('too_deep', plan.name, `${plan.name} is nested ${depth} deep.`);
    if (--this.tablesLeft < 0)
      throw new DecodeError('too_large', plan.name, `More than ${this.limits.tables} tables.`);
    const { view } = this;
    const vtable = at - view.getInt32(at, true);
    if (vtable < 0 || vtable + VTABLE_HEADER > this.size) throw outOfBounds(plan.name);
    if (vtable % 2 !== 0) throw misaligned(plan.name);
    const vtableSize = view.getUint16(vtable, true);
    const tableSize = view.getUint16(vtable + 2, true);
    if (vtableSize < VTABLE_HEADER || vtableSize % 2 !== 0 || tableSize < OFFSET_SIZE)
      throw new DecodeError('invalid_table', plan.name, `The vtable of a ${plan.name} is none.`);
    if (vtable + vtableSize > this.size || at + tableSize > this.size) throw outOfBounds(plan.name);
    this.charge(tableSize, plan.name);
    for (const field of plan.fields) {
      const position = this.position(vtable, vtableSize, field.slot);
      if (field.kind === KIND.union) {
        const type = this.position(vtable, vtableSize, field.slot - 1);
        this.union(at, type, position, tableSize, field, depth);
      } else if (position !== 0) {
        this.inTable(at, position, tableSize, field.size, field.align, field.where);
        this.field(at + position, field, depth);
      } else if (field.required) throw missing(field.where);
    }
  }

  /** Offset of a field within its table; 0 when it is absent. */
  private position(vtable: number, vtableSize: number, slot: number): number {
    const entry = VTABLE_HEADER + 2 * slot;
    return entry < vtableSize ? this.view.getUint16(vtable + entry, true) : 0;
  }

  private inTable(
    table: number,
    position: number,
    tableSize: number,
    size: number,
    align: number,
    where: string,
  ): void {
    if (position < OFFSET_SIZE || position + size > tableSize) throw outOfBounds(where);
    if ((table + position) % align !== 0) throw misaligned(where);
  }

  private field(at: number, field: FieldPlan, depth: number): void {
    switch (field.kind) {
      case KIND.scalar:
        checkFlatValues(this.view, at, 1, field);
        break;
      case KIND.struct:
        checkStructs(this.view, at, 1, field.struct!);
        break;
      case KIND.table:
        this.table(this.target(at, field.where), field.table!, depth + 1);
        break;
      case KIND.string:
        this.text(this.target(at, field.where), field);
        break;
      case KIND.strings:
        this.texts(this.target(at, field.where), field);
        break;
      case KIND.tables:
        this.tables(this.target(at, field.where), field, depth + 1);
        break;
      default:
        this.flatVector(this.target(at, field.where), field);
        break;
    }
  }

  private union(
    table: number,
    type: number,
    value: number,
    tableSize: number,
    field: FieldPlan,
    depth: number,
  ): void {
    let discriminant = 0;
    if (type !== 0) {
      this.inTable(table, type, tableSize, 1, 1, field.where);
      discriminant = this.view.getUint8(table + type);
    }
    if (discriminant === 0 && value === 0) {
      if (field.required) throw missing(field.where);
      return;
    }
    const member = memberOf(field.union!, discriminant);
    if (member === undefined || value === 0) throw mismatch(field);
    this.inTable(table, value, tableSize, OFFSET_SIZE, OFFSET_SIZE, field.where);
    this.table(this.target(table + value, field.where), member, depth + 1);
  }

  /** Checks the bounds of a vector at `at` and returns its length. */
  private vector(at: number, elementSize: number, where: string): number {
    const count = this.view.getUint32(at, true);
    const size = count * elementSize;
    if (at + OFFSET_SIZE + size > this.size) throw outOfBounds(where);
    this.charge(OFFSET_SIZE + size, where);
    return count;
  }

  /** Vectors of scalars and of structs. */
  private flatVector(at: number, field: FieldPlan): void {
    const count = this.vector(at, field.elementSize, field.where);
    const start = at + OFFSET_SIZE;
    if (start % field.elementAlign !== 0) throw misaligned(field.where);
    const isBytes = field.kind === KIND.scalars && field.elementSize === 1;
    const most = Math.min(field.limit, isBytes ? this.limits.bytes : this.limits.vector);
    if (count > most) throw tooLarge(field.where, count, most);
    if (field.struct !== undefined) checkStructs(this.view, start, count, field.struct);
    else checkFlatValues(this.view, start, count, field);
  }

  private texts(at: number, field: FieldPlan): void {
    const count = this.vector(at, OFFSET_SIZE, field.where);
    if (count > this.limits.vector) throw tooLarge(field.where, count, this.limits.vector);
    for (let i = 1; i <= count; i++)
      this.text(this.target(at + OFFSET_SIZE * i, field.where), field);
  }

  private tables(at: number, field: FieldPlan, depth: number): void {
    const count = this.vector(at, OFFSET_SIZE, field.where);
    const most = Math.min(field.limit, this.limits.vector);
    if (count > most) throw tooLarge(field.where, count, most);
    for (let i = 1; i <= count; i++)
      this.table(this.target(at + OFFSET_SIZE * i, field.where), field.table!, depth);
  }

  private text(at: number, field: FieldPlan): void {
    const length = this.vector(at, 1, field.where);
    const most = Math.min(field.limit, this.limits.text);
    if (length > most) throw tooLarge(field.where, length, most);
    const end = at + OFFSET_SIZE + length;
    if (end >= this.size) throw outOfBounds(field.where);
    if (this.bytes[end] !== 0 || validUtf8Until(this.bytes, at + OFFSET_SIZE, end) !== end)
      throw new DecodeError('invalid_text', field.where, `${field.where} is not UTF-8.`);
  }

  private charge(size: number, where: string): void {
    this.budget -= size;
    if (this.budget < 0)
      throw new DecodeError('amplified', where, `${where} refers to bytes that were read before.`);
  }
}

function memberOf(union: UnionPlan, discriminant: number): TablePlan | undefined {
  if (discriminant < union.members.length) return union.members[discriminant];
  const { name } = union;
  throw new DecodeError('unknown_union_member', name, `${name} has no member ${discriminant}.`);
}

const outOfBounds = (where: string): DecodeError =>
  new DecodeError('out_of_bounds', where, `${where} lies outside of its bounds.`);
const misaligned = (where: string): DecodeError =>
  new DecodeError('misaligned', where, `${where} is misaligned.`);
const missing = (where: string): DecodeError =>
  new DecodeError('missing_field', where, `${where} is required.`);
const mismatch = (field: FieldPlan): DecodeError =>
  new DecodeError('union_mismatch', field.where, `${field.where} has either type or value.`);
const tooLarge = (where: string, size: number, most: number): DecodeError =>
  new DecodeError('too_large', where, `${where} has a size of ${size}; ${most} is the most.`);
