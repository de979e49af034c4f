/** Turns flatc's reflection into our layout, and refuses what our codec does not support. */
import type {
  EnumLayout,
  FieldLayout,
  Layout,
  ScalarName,
  StructFieldLayout,
  StructLayout,
  TableLayout,
} from '../../src/protocol/layout.ts';
import type {
  ReflectedEnum,
  ReflectedField,
  ReflectedObject,
  ReflectedSchema,
  ReflectedType,
} from './reflection.ts';

/** `BaseType` of reflection.fbs. */
const BASE = { unionType: 1, string: 13, vector: 14, object: 15, union: 16, array: 17 } as const;

/** The encoder keeps which fields of a table are there in the bits of one number. */
const MAX_FIELDS = 31;

const SCALARS = new Map<number, ScalarName>([
  [2, 'bool'],
  [3, 'byte'],
  [4, 'ubyte'],
  [5, 'short'],
  [6, 'ushort'],
  [7, 'int'],
  [8, 'uint'],
  [10, 'ulong'],
  [11, 'float'],
  [12, 'double'],
]);

const camelCase = (name: string): string =>
  name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

function scalarOf(baseType: number, where: string): ScalarName {
  const scalar = SCALARS.get(baseType);
  if (scalar === undefined) throw new Error(`${where}: base type ${baseType} is not supported`);
  return scalar;
}

function enumPart(schema: ReflectedSchema, type: ReflectedType): { enum?: string } {
  const found = schema.enums[type.index];
  return found === undefined ? {} : { enum: found.name };
}

function objectOf(schema: ReflectedSchema, type: ReflectedType, where: string): ReflectedObject {
  const object = schema.objects[type.index];
  if (object === undefined) throw new Error(`${where}: names no table or struct`);
  return object;
}

function vectorField(schema: ReflectedSchema, field: ReflectedField, where: string): FieldLayout {
  const { element } = field.type;
  const base = {
    kind: 'vector' as const,
    name: camelCase(field.name),
    slot: field.id,
    required: field.required,
    hot: field.attributes.includes('hot'),
  };
  if (element === BASE.string) return { ...base, element: 'string', type: 'string' };
  if (element === BASE.object) {
    const object = objectOf(schema, field.type, where);
    return { ...base, element: object.isStruct ? 'struct' : 'table', type: object.name };
  }
  if (field.type.index >= 0) throw new Error(`${where}: vectors of enums are not supported`);
  return { ...base, element: 'scalar', type: scalarOf(element, where) };
}

function tableField(schema: ReflectedSchema, field: ReflectedField, where: string): FieldLayout {
  const { type, required } = field;
  const base = { name: camelCase(field.name), slot: field.id };
  if (type.baseType === BASE.vector) return vectorField(schema, field, where);
  if (type.baseType === BASE.string) return { kind: 'string', ...base, type: 'string', required };
  if (type.baseType === BASE.object) {
    const object = objectOf(schema, type, where);
    return { kind: object.isStruct ? 'struct' : 'table', ...base, type: object.name, required };
  }
  if (type.baseType === BASE.union) {
    return { kind: 'union', ...base, type: schema.enums[type.index]!.name, required };
  }
  return {
    kind: 'scalar',
    ...base,
    type: scalarOf(type.baseType, where),
    ...enumPart(schema, type),
    default: field.defaultReal || field.defaultInteger,
  };
}

function structField(
  schema: ReflectedSchema,
  field: ReflectedField,
  where: string,
): StructFieldLayout {
  const { type, offset } = field;
  const base = { name: camelCase(field.name), offset };
  if (type.baseType === BASE.object) {
    return { kind: 'struct', ...base, type: objectOf(schema, type, where).name };
  }
  if (type.baseType === BASE.array) {
    if (scalarOf(type.element, where) !== 'ubyte')
      throw new Error(`${where}: only arrays of ubyte are supported`);
    return { kind: 'bytes', ...base, length: type.length };
  }
  const scalar = scalarOf(type.baseType, where);
  return { kind: 'scalar', ...base, type: scalar, ...enumPart(schema, type) };
}

function tableLayout(schema: ReflectedSchema, object: ReflectedObject): TableLayout {
  const fields = object.fields
    .filter((field) => field.type.baseType !== BASE.unionType)
    .map((field) => tableField(schema, field, `${object.name}.${field.name}`));
  if (fields.length > MAX_FIELDS)
    throw new Error(`${object.name}: more than ${MAX_FIELDS} fields are not supported`);
  return { fields };
}

function structLayout(schema: ReflectedSchema, object: ReflectedObject): StructLayout {
  const fields = object.fields.map((field) =>
    structField(schema, field, `${object.name}.${field.name}`),
  );
  return { size: object.size, align: object.align, fields };
}

function enumLayout(reflected: ReflectedEnum): EnumLayout {
  const flags = reflected.attributes.includes('bit_flags');
  if (!flags && reflected.values.some(({ value }, i) => value !== i))
    throw new Error(`${reflected.name}: the values of an enum must count up from 0`);
  if (scalarOf(reflected.underlying.baseType, reflected.name) !== 'ubyte')
    throw new Error(`${reflected.name}: an enum must be a ubyte`);
  return {
    flags,
    values: Object.fromEntries(reflected.values.map(({ name, value }) => [camelCase(name), value])),
  };
}

const byName = <Value>(entries: Iterable<readonly [string, Value]>): Record<string, Value> =>
  Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));

/** The layout of a whole schema, everything sorted by name. Throws, naming what it cannot express. */
export function layoutOf(schema: ReflectedSchema): Layout {
  const tables = schema.objects.filter((object) => !object.isStruct);
  const structs = schema.objects.filter((object) => object.isStruct);
  const unions = schema.enums.filter((candidate) => candidate.isUnion);
  const enums = schema.enums.filter((candidate) => !candidate.isUnion);
  return {
    tables: byName(tables.map((object) => [object.name, tableLayout(schema, object)])),
    structs: byName(structs.map((object) => [object.name, structLayout(schema, object)])),
    enums: byName(enums.map((reflected) => [reflected.name, enumLayout(reflected)])),
    unions: byName(
      unions.map((union) => [
        union.name,
        { members: union.values.filter(({ value }) => value > 0).map(({ name }) => name) },
      ]),
    ),
  };
}
