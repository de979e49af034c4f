/** Renders a layout as TypeScript: the layout itself, and the types of the decoded values. */
import { createHash } from 'node:crypto';
import type {
  FieldLayout,
  Layout,
  StructFieldLayout,
  StructLayout,
} from '../../src/protocol/layout.ts';

const HEADER = '// Generated from schema/*.fbs by scripts/generate-schema.ts. Do not edit.\n';

const VECTORS: Readonly<Record<string, string>> = {
  bool: 'Bytes',
  byte: 'Int8Array<ArrayBuffer>',
  ubyte: 'Bytes',
  short: 'Int16Array<ArrayBuffer>',
  ushort: 'Uint16Array<ArrayBuffer>',
  int: 'Int32Array<ArrayBuffer>',
  uint: 'Uint32Array<ArrayBuffer>',
  ulong: 'Float64Array<ArrayBuffer>',
  float: 'Float32Array<ArrayBuffer>',
  double: 'Float64Array<ArrayBuffer>',
};

/** Whether values of the struct are its only field's bytes. */
function isBytes(struct: StructLayout): boolean {
  return struct.fields.length === 1 && struct.fields[0]!.kind === 'bytes';
}

function scalarType(type: string, enumName: string | undefined): string {
  return enumName ?? (type === 'bool' ? 'boolean' : 'number');
}

function vectorType(field: FieldLayout & { kind: 'vector' }): string {
  if (field.element === 'scalar') return VECTORS[field.type]!;
  if (field.hot) return `StructVector<'${field.type}'>`;
  return `readonly ${field.type}[]`;
}

function propertyOf(field: FieldLayout): string {
  if (field.kind === 'scalar') {
    return `  readonly ${field.name}: ${scalarType(field.type, field.enum)};\n`;
  }
  const type = field.kind === 'vector' ? vectorType(field) : field.type;
  return field.required
    ? `  readonly ${field.name}: ${type};\n`
    : `  readonly ${field.name}?: ${type} | undefined;\n`;
}

function structProperty(field: StructFieldLayout): string {
  if (field.kind === 'bytes') return `  readonly ${field.name}: Bytes;\n`;
  const type = field.kind === 'struct' ? field.type : scalarType(field.type, field.enum);
  return `  readonly ${field.name}: ${type};\n`;
}

function enumTypes(layout: Layout): string[] {
  return Object.entries(layout.enums).map(([name, { flags, values }]) => {
    const members = Object.entries(values).map(([key, value]) => `  ${key}: ${value},\n`);
    const type = flags ? 'number' : `(typeof ${name})[keyof typeof ${name}]`;
    return `export const ${name} = {\n${members.join('')}} as const;\nexport type ${name} = ${type};\n`;
  });
}

function structTypes(layout: Layout): string[] {
  return Object.entries(layout.structs).map(([name, struct]) =>
    isBytes(struct)
      ? `export type ${name} = Bytes;\n`
      : `export interface ${name} {\n${struct.fields.map(structProperty).join('')}}\n`,
  );
}

function tableTypes(layout: Layout): string[] {
  return Object.entries(layout.tables).map(([name, { fields }]) =>
    fields.length === 0
      ? `export type ${name} = Readonly<Record<never, never>>;\n`
      : `export interface ${name} {\n${fields.map(propertyOf).join('')}}\n`,
  );
}

function unionTypes(layout: Layout): string[] {
  return Object.entries(layout.unions).map(([name, { members }]) => {
    const lines = members.map(
      (member) => `\n  | { readonly type: '${member}'; readonly value: ${member} }`,
    );
    return `export type ${name} =${lines.join('')};\n`;
  });
}

function nameMap(name: string, keys: readonly string[]): string {
  return `export interface ${name} {\n${keys.map((key) => `  ${key}: ${key};\n`).join('')}}\n`;
}

/** The lines of the layout that the wire depends on: the same for any comments and formatting. */
export function canonicalText(layout: Layout): string {
  return JSON.stringify(layout, (key, value: unknown) => (key === 'hot' ? undefined : value));
}

/** The text of `generated/types.ts`. */
export function typesText(layout: Layout): string {
  const digest = createHash('sha256').update(canonicalText(layout)).digest('hex');
  return [
    HEADER,
    "import type { Bytes } from '../../shared/bytes.ts';\n",
    "import type { StructVector } from '../struct-vector.ts';\n\n",
    '/** SHA-256 of the layout: equal digests read each other. */\n',
    `export const SCHEMA_DIGEST = '${digest}';\n\n`,
    [
      ...enumTypes(layout),
      ...structTypes(layout),
      ...tableTypes(layout),
      ...unionTypes(layout),
      nameMap('Structs', Object.keys(layout.structs)),
      nameMap('Tables', Object.keys(layout.tables)),
      nameMap('Unions', Object.keys(layout.unions)),
    ].join('\n'),
  ].join('');
}

/** The text of `generated/layout.ts`: one line a field. */
export function layoutText(layout: Layout): string {
  const lines = Object.entries(layout).map(([section, entries]) => {
    const rows = Object.entries(entries as Record<string, { fields?: readonly object[] }>).map(
      ([name, entry]) => {
        if (entry.fields === undefined) return `    ${name}: ${JSON.stringify(entry)},\n`;
        const { fields, ...rest } = entry;
        const head = Object.entries(rest).map(([key, value]) => ` ${key}: ${String(value)},`);
        const body = fields.map((field) => `      ${JSON.stringify(field)},\n`);
        return `    ${name}: {${head.join('')} fields: [\n${body.join('')}    ] },\n`;
      },
    );
    return `  ${section}: {\n${rows.join('')}  },\n`;
  });
  return `${HEADER}import type { Layout } from '../layout.ts';\n\nexport const LAYOUT: Layout = {\n${lines.join('')}};\n`;
}
