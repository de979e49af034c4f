/**
 * Commands as FlatBuffers are used by most: a table for each, in a vector of them, written and read by
 * FlatBuffers' own code, which verifies nothing.
 */
import { Builder, ByteBuffer } from 'flatbuffers';
import type { Bytes } from '../src/shared/bytes.ts';

/** One `transform.set`, as its table holds it. */
export interface TableCommand {
  readonly lamport: number;
  readonly author: string;
  readonly replica: number;
  readonly counter: number;
  readonly position: readonly number[];
}

const FIELDS = 5;
const builder = new Builder(64 * 1024);

/** A table a command; its author is a text, as in a schema that has no table of sites. */
export function encodeTables(commands: readonly TableCommand[]): Bytes {
  builder.clear();
  const tables = commands.map(({ lamport, author, replica, counter, position }) => {
    const name = builder.createString(author);
    builder.startObject(FIELDS);
    builder.addFieldInt64(0, BigInt(lamport), 0n);
    builder.addFieldOffset(1, name, 0);
    builder.addFieldInt32(2, replica, 0);
    builder.addFieldInt32(3, counter, 0);
    builder.prep(4, 12);
    for (let i = 2; i >= 0; i--) builder.writeFloat32(position[i] as number);
    builder.addFieldStruct(4, builder.offset(), 0);
    return builder.endObject();
  });
  builder.startVector(4, tables.length, 4);
  for (const table of tables.reverse()) builder.addOffset(table);
  const vector = builder.endVector();
  builder.startObject(1);
  builder.addFieldOffset(0, vector, 0);
  builder.finish(builder.endObject());
  return builder.asUint8Array().slice();
}

export function decodeTables(bytes: Bytes): TableCommand[] {
  const bb = new ByteBuffer(bytes);
  const root = bb.readInt32(bb.position()) + bb.position();
  const vector = root + bb.__offset(root, 4);
  const start = bb.__vector(vector);
  const commands: TableCommand[] = [];
  for (let i = 0; i < bb.__vector_len(vector); i++) {
    const table = bb.__indirect(start + 4 * i);
    const field = (slot: number): number => table + bb.__offset(table, 4 + 2 * slot);
    const at = field(4);
    commands.push({
      lamport: Number(bb.readUint64(field(0))),
      author: bb.__string(field(1)) as string,
      replica: bb.readInt32(field(2)),
      counter: bb.readInt32(field(3)),
      position: [bb.readFloat32(at), bb.readFloat32(at + 4), bb.readFloat32(at + 8)],
    });
  }
  return commands;
}
