/** fast-check arbitraries for every table of the schema, from its layout. */
import fc from 'fast-check';
import type { TableName } from '../codec.ts';
import { LAYOUT } from '../generated/layout.ts';
import type { FieldLayout, ScalarName, StructFieldLayout } from '../layout.ts';
import { FIELD_LIMITS } from '../limits.ts';
import { type StructName, structsFrom } from '../struct-vector.ts';

const MAX_ITEMS = 5;
const MAX_TEXT_POINTS = 30;

const NUMBERS: Readonly<Record<Exclude<ScalarName, 'bool'>, fc.Arbitrary<number>>> = {
  byte: fc.integer({ min: -0x80, max: 0x7f }),
  ubyte: fc.integer({ min: 0, max: 0xff }),
  short: fc.integer({ min: -0x8000, max: 0x7fff }),
  ushort: fc.integer({ min: 0, max: 0xffff }),
  int: fc.integer({ min: -0x80000000, max: 0x7fffffff }),
  uint: fc.integer({ min: 0, max: 0xffffffff }),
  ulong: fc.maxSafeNat(),
  float: fc.float({ noNaN: true, noDefaultInfinity: true }),
  double: fc.double({ noNaN: true, noDefaultInfinity: true }),
};

function scalar(type: ScalarName, enumName?: string): fc.Arbitrary<unknown> {
  if (type === 'bool') return fc.boolean();
  if (enumName === undefined) return NUMBERS[type];
  const { flags, values } = LAYOUT.enums[enumName]!;
  const numbers = Object.values(values);
  const all = numbers.reduce((mask, value) => mask | value, 0);
  return flags ? fc.integer({ min: 0, max: all }) : fc.constantFrom(...numbers);
}

const bytes = (length: number): fc.Arbitrary<Uint8Array> =>
  fc.uint8Array({ minLength: length, maxLength: length }).map((array) => new Uint8Array(array));

function structField(field: StructFieldLayout): fc.Arbitrary<unknown> {
  if (field.kind === 'bytes') return bytes(field.length);
  return field.kind === 'struct' ? struct(field.type) : scalar(field.type, field.enum);
}

/** Values of a struct as `readStruct` gives them. */
export function struct(name: string): fc.Arbitrary<unknown> {
  const { fields } = LAYOUT.structs[name]!;
  if (fields.length === 1 && fields[0]!.kind === 'bytes') return structField(fields[0]!);
  const entries = fields.map((field) => [field.name, structField(field)] as const);
  return fc.record(Object.fromEntries(entries), { noNullPrototype: true });
}

const TYPED_ARRAYS = {
  bool: Uint8Array,
  byte: Int8Array,
  ubyte: Uint8Array,
  short: Int16Array,
  ushort: Uint16Array,
  int: Int32Array,
  uint: Uint32Array,
  ulong: Float64Array,
  float: Float32Array,
  double: Float64Array,
} as const;

/** Any well-formed text; each of its code points takes up to four bytes. */
function text(where: string): fc.Arbitrary<string> {
  const most = Math.floor((FIELD_LIMITS[where] ?? Number.POSITIVE_INFINITY) / 4);
  return fc.string({ unit: 'binary', maxLength: Math.min(MAX_TEXT_POINTS, most) });
}

function vector(where: string, field: FieldLayout & { kind: 'vector' }): fc.Arbitrary<unknown> {
  const size = { maxLength: Math.min(MAX_ITEMS, FIELD_LIMITS[where] ?? MAX_ITEMS) };
  if (field.element === 'string') return fc.array(text(where), size);
  if (field.element === 'table') return fc.array(table(field.type as TableName), size);
  if (field.element === 'struct') {
    const values = fc.array(struct(field.type), size);
    return field.hot
      ? values.map((items) => structsFrom(field.type as StructName, items as never))
      : values;
  }
  const type = field.type as ScalarName;
  const numbers = type === 'bool' ? fc.integer({ min: 0, max: 1 }) : NUMBERS[type];
  return fc.array(numbers, size).map((items) => TYPED_ARRAYS[type].from(items));
}

function union(name: string): fc.Arbitrary<unknown> {
  const members = LAYOUT.unions[name]!.members.map((member) =>
    table(member as TableName).map((value) => ({ type: member, value })),
  );
  return fc.oneof(...members);
}

function fieldValue(tableName: string, field: FieldLayout): fc.Arbitrary<unknown> {
  switch (field.kind) {
    case 'scalar':
      return scalar(field.type, field.enum);
    case 'string':
      return text(`${tableName}.${field.name}`);
    case 'struct':
      return struct(field.type);
    case 'table':
      return table(field.type as TableName);
    case 'union':
      return union(field.type);
    default:
      return vector(`${tableName}.${field.name}`, field);
  }
}

/** Values of a table as `decode` gives them: optional fields are there or not. */
export function table(name: TableName): fc.Arbitrary<Record<string, unknown>> {
  const { fields } = LAYOUT.tables[name]!;
  const entries = fields.map((field) => [field.name, fieldValue(name, field)] as const);
  const requiredKeys = fields
    .filter((field) => field.kind === 'scalar' || field.required)
    .map((field) => field.name);
  return fc.record(Object.fromEntries(entries), { requiredKeys, noNullPrototype: true });
}
