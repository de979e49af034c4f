import { type Entity, NO_ENTITY } from './entity.ts';

/** What a panel or a validator wants to know of a field besides its layout. */
export interface FieldOptions {
  /** The smallest value allowed, of each element for a vector. */
  readonly min?: number;
  /** The largest value allowed. */
  readonly max?: number;
  /** How far one notch of a slider goes. */
  readonly step?: number;
  /** Shown after the value: `m`, `°`. */
  readonly unit?: string;
  /** What a panel calls the field; without it, the field's name. */
  readonly label?: string;
  /** A sentence that says what the field does, where its label does not. */
  readonly help?: string;
  /** When the field means something; without it, always. */
  readonly when?: FieldCondition;
}

/** That a field of the same entity has one of some values. */
export interface FieldCondition {
  /** The component of that field; the field's own without it. */
  readonly component?: string;
  readonly field: string;
  readonly is: readonly (string | boolean)[];
}

/** Of a field that names a stored blob. */
export interface HashOptions extends FieldOptions {
  /** The kind of asset it takes. */
  readonly asset?: 'geometry' | 'texture';
}

/** Of a field that names an entity. */
export interface EntityOptions extends FieldOptions {
  /** The component that an entity needs to be named here. */
  readonly having?: string;
}

/** Of a colour. */
export interface ColorOptions extends FieldOptions {
  /** Whether its alpha has an effect; it has unless this is false. */
  readonly alpha?: boolean;
}

export type NumberKind = 'f32' | 'f64' | 'i8' | 'u8' | 'i16' | 'u16' | 'i32' | 'u32';
export type VectorKind = 'vec2' | 'vec3' | 'vec4' | 'quat' | 'color';

export interface NumberField<Kind extends NumberKind = NumberKind> extends FieldOptions {
  readonly kind: Kind;
  readonly stride: 1;
  readonly default: number;
}

export interface VectorField<Kind extends VectorKind = VectorKind> extends FieldOptions {
  readonly kind: Kind;
  readonly stride: 2 | 3 | 4;
  readonly default: readonly number[];
  /** Of a colour: false when its alpha has no effect. */
  readonly alpha?: boolean;
}

export interface BoolField extends FieldOptions {
  readonly kind: 'bool';
  readonly stride: 1;
  readonly default: boolean;
}

/** Stored as the position of the value in `values`, which may only ever grow at its end. */
export interface EnumField<Value extends string = string> extends FieldOptions {
  readonly kind: 'enum';
  readonly stride: 1;
  readonly default: Value;
  readonly values: readonly Value[];
}

export interface TextField extends FieldOptions {
  readonly kind: 'text';
  readonly stride: 1;
  readonly default: string;
  /** In UTF-16 code units. */
  readonly maxLength: number;
}

/** A content address in lower-case hexadecimal, or the empty string for none. */
export interface HashField extends HashOptions {
  readonly kind: 'hash';
  readonly stride: 1;
  readonly default: string;
  readonly maxLength: number;
}

export interface EntityField extends EntityOptions {
  readonly kind: 'entity';
  readonly stride: 1;
  readonly default: Entity;
}

export type Field =
  | NumberField
  | VectorField
  | BoolField
  | EnumField
  | TextField
  | HashField
  | EntityField;

export type FieldKind = Field['kind'];

interface ColumnByKind {
  f32: Float32Array<ArrayBuffer>;
  f64: Float64Array<ArrayBuffer>;
  i8: Int8Array<ArrayBuffer>;
  u8: Uint8Array<ArrayBuffer>;
  i16: Int16Array<ArrayBuffer>;
  u16: Uint16Array<ArrayBuffer>;
  i32: Int32Array<ArrayBuffer>;
  u32: Uint32Array<ArrayBuffer>;
  vec2: Float32Array<ArrayBuffer>;
  vec3: Float32Array<ArrayBuffer>;
  vec4: Float32Array<ArrayBuffer>;
  quat: Float32Array<ArrayBuffer>;
  color: Float32Array<ArrayBuffer>;
  bool: Uint8Array<ArrayBuffer>;
  enum: Uint8Array<ArrayBuffer>;
  text: string[];
  hash: string[];
  entity: Uint32Array<ArrayBuffer>;
}

/** What holds a field's values in a world, `stride` elements an entity index. */
export type ColumnOf<F extends Field> = ColumnByKind[F['kind']];

/** A field's value as a plain one: a number, `number[]`, boolean or string. */
export type ValueOf<F extends Field> =
  F extends EnumField<infer Value>
    ? Value
    : F extends VectorField
      ? number[]
      : F extends NumberField
        ? number
        : F extends BoolField
          ? boolean
          : F extends EntityField
            ? Entity
            : string;

/** What may be written into a field: as `ValueOf`, and a vector may be read-only. */
export type InputOf<F extends Field> = F extends VectorField ? readonly number[] : ValueOf<F>;

/** SHA-256 in hexadecimal. */
const HASH_LENGTH = 64;
/** An enumeration is stored in a byte. */
const MAX_ENUM_VALUES = 256;

function numberField<Kind extends NumberKind>(kind: Kind, range: FieldOptions = {}) {
  return (value = 0, options: FieldOptions = {}): NumberField<Kind> =>
    Object.freeze({ ...range, ...options, kind, stride: 1, default: value });
}

function vectorField<Kind extends VectorKind>(kind: Kind, fallback: readonly number[]) {
  const stride = fallback.length as 2 | 3 | 4;
  return (value: readonly number[] = fallback, options: ColorOptions = {}): VectorField<Kind> => {
    if (value.length !== stride) throw new RangeError(`A ${kind} has ${stride} numbers.`);
    return Object.freeze({ ...options, kind, stride, default: Object.freeze([...value]) });
  };
}

export const f32 = numberField('f32');
export const f64 = numberField('f64');
export const i8 = numberField('i8', { min: -0x80, max: 0x7f });
export const u8 = numberField('u8', { min: 0, max: 0xff });
export const i16 = numberField('i16', { min: -0x8000, max: 0x7fff });
export const u16 = numberField('u16', { min: 0, max: 0xffff });
export const i32 = numberField('i32', { min: -0x80000000, max: 0x7fffffff });
export const u32 = numberField('u32', { min: 0, max: 0xffffffff });

export const vec2 = vectorField('vec2', [0, 0]);
export const vec3 = vectorField('vec3', [0, 0, 0]);
export const vec4 = vectorField('vec4', [0, 0, 0, 0]);
/** A rotation as a unit quaternion: x, y, z, w. */
export const quat = vectorField('quat', [0, 0, 0, 1]);
/** Linear red, green, blue and alpha. */
export const color = vectorField('color', [1, 1, 1, 1]);

export function bool(value = false, options: FieldOptions = {}): BoolField {
  return Object.freeze({ ...options, kind: 'bool', stride: 1, default: value });
}

/** One of the given strings; the first unless another is named as the default. */
export function enumOf<const Value extends string>(
  values: readonly [Value, ...Value[]],
  value: NoInfer<Value> = values[0],
  options: FieldOptions = {},
): EnumField<Value> {
  if (values.length > MAX_ENUM_VALUES)
    throw new RangeError('An enumeration has 256 values at most.');
  return Object.freeze({ ...options, kind: 'enum', stride: 1, default: value, values });
}

/** A string of at most `maxLength` UTF-16 code units. */
export function text(maxLength: number, value = '', options: FieldOptions = {}): TextField {
  return Object.freeze({ ...options, kind: 'text', stride: 1, default: value, maxLength });
}

/** The content hash of an asset; empty for none. */
export function hash(options: HashOptions = {}): HashField {
  return Object.freeze({
    ...options,
    kind: 'hash',
    stride: 1,
    default: '',
    maxLength: HASH_LENGTH,
  });
}

/** Another entity of the same world, or `NO_ENTITY`. */
export function entity(options: EntityOptions = {}): EntityField {
  return Object.freeze({ ...options, kind: 'entity', stride: 1, default: NO_ENTITY });
}
