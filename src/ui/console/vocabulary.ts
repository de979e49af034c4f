/** As much of a JSON Schema as completion reads. */
export interface ParamSchema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, ParamSchema>>;
  readonly additionalProperties?: ParamSchema | boolean;
  readonly required?: readonly string[];
  readonly items?: ParamSchema | boolean;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly ParamSchema[];
}

export interface Member {
  readonly name: string;
  /** Absent for what is read rather than called. */
  readonly parameters?: string | undefined;
  readonly summary: string;
  /** What it has itself. */
  readonly fields?: readonly string[] | undefined;
}

export interface Command {
  readonly type: string;
  readonly summary: string;
  readonly params: ParamSchema;
}

/** Everything that can be written in a script by choosing it from a list. */
export interface Vocabulary {
  /** Of `theta`. */
  readonly members: readonly Member[];
  readonly commands: readonly Command[];
  /** What scripts before have declared. */
  readonly names: readonly string[];
}

/** The schema of what is in a value under a key, or of a list's elements under `[]`. */
export function schemaWithin(
  schema: ParamSchema | undefined,
  key: string,
): ParamSchema | undefined {
  if (schema === undefined) return undefined;
  const own = key === '[]' ? schema.items : schema.properties?.[key];
  const found = own ?? (key === '[]' ? undefined : schema.additionalProperties);
  if (typeof found === 'object') return found;
  for (const each of schema.anyOf ?? []) {
    const inner = schemaWithin(each, key);
    if (inner !== undefined) return inner;
  }
  return undefined;
}

/** The kind of a value in a word or two: `number`, `string or null`. */
export function kindOf(schema: ParamSchema): string {
  if (schema.enum !== undefined) return schema.enum.map(String).join(' | ');
  if (schema.anyOf !== undefined) return schema.anyOf.map(kindOf).join(' or ');
  return schema.type === undefined ? '' : [schema.type].flat().join(' or ');
}

/** The values that one may choose from; none where it is anything of its kind. */
export function choicesOf(schema: ParamSchema | undefined): readonly unknown[] {
  if (schema === undefined) return [];
  if (schema.enum !== undefined) return schema.enum;
  if (schema.type === 'boolean') return [true, false];
  return (schema.anyOf ?? []).flatMap(choicesOf);
}
