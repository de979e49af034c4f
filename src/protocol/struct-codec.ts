/** Structs, read and written by their layout, which is resolved once when this is loaded. */
import { LAYOUT } from './generated/layout.ts';
import type { StructFieldLayout, StructLayout } from './layout.ts';
import { invalidValue, SCALARS } from './scalars.ts';

/** Reads and writes values at a byte of a view. `write` throws `ThetaError<'invalid_value'>`. */
export interface StructCodec {
  readonly layout: StructLayout;
  /** Values are the bytes of its only field, not objects. */
  readonly isBytes: boolean;
  /** Bytes among the result are views over the same buffer. */
  read(view: DataView<ArrayBuffer>, at: number): unknown;
  /** Leaves padding as it is. */
  write(view: DataView, at: number, value: unknown): void;
}

interface FieldCodec extends Pick<StructCodec, 'read' | 'write'> {
  readonly name: string;
  readonly offset: number;
}

const codecs = new Map<string, StructCodec>();

/** The codec of a struct of the schema. */
export function structCodec(name: string): StructCodec {
  const known = codecs.get(name);
  if (known !== undefined) return known;
  const layout = LAYOUT.structs[name]!;
  const fields = layout.fields.map((field) => fieldCodec(name, field));
  const isBytes = fields.length === 1 && layout.fields[0]!.kind === 'bytes';
  const codec = { layout, isBytes, ...(isBytes ? fields[0]! : objectCodec(name, fields)) };
  codecs.set(name, codec);
  return codec;
}

function objectCodec(
  name: string,
  fields: readonly FieldCodec[],
): Pick<StructCodec, 'read' | 'write'> {
  return {
    read(view, at) {
      const value: Record<string, unknown> = {};
      for (const field of fields) value[field.name] = field.read(view, at + field.offset);
      return value;
    },
    write(view, at, value) {
      if (typeof value !== 'object' || value === null) throw invalidValue(name, 'an object');
      const values = value as Readonly<Record<string, unknown>>;
      for (const field of fields) field.write(view, at + field.offset, values[field.name]);
    },
  };
}

function fieldCodec(structName: string, field: StructFieldLayout): FieldCodec {
  const { name, offset } = field;
  const where = `${structName}.${name}`;
  if (field.kind === 'bytes') return { name, offset, ...bytesCodec(where, field.length) };
  if (field.kind === 'struct') {
    const { read, write } = structCodec(field.type);
    return { name, offset, read, write };
  }
  const scalar = SCALARS[field.type];
  const write = (view: DataView, at: number, value: unknown): void => {
    if (!scalar.write(view, at, value)) throw invalidValue(where, `a finite ${field.type}`);
  };
  return { name, offset, read: scalar.read, write };
}

function bytesCodec(where: string, length: number): Pick<StructCodec, 'read' | 'write'> {
  return {
    read: (view, at) => new Uint8Array(view.buffer, view.byteOffset + at, length),
    write(view, at, value) {
      if (!(value instanceof Uint8Array) || value.length !== length)
        throw invalidValue(where, `${length} bytes`);
      for (let i = 0; i < length; i++) view.setUint8(at + i, value[i]!);
    },
  };
}
