/** The parts of JSON Schema that zod writes for parameters of commands. */
export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly items?: false | JsonSchema;
  readonly prefixItems?: readonly JsonSchema[];
  readonly pattern?: string;
  readonly default?: unknown;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
}

/** A type as a reader of TypeScript would write it, e.g. `(string | number)[]`. */
export function typeText(schema: JsonSchema): string {
  const alternatives = schema.anyOf ?? schema.oneOf;
  if (alternatives !== undefined) return alternatives.map(typeText).join(' | ');
  if (schema.enum !== undefined) return schema.enum.map(literal).join(' | ');
  if (schema.const !== undefined) return literal(schema.const);
  if (typeof schema.type === 'object') return schema.type.join(' | ');
  if (schema.type === 'array') return arrayText(schema);
  if (schema.type === 'object') return objectText(schema);
  return schema.type ?? 'any';
}

function arrayText({ prefixItems, items }: JsonSchema): string {
  if (prefixItems !== undefined) return `[${prefixItems.map(typeText).join(', ')}]`;
  const item = items ? typeText(items) : 'any';
  return item.includes(' ') ? `(${item})[]` : `${item}[]`;
}

function objectText({ properties, required = [], additionalProperties }: JsonSchema): string {
  const fields = Object.entries(properties ?? {}).map(
    ([name, field]) => `${name}${required.includes(name) ? '' : '?'}: ${typeText(field)}`,
  );
  if (additionalProperties !== undefined && additionalProperties !== false) {
    const value = additionalProperties === true ? 'any' : typeText(additionalProperties);
    fields.push(`[name]: ${value}`);
  }
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
}

function literal(value: unknown): string {
  return JSON.stringify(value).replaceAll('"', "'");
}

/** The bounds of a value in words, e.g. `1 to 256 characters`; empty where it has none. */
export function boundsText(schema: JsonSchema): string {
  const bounds = [
    rangeText(schema.minimum, schema.maximum, ''),
    exclusiveText(schema),
    rangeText(schema.minLength, schema.maxLength, 'characters'),
    schema.prefixItems ? '' : rangeText(schema.minItems, schema.maxItems, 'items'),
    schema.pattern === undefined ? '' : `matches \`${schema.pattern}\``,
    schema.default === undefined ? '' : `default \`${literal(schema.default)}\``,
  ];
  return bounds.filter((bound) => bound !== '').join(', ');
}

function rangeText(least: number | undefined, most: number | undefined, unit: string): string {
  const range = rangeOf(least, most);
  return range === '' ? '' : `${range} ${unit}`.trim();
}

function rangeOf(least: number | undefined, most: number | undefined): string {
  if (least !== undefined && most !== undefined) return `${least} to ${most}`;
  if (least !== undefined) return `at least ${least}`;
  return most === undefined ? '' : `at most ${most}`;
}

function exclusiveText({ exclusiveMinimum, exclusiveMaximum }: JsonSchema): string {
  const above = exclusiveMinimum === undefined ? [] : [`above ${exclusiveMinimum}`];
  const below = exclusiveMaximum === undefined ? [] : [`below ${exclusiveMaximum}`];
  return [...above, ...below].join(' and ');
}
