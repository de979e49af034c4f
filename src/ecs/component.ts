import { siphash24 } from '../shared/siphash.ts';
import type { ColumnOf, Field, InputOf, ValueOf } from './fields.ts';

export type Schema = Readonly<Record<string, Field>>;

/** A field in its place: the name and position under which its component declared it. */
export type NamedField = Field & { readonly name: string; readonly index: number };

/** What a panel wants to know of a component besides its fields. */
export interface PanelOptions {
  /** What panels call it; without it, its name in words. */
  readonly label?: string;
  /** A sentence that says what it is for. */
  readonly help?: string;
  /** Whether it has a section of its own: not where other controls write it. */
  readonly hidden?: boolean;
  /** Every object has it: it is not taken off. */
  readonly permanent?: boolean;
  /** Whether a person may add it; false where it needs what only an import brings. */
  readonly addable?: boolean;
  /** A component without which it means nothing. */
  readonly requires?: string;
}

/** A kind of data that entities may have. Declared once, at module scope. */
export interface Component<S extends Schema = Schema> {
  /** Unique, stable, in camelCase: documents and logs carry it. */
  readonly name: string;
  /** SipHash-2-4 of the name under `COMPONENT_ID_KEY`, as 16 hexadecimal digits. */
  readonly id: string;
  /** Dense number of this process, in the order of declaration. Never stored, never sent. */
  readonly ordinal: number;
  /** Written by commands of its own alone: `component.set` refuses it and panels do not list it. */
  readonly managed: boolean;
  /** How panels offer it. */
  readonly panel: PanelOptions;
  /** The fields by name. */
  readonly schema: S;
  /** The fields in the order of declaration. None: the component is a tag. */
  readonly fields: readonly NamedField[];
}

type SchemaOf<C extends Component> = C extends Component<infer S> ? S : never;

/** A component's values as a plain object. */
export type Plain<C extends Component> = {
  -readonly [Name in keyof SchemaOf<C>]: ValueOf<SchemaOf<C>[Name]>;
};

/** Values to write: any of the fields. */
export type Input<C extends Component> = {
  readonly [Name in keyof SchemaOf<C>]?: InputOf<SchemaOf<C>[Name]> | undefined;
};

/** A world's storage of a component: one column a field. */
export type ColumnsOf<C extends Component> = {
  readonly [Name in keyof SchemaOf<C>]: ColumnOf<SchemaOf<C>[Name]>;
};

/** The key of component ids: these 16 bytes of ASCII. */
export const COMPONENT_ID_KEY: Uint8Array = new TextEncoder().encode('theta.components');

const NAME_PATTERN = /^[a-z][A-Za-z0-9]{0,63}$/;

let nextOrdinal = 0;

/**
 * Declares a component. A component without fields is a tag.
 * @throws {RangeError} when a name is not camelCase of at most 64 letters and digits
 */
export function defineComponent<const S extends Schema>(
  name: string,
  schema: S,
  options: { readonly managed?: boolean; readonly panel?: PanelOptions } = {},
): Component<S> {
  for (const each of [name, ...Object.keys(schema)]) {
    if (!NAME_PATTERN.test(each)) throw new RangeError(`"${each}" is not a camelCase name.`);
  }
  const fields = Object.entries(schema).map(([fieldName, field], index) =>
    Object.freeze({ ...field, name: fieldName, index }),
  );
  const ordinal = nextOrdinal;
  nextOrdinal += 1;
  return Object.freeze({
    name,
    id: componentId(name),
    ordinal,
    managed: options.managed ?? false,
    panel: Object.freeze({ ...options.panel }),
    schema: Object.freeze({ ...schema }),
    fields: Object.freeze(fields),
  });
}

/** The stable 64-bit id of a component of this name, as 16 hexadecimal digits. */
export function componentId(name: string): string {
  return siphash24(COMPONENT_ID_KEY, new TextEncoder().encode(name));
}
