import {
  counterOf,
  type EntityId,
  entityId,
  MAX_COUNTER,
  siteOf,
} from '../../ecs/document/entity-id.ts';
import type { Ops } from '../../protocol/generated/types.ts';
import {
  checkFloatBits,
  PackedReader,
  PackedWriter,
  unpackable,
} from '../../protocol/packed-bytes.ts';
import type { SiteReader, SiteWriter } from '../../replication/wire/site-codec.ts';
import type { Bytes } from '../../shared/bytes.ts';
import type { OpCodec, OpsType } from '../definition.ts';

/** A field of single-precision numbers, kept to the last bit. */
export interface PackedField<Op> {
  readonly name: Exclude<keyof Op, 'entity'> & string;
  readonly size: number;
  /** Whether an operation may be without it. */
  readonly optional?: boolean;
}

/** Bits of an operation's first byte; the lowest say which fields it has. */
const SITE = 1 << 3;
const COUNTER = 1 << 4;
const CHANGED_BYTES = 1 << 5;
const UNUSED = 0xc0;
const MOST_FIELDS = 3;

const number = new Float32Array(1);
const bitsOfNumber = new Uint32Array(number.buffer);
const writer = new PackedWriter();

interface PackedOp {
  readonly entity: EntityId;
}

/**
 * What an operation says is told by what the one before it said (docs/protocol.md, "Packed
 * operations"): mostly the next entity of the same site; and of numbers, where that is less, the
 * bytes that differ. Nothing is rounded.
 */
export function packedCodec<Op extends PackedOp>(
  type: OpsType,
  fields: readonly PackedField<Op>[],
): OpCodec<Op> {
  if (fields.length > MOST_FIELDS) throw new RangeError(`${type} has more fields than bits.`);
  return {
    encode(_document, ops, sites) {
      writer.reset();
      const state = new Previous(fields);
      for (const op of ops) writeOp(writer, fields, state, op, sites);
      return { type, value: { count: ops.length, packed: writer.finish() } } as unknown as Ops;
    },
    decode(_document, ops, sites) {
      const { count, packed } = ops.value as unknown as { count: number; packed: Bytes };
      const reader = new PackedReader(packed);
      const state = new Previous(fields);
      const reads: (() => Op)[] = [];
      for (let i = 0; i < count; i++) reads.push(readOp<Op>(reader, fields, state, sites));
      reader.end();
      return reads;
    },
  };
}

/** What the next operation is told against. */
class Previous {
  site = 0;
  counter = 0;
  /** The bits of each number, field by field. */
  readonly bits: Uint32Array;
  /** Of the operation at hand. */
  readonly next: Uint32Array;

  constructor(fields: readonly { readonly size: number }[]) {
    const size = fields.reduce((sum, field) => sum + field.size, 0);
    this.bits = new Uint32Array(size);
    this.next = new Uint32Array(size);
  }
}

function writeOp<Op extends PackedOp>(
  out: PackedWriter,
  fields: readonly PackedField<Op>[],
  state: Previous,
  op: Op,
  sites: SiteWriter,
): void {
  const site = sites.index(siteOf(op.entity));
  const counter = counterOf(op.entity);
  let head = takeNumbers(fields, state, op);
  const changed = bytesChanged(fields, state, head);
  if (changed < bytesWhole(fields, head)) head |= CHANGED_BYTES;
  if (site !== state.site) head |= SITE;
  if (counter !== state.counter + 1) head |= COUNTER;
  out.byte(head);
  if (head & SITE) out.varint(site);
  if (head & COUNTER) out.signed(counter - (state.counter + 1));
  let at = 0;
  for (const [i, { size }] of fields.entries()) {
    if (head & (1 << i)) {
      if (head & CHANGED_BYTES) writeChanged(out, state, at, size);
      else for (let k = at; k < at + size; k++) out.word(state.next[k] as number);
      for (let k = at; k < at + size; k++) state.bits[k] = state.next[k] as number;
    }
    at += size;
  }
  state.site = site;
  state.counter = counter;
}

/** Puts the bits of the operation's numbers into `next`; which fields it has. */
function takeNumbers<Op>(fields: readonly PackedField<Op>[], state: Previous, op: Op): number {
  let has = 0;
  let at = 0;
  for (const [i, { name, size }] of fields.entries()) {
    const values = op[name] as readonly number[] | undefined;
    if (values !== undefined) {
      has |= 1 << i;
      for (let k = 0; k < size; k++) {
        // O6: adding zero turns −0 into 0.
        number[0] = (values[k] as number) + 0;
        state.next[at + k] = bitsOfNumber[0] as number;
      }
    }
    at += size;
  }
  return has;
}

function bytesWhole(fields: readonly { readonly size: number }[], has: number): number {
  let bytes = 0;
  for (const [i, { size }] of fields.entries()) if (has & (1 << i)) bytes += 4 * size;
  return bytes;
}

function bytesChanged(
  fields: readonly { readonly size: number }[],
  { bits, next }: Previous,
  has: number,
): number {
  let bytes = 0;
  let at = 0;
  for (const [i, { size }] of fields.entries()) {
    if (has & (1 << i)) {
      bytes += (size + 1) >> 1;
      for (let k = at; k < at + size; k++) {
        const difference = ((bits[k] as number) ^ (next[k] as number)) >>> 0;
        for (let byte = 0; byte < 4; byte++) if ((difference >>> (8 * byte)) & 0xff) bytes += 1;
      }
    }
    at += size;
  }
  return bytes;
}

/** Four bits for each number, two numbers a byte: which of its bytes differ. Then these bytes. */
function writeChanged(out: PackedWriter, { bits, next }: Previous, at: number, size: number): void {
  for (let k = 0; k < size; k += 2) {
    const low = mask((bits[at + k] as number) ^ (next[at + k] as number));
    const high =
      k + 1 < size ? mask((bits[at + k + 1] as number) ^ (next[at + k + 1] as number)) : 0;
    out.byte(low | (high << 4));
  }
  for (let k = at; k < at + size; k++) {
    const difference = (bits[k] as number) ^ (next[k] as number);
    for (let byte = 0; byte < 4; byte++) {
      const each = (difference >>> (8 * byte)) & 0xff;
      if (each) out.byte(each);
    }
  }
}

function mask(difference: number): number {
  let bits = 0;
  for (let byte = 0; byte < 4; byte++) if ((difference >>> (8 * byte)) & 0xff) bits |= 1 << byte;
  return bits;
}

function readOp<Op extends PackedOp>(
  reader: PackedReader,
  fields: readonly PackedField<Op>[],
  state: Previous,
  sites: SiteReader,
): () => Op {
  const head = reader.byte();
  if (head & UNUSED || head & (((1 << MOST_FIELDS) - 1) & ~((1 << fields.length) - 1))) {
    unpackable('An operation in it begins with bits that mean nothing.');
  }
  if (head & SITE) state.site = reader.varint();
  state.counter += 1 + (head & COUNTER ? reader.signed() : 0);
  if (state.counter < 1 || state.counter > MAX_COUNTER) unpackable('It names no entity.');
  const values: Record<string, number[] | undefined> = {};
  let at = 0;
  for (const [i, { name, size, optional }] of fields.entries()) {
    if (head & (1 << i)) values[name] = readNumbers(reader, state, at, size, head);
    else if (!optional) unpackable(`An operation in it has no ${name}.`);
    at += size;
  }
  const { site, counter } = state;
  return () => ({ entity: entityId(sites.site(site), counter), ...values }) as unknown as Op;
}

function readNumbers(
  reader: PackedReader,
  { bits }: Previous,
  at: number,
  size: number,
  head: number,
): number[] {
  if (head & CHANGED_BYTES) readChanged(reader, bits, at, size);
  else for (let k = at; k < at + size; k++) bits[k] = reader.word();
  const values: number[] = [];
  for (let k = at; k < at + size; k++) {
    checkFloatBits(bits[k] as number);
    bitsOfNumber[0] = bits[k] as number;
    values.push(number[0] as number);
  }
  return values;
}

function readChanged(reader: PackedReader, bits: Uint32Array, at: number, size: number): void {
  let masks = 0;
  for (let k = 0; k < size; k += 2) masks |= reader.byte() << (4 * k);
  if (masks >>> (4 * size) !== 0) unpackable('It marks bytes of a number that is not there.');
  for (let k = 0; k < size; k++) {
    for (let byte = 0; byte < 4; byte++) {
      if (!(masks & (1 << (4 * k + byte)))) continue;
      const each = reader.byte();
      if (each === 0) unpackable('A byte in it is said to differ, and does not.');
      bits[at + k] = ((bits[at + k] as number) ^ (each << (8 * byte))) >>> 0;
    }
  }
}
