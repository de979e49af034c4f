/**
 * What the generated `layout.ts` consists of: the schema as data. The verifier, the decoder and the
 * encoder are driven by it alone. Names of fields are camelCase, as the decoded values have them.
 */

export type ScalarName =
  | 'bool'
  | 'byte'
  | 'ubyte'
  | 'short'
  | 'ushort'
  | 'int'
  | 'uint'
  | 'ulong'
  | 'float'
  | 'double';

export type FieldLayout =
  | {
      readonly kind: 'scalar';
      readonly name: string;
      readonly slot: number;
      readonly type: ScalarName;
      readonly enum?: string;
      readonly default: number;
    }
  | {
      /** `type` is the struct's or the table's name, or `string`. */
      readonly kind: 'string' | 'struct' | 'table';
      readonly name: string;
      readonly slot: number;
      readonly type: string;
      readonly required: boolean;
    }
  | {
      /** Its discriminant is in the slot before. */
      readonly kind: 'union';
      readonly name: string;
      readonly slot: number;
      readonly type: string;
      readonly required: boolean;
    }
  | {
      readonly kind: 'vector';
      readonly name: string;
      readonly slot: number;
      readonly element: 'scalar' | 'string' | 'struct' | 'table';
      /** The scalar's, the struct's or the table's name, or `string`. */
      readonly type: string;
      readonly required: boolean;
      /** Decoded as a `StructVector`, not as objects. */
      readonly hot: boolean;
    };

export type StructFieldLayout =
  | {
      readonly kind: 'scalar';
      readonly name: string;
      readonly offset: number;
      readonly type: ScalarName;
      readonly enum?: string;
    }
  | {
      readonly kind: 'struct';
      readonly name: string;
      readonly offset: number;
      readonly type: string;
    }
  | {
      readonly kind: 'bytes';
      readonly name: string;
      readonly offset: number;
      readonly length: number;
    };

export interface TableLayout {
  readonly fields: readonly FieldLayout[];
}

export interface StructLayout {
  readonly size: number;
  readonly align: number;
  readonly fields: readonly StructFieldLayout[];
}

export interface EnumLayout {
  /** Any combination of `values` is valid, not just one of them. */
  readonly flags: boolean;
  readonly values: Readonly<Record<string, number>>;
}

export interface UnionLayout {
  /** Tables by discriminant minus one (0 says that there is none). */
  readonly members: readonly string[];
}

export interface Layout {
  readonly tables: Readonly<Record<string, TableLayout>>;
  readonly structs: Readonly<Record<string, StructLayout>>;
  readonly enums: Readonly<Record<string, EnumLayout>>;
  readonly unions: Readonly<Record<string, UnionLayout>>;
}
