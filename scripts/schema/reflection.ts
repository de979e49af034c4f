/**
 * Reads flatc's binary schema (`.bfbs`, the format of `reflection.fbs` in google/flatbuffers) into
 * plain objects. Only what our layout needs is read.
 */
import { ByteBuffer } from 'flatbuffers';

export interface ReflectedType {
  readonly baseType: number;
  readonly element: number;
  /** Into `objects` or `enums`; -1 for none. */
  readonly index: number;
  /** Of an array in a struct. */
  readonly length: number;
}

export interface ReflectedField {
  readonly name: string;
  readonly type: ReflectedType;
  readonly id: number;
  /** In bytes, of a struct's field. */
  readonly offset: number;
  readonly defaultInteger: number;
  readonly defaultReal: number;
  readonly required: boolean;
  readonly attributes: readonly string[];
}

export interface ReflectedObject {
  readonly name: string;
  readonly fields: readonly ReflectedField[];
  readonly isStruct: boolean;
  readonly align: number;
  readonly size: number;
}

export interface ReflectedEnum {
  readonly name: string;
  readonly values: readonly { readonly name: string; readonly value: number }[];
  readonly isUnion: boolean;
  readonly underlying: ReflectedType;
  readonly attributes: readonly string[];
}

export interface ReflectedSchema {
  readonly objects: readonly ReflectedObject[];
  readonly enums: readonly ReflectedEnum[];
}

/** A cursor on one table of the binary schema. */
class Table {
  private readonly buffer: ByteBuffer;
  private readonly at: number;

  constructor(buffer: ByteBuffer, at: number) {
    this.buffer = buffer;
    this.at = at;
  }

  private field(slot: number): number {
    const offset = this.buffer.__offset(this.at, 4 + 2 * slot);
    return offset === 0 ? 0 : this.at + offset;
  }
  bool(slot: number): boolean {
    const at = this.field(slot);
    return at !== 0 && this.buffer.readUint8(at) !== 0;
  }
  int8(slot: number): number {
    const at = this.field(slot);
    return at === 0 ? 0 : this.buffer.readInt8(at);
  }
  uint16(slot: number): number {
    const at = this.field(slot);
    return at === 0 ? 0 : this.buffer.readUint16(at);
  }
  int32(slot: number, otherwise = 0): number {
    const at = this.field(slot);
    return at === 0 ? otherwise : this.buffer.readInt32(at);
  }
  int64(slot: number): number {
    const at = this.field(slot);
    return at === 0 ? 0 : Number(this.buffer.readInt64(at));
  }
  float64(slot: number): number {
    const at = this.field(slot);
    return at === 0 ? 0 : this.buffer.readFloat64(at);
  }
  text(slot: number): string {
    return String(this.buffer.__string(this.field(slot)));
  }
  table(slot: number): Table {
    return new Table(this.buffer, this.buffer.__indirect(this.field(slot)));
  }
  tables(slot: number): Table[] {
    const at = this.field(slot);
    if (at === 0) return [];
    const start = at + this.buffer.readInt32(at);
    return Array.from(
      { length: this.buffer.readInt32(start) },
      (_, i) => new Table(this.buffer, this.buffer.__indirect(start + 4 + 4 * i)),
    );
  }
}

const shortName = (name: string): string => name.slice(name.lastIndexOf('.') + 1);
const attributesOf = (table: Table, slot: number): string[] =>
  table.tables(slot).map((attribute) => attribute.text(0));

function readType(table: Table): ReflectedType {
  return {
    baseType: table.int8(0),
    element: table.int8(1),
    index: table.int32(2, -1),
    length: table.uint16(3),
  };
}

function readField(table: Table): ReflectedField {
  return {
    name: table.text(0),
    type: readType(table.table(1)),
    id: table.uint16(2),
    offset: table.uint16(3),
    defaultInteger: table.int64(4),
    defaultReal: table.float64(5),
    required: table.bool(7),
    attributes: attributesOf(table, 9),
  };
}

function readObject(table: Table): ReflectedObject {
  return {
    name: shortName(table.text(0)),
    fields: table
      .tables(1)
      .map(readField)
      .sort((a, b) => a.id - b.id),
    isStruct: table.bool(2),
    align: table.int32(3),
    size: table.int32(4),
  };
}

function readEnum(table: Table): ReflectedEnum {
  return {
    name: shortName(table.text(0)),
    values: table.tables(1).map((value) => ({ name: value.text(0), value: value.int64(1) })),
    isUnion: table.bool(2),
    underlying: readType(table.table(3)),
    attributes: attributesOf(table, 4),
  };
}

/** The schema in flatc's own order (by name), the fields of each object by id. */
export function readReflection(binarySchema: Uint8Array): ReflectedSchema {
  const buffer = new ByteBuffer(binarySchema);
  const root = new Table(buffer, buffer.readInt32(0));
  return { objects: root.tables(0).map(readObject), enums: root.tables(1).map(readEnum) };
}
