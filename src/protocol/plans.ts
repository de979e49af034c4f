/**
 * The layout, resolved once for the verifier, decoder and encoder: names replaced by references,
 * kinds by small numbers, structs flattened to the few checks that their bytes need.
 */
import { LAYOUT } from './generated/layout.ts';
import type { FieldLayout, ScalarName, StructLayout } from './layout.ts';
import { FIELD_LIMITS } from './limits.ts';
import { SCALARS, type ScalarCodec } from './scalars.ts';
import { type StructCodec, structCodec } from './struct-codec.ts';
import type { StructName } from './struct-vector.ts';

/** What a field of a table is. */
export const KIND = {
  scalar: 0,
  string: 1,
  struct: 2,
  table: 3,
  union: 4,
  scalars: 5,
  strings: 6,
  structs: 7,
  tables: 8,
} as const;
export type Kind = (typeof KIND)[keyof typeof KIND];

/** What has to be checked of bytes that are within bounds. */
export const CHECK = {
  none: 0,
  float: 1,
  double: 2,
  ulong: 3,
  bool: 4,
  enum: 5,
  flags: 6,
  zero: 7,
} as const;

/** A check of `count` neighbours from `offset` on; `argument` is an enum's size or a flags' mask. */
export interface Check {
  readonly check: (typeof CHECK)[keyof typeof CHECK];
  readonly offset: number;
  readonly count: number;
  readonly argument: number;
  readonly name: string;
}

export interface StructPlan {
  readonly name: StructName;
  readonly codec: StructCodec;
  readonly size: number;
  readonly align: number;
  readonly checks: readonly Check[];
}

export interface UnionPlan {
  readonly name: string;
  /** By discriminant; 0 is none. */
  readonly members: readonly (TablePlan | undefined)[];
  readonly memberNames: readonly string[];
}

export interface FieldPlan {
  readonly kind: Kind;
  readonly name: string;
  /** `Table.field`, for refusals. */
  readonly where: string;
  readonly slot: number;
  readonly required: boolean;
  readonly hot: boolean;
  /** Bytes and alignment of what lies in the table itself. */
  readonly size: number;
  readonly align: number;
  /** Of a scalar or of each of `scalars`. */
  readonly scalar: ScalarName;
  readonly codec: ScalarCodec;
  /** Of a scalar or of each of `scalars`. */
  readonly check: Check;
  /** Bytes of one of `scalars` or `structs`. */
  readonly elementSize: number;
  readonly elementAlign: number;
  /** The typed array whose bytes are those of `scalars`; `ulong` has none. */
  readonly array: ScalarArray | undefined;
  readonly defaultValue: number | boolean;
  readonly struct: StructPlan | undefined;
  readonly table: TablePlan | undefined;
  readonly union: UnionPlan | undefined;
  /** From `FIELD_LIMITS`, else infinite. */
  readonly limit: number;
}

export interface TablePlan {
  readonly name: string;
  readonly fields: readonly FieldPlan[];
}

const OFFSET_SIZE = 4;

/** All platforms are little-endian, as the format is. */
const ARRAYS = {
  bool: Uint8Array,
  byte: Int8Array,
  ubyte: Uint8Array,
  short: Int16Array,
  ushort: Uint16Array,
  int: Int32Array,
  uint: Uint32Array,
  ulong: undefined,
  float: Float32Array,
  double: Float64Array,
} as const;
export type ScalarArray = NonNullable<(typeof ARRAYS)[ScalarName]>;

function checkOf(type: ScalarName, enumName: string | undefined, name: string): Check {
  const base = { offset: 0, count: 1, argument: 0, name };
  if (enumName !== undefined) {
    const { flags, values } = LAYOUT.enums[enumName]!;
    const numbers = Object.values(values);
    const mask = numbers.reduce((all, value) => all | value, 0);
    return flags
      ? { ...base, check: CHECK.flags, argument: mask }
      : { ...base, check: CHECK.enum, argument: numbers.length };
  }
  if (type === 'float' || type === 'double' || type === 'ulong' || type === 'bool')
    return { ...base, check: CHECK[type] };
  return { ...base, check: CHECK.none };
}

/** The checks of a struct's fields, nested ones flattened, and which of its bytes are padding. */
function flatten(layout: StructLayout, base: number, name: string, used: boolean[]): Check[] {
  return layout.fields.flatMap((field) => {
    const offset = base + field.offset;
    const where = `${name}.${field.name}`;
    if (field.kind === 'struct') return flatten(LAYOUT.structs[field.type]!, offset, where, used);
    used.fill(
      true,
      offset,
      offset + (field.kind === 'bytes' ? field.length : SCALARS[field.type].size),
    );
    if (field.kind === 'bytes') return [];
    const check = checkOf(field.type, field.enum, where);
    return check.check === CHECK.none ? [] : [{ ...check, offset }];
  });
}

/** Runs of neighbouring floats become one check. */
function mergeFloats(checks: readonly Check[]): Check[] {
  const merged: Check[] = [];
  for (const check of checks) {
    const last = merged.at(-1);
    const adjoins =
      last?.check === CHECK.float &&
      check.check === CHECK.float &&
      last.offset + 4 * last.count === check.offset;
    if (adjoins) merged[merged.length - 1] = { ...last, count: last.count + 1 };
    else merged.push(check);
  }
  return merged;
}

function structPlan(name: string): StructPlan {
  const codec = structCodec(name);
  const { layout } = codec;
  const used = Array<boolean>(layout.size).fill(false);
  const checks = mergeFloats(flatten(layout, 0, name, used));
  used.forEach((isUsed, offset) => {
    if (isUsed) return;
    checks.push({ check: CHECK.zero, offset, count: 1, argument: 0, name: `${name}'s padding` });
  });
  return {
    name: name as StructName,
    codec,
    size: layout.size,
    align: layout.align,
    checks,
  };
}

const VECTOR_KINDS = {
  scalar: KIND.scalars,
  string: KIND.strings,
  struct: KIND.structs,
  table: KIND.tables,
} as const;

function kindOf(field: FieldLayout): Kind {
  return field.kind === 'vector' ? VECTOR_KINDS[field.element] : KIND[field.kind];
}

function scalarOf(kind: Kind, type: string): ScalarName {
  return kind === KIND.scalar || kind === KIND.scalars ? (type as ScalarName) : 'ubyte';
}

function fieldPlan(tableName: string, field: FieldLayout): FieldPlan {
  const kind = kindOf(field);
  const where = `${tableName}.${field.name}`;
  const scalar = scalarOf(kind, field.type);
  const isStruct = kind === KIND.struct || kind === KIND.structs;
  const struct = isStruct ? STRUCT_PLANS.get(field.type) : undefined;
  const isInline = kind === KIND.scalar || kind === KIND.struct;
  const elementSize = struct?.size ?? SCALARS[scalar].size;
  const elementAlign = struct?.align ?? SCALARS[scalar].size;
  const isBool = scalar === 'bool';
  const defaultNumber = field.kind === 'scalar' ? field.default : 0;
  return {
    kind,
    name: field.name,
    where,
    slot: field.slot,
    required: field.kind !== 'scalar' && field.required,
    hot: field.kind === 'vector' && field.hot,
    size: isInline ? elementSize : OFFSET_SIZE,
    align: isInline ? elementAlign : OFFSET_SIZE,
    scalar,
    codec: SCALARS[scalar],
    check: checkOf(scalar, field.kind === 'scalar' ? field.enum : undefined, where),
    elementSize,
    elementAlign,
    array: ARRAYS[scalar],
    defaultValue: isBool ? defaultNumber !== 0 : defaultNumber,
    struct,
    table: kind === KIND.table || kind === KIND.tables ? TABLE_PLANS.get(field.type) : undefined,
    union: kind === KIND.union ? UNION_PLANS.get(field.type) : undefined,
    limit: FIELD_LIMITS[where] ?? Number.POSITIVE_INFINITY,
  };
}

export const STRUCT_PLANS: ReadonlyMap<string, StructPlan> = new Map(
  Object.keys(LAYOUT.structs).map((name) => [name, structPlan(name)]),
);

// Tables and unions name each other: first the plans, then their fields.
const TABLES = new Map<string, { name: string; fields: FieldPlan[] }>(
  Object.keys(LAYOUT.tables).map((name) => [name, { name, fields: [] }]),
);
export const TABLE_PLANS: ReadonlyMap<string, TablePlan> = TABLES;

const UNION_PLANS: ReadonlyMap<string, UnionPlan> = new Map(
  Object.entries(LAYOUT.unions).map(([name, { members }]) => [
    name,
    {
      name,
      memberNames: ['', ...members],
      members: [undefined, ...members.map((member) => TABLE_PLANS.get(member))],
    },
  ]),
);

for (const [name, table] of TABLES) {
  table.fields.push(...LAYOUT.tables[name]!.fields.map((field) => fieldPlan(name, field)));
}
