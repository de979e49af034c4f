/** flatc's generated code, driven by the layout: what our codec is checked against. */
import { Builder, ByteBuffer } from 'flatbuffers';
import type { Bytes } from '../../shared/bytes.ts';
import type { TableName } from '../codec.ts';
import { LAYOUT } from '../generated/layout.ts';
import type { FieldLayout, StructLayout } from '../layout.ts';
import { type StructVector, structsToArray } from '../struct-vector.ts';

type Fields = Record<string, unknown>;
interface Packable {
  pack(builder: Builder): number;
}
interface Readable {
  __init(at: number, buffer: ByteBuffer): Readable;
  unpack(): Fields;
}
type FlatcClass = (new () => Readable & Packable & Fields) &
  Readonly<Record<string, (builder: Builder, ...values: unknown[]) => number>>;
type Module = Readonly<Record<string, FlatcClass>>;

const modules = import.meta.glob<Module>('../generated/flatc/*.ts', { eager: true });

const kebab = (name: string): string =>
  name.replace(/[A-Z]/g, (letter, at: number) => (at > 0 ? '-' : '') + letter.toLowerCase());

/** The reader (`Name`) or object (`NameT`) class of a table or struct. */
function flatcClass(name: string, suffix: '' | 'T'): FlatcClass {
  const found = modules[`../generated/flatc/${kebab(name)}.ts`]?.[name + suffix];
  if (found === undefined) throw new Error(`flatc generated no ${name}${suffix}`);
  return found;
}

/**
 * The buffer that flatc's builder functions write for a value of ours. (Not its object API: that
 * packs structs outside of their tables, which breaks any table that has one.)
 */
export function flatcEncode(name: TableName, value: unknown): Bytes {
  const builder = new Builder(1024);
  builder.finish(writeTable(builder, name, value as Fields));
  return new Uint8Array(builder.asUint8Array());
}

/** What flatc's accessors read, as values of ours; it checks nothing, and throws anything. */
export function flatcDecode(name: TableName, bytes: Bytes): Fields {
  const buffer = new ByteBuffer(bytes);
  const reader = new (flatcClass(name, ''))();
  return fromFlatc(name, reader.__init(buffer.readInt32(0), buffer).unpack());
}

const TOUCHED_ITEMS = 8;

/**
 * Reads every field with flatc's accessors, of vectors the first few items (a damaged length would
 * take forever), for what they throw on damaged buffers.
 */
export function flatcTouch(name: TableName, bytes: Bytes): void {
  const buffer = new ByteBuffer(bytes);
  touch(name, new (flatcClass(name, ''))().__init(buffer.readInt32(0), buffer));
}

type Accessors = Readonly<Record<string, (...values: unknown[]) => unknown>>;

function touch(name: string, reader: Readable | null): void {
  if (reader === null) return;
  const accessors = reader as unknown as Accessors;
  const read = (accessor: string, ...values: unknown[]): unknown =>
    accessors[accessor]!.call(reader, ...values);
  for (const field of LAYOUT.tables[name]!.fields) {
    if (field.kind === 'table') touch(field.type, read(field.name) as Readable | null);
    else if (field.kind === 'struct') (read(field.name) as Readable | null)?.unpack();
    else if (field.kind === 'vector') {
      const count = Math.min(TOUCHED_ITEMS, read(`${field.name}Length`) as number);
      for (let i = 0; i < count; i++) {
        const item = read(field.name, i);
        if (field.element === 'table') touch(field.type, item as Readable);
        if (field.element === 'struct') (item as Readable).unpack();
      }
    } else if (field.kind === 'union') {
      const type = LAYOUT.unions[field.type]!.members[(read(`${field.name}Type`) as number) - 1];
      if (type !== undefined)
        touch(type, read(field.name, new (flatcClass(type, ''))()) as Readable);
    } else read(field.name);
  }
}

const pascal = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** What a table refers to comes first, then the table; a struct is written when its field is. */
function writeTable(builder: Builder, name: string, value: Fields): number {
  const type = flatcClass(name, '');
  const given = LAYOUT.tables[name]!.fields.filter((field) => value[field.name] !== undefined);
  const offsets = given.map((field) => writeChild(builder, type, field, value[field.name]));
  type[`start${name}`]!(builder);
  given.forEach((field, i) => {
    const add = `add${pascal(field.name)}`;
    const item = value[field.name];
    if (field.kind === 'scalar') type[add]!(builder, toFlatcNumber(field.type, item));
    else if (field.kind === 'struct')
      type[add]!(builder, structToFlatc(field.type, item).pack(builder));
    else type[add]!(builder, offsets[i]);
    if (field.kind === 'union') type[`${add}Type`]!(builder, discriminantOf(field.type, item));
  });
  return type[`end${name}`]!(builder);
}

function discriminantOf(union: string, value: unknown): number {
  return LAYOUT.unions[union]!.members.indexOf((value as { type: string }).type) + 1;
}

function writeChild(
  builder: Builder,
  type: FlatcClass,
  field: FieldLayout,
  value: unknown,
): number {
  if (field.kind === 'string') return builder.createString(value as string);
  if (field.kind === 'table') return writeTable(builder, field.type, value as Fields);
  if (field.kind === 'union') {
    const member = value as { type: string; value: Fields };
    return writeTable(builder, member.type, member.value);
  }
  return field.kind === 'vector' ? writeVector(builder, type, field, value) : 0;
}

function writeVector(
  builder: Builder,
  type: FlatcClass,
  field: FieldLayout & { kind: 'vector' },
  value: unknown,
): number {
  const name = `${pascal(field.name)}Vector`;
  const items = field.hot
    ? structsToArray(value as StructVector)
    : Array.from(value as ArrayLike<unknown>);
  if (field.element === 'struct') {
    type[`start${name}`]!(builder, items.length);
    for (const item of items.reverse()) structToFlatc(field.type, item).pack(builder);
    return builder.endVector();
  }
  const written = items.map((item) => {
    if (field.element === 'string') return builder.createString(item as string);
    if (field.element === 'table') return writeTable(builder, field.type, item as Fields);
    return toFlatcNumber(field.type, item);
  });
  return type[`create${name}`]!(builder, written);
}

const toFlatcNumber = (type: string, value: unknown): unknown =>
  type === 'ulong' ? BigInt(value as number) : value;

const isBytes = (layout: StructLayout): boolean =>
  layout.fields.length === 1 && layout.fields[0]!.kind === 'bytes';

function structToFlatc(name: string, value: unknown): Packable {
  const layout = LAYOUT.structs[name]!;
  const target: Packable & Fields = new (flatcClass(name, 'T'))();
  for (const field of layout.fields) {
    const given = isBytes(layout) ? value : (value as Fields)[field.name];
    if (field.kind === 'bytes') target[field.name] = Array.from(given as Uint8Array);
    else if (field.kind === 'struct') target[field.name] = structToFlatc(field.type, given);
    else target[field.name] = toFlatcNumber(field.type, given);
  }
  return target;
}

/** Both ways of writing an absent vector, none and empty, are empty; struct vectors are arrays. */
export function normal(name: string, value: Fields): Fields {
  const result: Fields = {};
  for (const field of LAYOUT.tables[name]!.fields) {
    const given = value[field.name];
    if (field.kind === 'vector') result[field.name] = normalVector(field, given);
    else if (given === undefined) continue;
    else if (field.kind === 'table') result[field.name] = normal(field.type, given as Fields);
    else if (field.kind === 'union') {
      const { type, value: member } = given as { type: string; value: Fields };
      result[field.name] = { type, value: normal(type, member) };
    } else result[field.name] = given;
  }
  return result;
}

function normalVector(field: FieldLayout & { kind: 'vector' }, given: unknown): unknown[] {
  if (given === undefined) return [];
  if (field.hot) return structsToArray(given as StructVector);
  if (field.element !== 'table') return Array.from(given as ArrayLike<unknown>);
  return (given as Fields[]).map((item) => normal(field.type, item));
}

function fromFlatc(name: string, read: Fields): Fields {
  const result: Fields = {};
  for (const field of LAYOUT.tables[name]!.fields) {
    const given = read[field.name];
    if (field.kind === 'vector') result[field.name] = vectorFromFlatc(field, given as unknown[]);
    else if (given === null) continue;
    else if (field.kind === 'union') {
      const type = LAYOUT.unions[field.type]!.members[(read[`${field.name}Type`] as number) - 1];
      if (type === undefined) throw new Error(`${name}.${field.name} has no type`);
      result[field.name] = { type, value: fromFlatc(type, given as Fields) };
    } else if (field.kind === 'table') result[field.name] = fromFlatc(field.type, given as Fields);
    else if (field.kind === 'struct')
      result[field.name] = structFromFlatc(field.type, given as Fields);
    else result[field.name] = typeof given === 'bigint' ? Number(given) : given;
  }
  return result;
}

function vectorFromFlatc(field: FieldLayout & { kind: 'vector' }, items: unknown[]): unknown[] {
  if (field.element === 'table') return items.map((item) => fromFlatc(field.type, item as Fields));
  if (field.element === 'struct')
    return items.map((item) => structFromFlatc(field.type, item as Fields));
  return items.map((item) => (typeof item === 'bigint' ? Number(item) : item));
}

function structFromFlatc(name: string, read: Fields): unknown {
  const layout = LAYOUT.structs[name]!;
  const result: Fields = {};
  for (const field of layout.fields) {
    const given = read[field.name];
    if (field.kind === 'bytes') result[field.name] = Uint8Array.from(given as number[]);
    else if (field.kind === 'struct')
      result[field.name] = structFromFlatc(field.type, given as Fields);
    else result[field.name] = typeof given === 'bigint' ? Number(given) : given;
  }
  return isBytes(layout) ? Object.values(result)[0] : result;
}
