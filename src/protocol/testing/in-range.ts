/** Whether decoded values are what the schema says: an oracle that shares no code with the verifier. */
import type { TableName } from '../codec.ts';
import { LAYOUT } from '../generated/layout.ts';
import type { FieldLayout, StructFieldLayout } from '../layout.ts';
import { type StructVector, structsToArray } from '../struct-vector.ts';

type Fields = Readonly<Record<string, unknown>>;

const RANGES: Readonly<Record<string, readonly [number, number]>> = {
  byte: [-128, 127],
  ubyte: [0, 255],
  short: [-32768, 32767],
  ushort: [0, 65535],
  int: [-2147483648, 2147483647],
  uint: [0, 4294967295],
  ulong: [0, Number.MAX_SAFE_INTEGER],
};

function require(condition: boolean, where: string, value: unknown): void {
  if (!condition) throw new Error(`${where} must not be ${String(value)}`);
}

function checkNumber(
  type: string,
  enumName: string | undefined,
  value: unknown,
  where: string,
): void {
  if (type === 'bool') {
    require(typeof value === 'boolean', where, value);
    return;
  }
  const range = RANGES[type];
  const number = value as number;
  if (range === undefined) require(Number.isFinite(number), where, value);
  else require(Number.isInteger(number) && number >= range[0] && number <= range[1], where, value);
  if (enumName === undefined) return;
  const { flags, values } = LAYOUT.enums[enumName]!;
  const known = Object.values(values);
  const all = known.reduce((sum, bit) => sum + bit, 0);
  require(flags ? number <= all : known.includes(number), where, value);
}

function checkStructField(field: StructFieldLayout, value: unknown, where: string): void {
  if (field.kind === 'struct') checkStruct(field.type, value, where);
  else if (field.kind === 'scalar') checkNumber(field.type, field.enum, value, where);
  else require((value as Uint8Array).length === field.length, where, value);
}

function checkStruct(name: string, value: unknown, where: string): void {
  const { fields } = LAYOUT.structs[name]!;
  if (value instanceof Uint8Array) checkStructField(fields[0]!, value, where);
  else
    for (const field of fields)
      checkStructField(field, (value as Fields)[field.name], `${where}.${field.name}`);
}

function checkVector(field: FieldLayout & { kind: 'vector' }, value: unknown, where: string): void {
  const items = field.hot
    ? structsToArray(value as StructVector)
    : Array.from(value as ArrayLike<unknown>);
  for (const item of items) {
    if (field.element === 'table') checkInRange(field.type as TableName, item as Fields);
    else if (field.element === 'struct') checkStruct(field.type, item, where);
    else if (field.element === 'string') require((item as string).isWellFormed(), where, item);
    else checkNumber(field.type === 'bool' ? 'ubyte' : field.type, undefined, item, where);
  }
}

/** Throws, naming the field, unless the decoded value keeps to the schema's types. */
export function checkInRange(name: string, value: Fields): void {
  for (const field of LAYOUT.tables[name]!.fields) {
    const where = `${name}.${field.name}`;
    const given = value[field.name];
    if (given === undefined) {
      require(field.kind !== 'scalar' && !field.required, where, given);
    } else if (field.kind === 'scalar') checkNumber(field.type, field.enum, given, where);
    else if (field.kind === 'string') require((given as string).isWellFormed(), where, given);
    else if (field.kind === 'struct') checkStruct(field.type, given, where);
    else if (field.kind === 'table') checkInRange(field.type, given as Fields);
    else if (field.kind === 'vector') checkVector(field, given, where);
    else {
      const { type, value: member } = given as { type: string; value: Fields };
      require(LAYOUT.unions[field.type]!.members.includes(type), where, type);
      checkInRange(type, member);
    }
  }
}
