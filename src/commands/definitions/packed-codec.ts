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
      const run = new PackedRunWriter(fields, sites);
      for (const op of ops) run.write(op);
      return { type, value: { count: ops.length, packed: writer.finish() } } as unknown as Ops;
    },
    decode(_document, ops, sites) {
      const { count, packed } = ops.value as unknown as { count: number; packed: Bytes };
      const run = new PackedRunReader<Op>(new PackedReader(packed), fields, sites);
      const reads: (() => Op)[] = [];
      for (let i = 0; i < count; i++) reads.push(run.read());
      run.end();
      return reads;
    },
  };
}

function sizeOf(fields: readonly { readonly size: number }[]): number {
  return fields.reduce((sum, field) => sum + field.size, 0);
}

class PackedRunWriter<Op extends PackedOp> {
  readonly #fields: readonly PackedField<Op>[];
  readonly #sites: SiteWriter;
  /** The bits of each number as they were last, field by field, and as they are now. */
  readonly #last: Uint32Array;
  readonly #next: Uint32Array;
  #site = 0;
  #counter = 0;
  /** Of the operation at hand: bytes that its numbers take whole, and by their differences. */
  #whole = 0;
  #changed = 0;

  constructor(fields: readonly PackedField<Op>[], sites: SiteWriter) {
    this.#fields = fields;
    this.#sites = sites;
    this.#last = new Uint32Array(sizeOf(fields));
    this.#next = new Uint32Array(this.#last.length);
  }

  write(op: Op): void {
    const site = this.#sites.index(siteOf(op.entity));
    const counter = counterOf(op.entity);
    let head = this.#take(op);
    if (this.#changed < this.#whole) head |= CHANGED_BYTES;
    if (site !== this.#site) head |= SITE;
    if (counter !== this.#counter + 1) head |= COUNTER;
    writer.byte(head);
    if (head & SITE) writer.varint(site);
    if (head & COUNTER) writer.signed(counter - (this.#counter + 1));
    this.#site = site;
    this.#counter = counter;
    this.#writeNumbers(head);
  }

  /** Takes the operation's numbers in, and what they would take; which fields it has. */
  #take(op: Op): number {
    const next = this.#next;
    let has = 0;
    let at = 0;
    this.#whole = 0;
    this.#changed = 0;
    for (let i = 0; i < this.#fields.length; i++) {
      const { name, size } = this.#fields[i] as PackedField<Op>;
      const values = op[name] as readonly number[] | undefined;
      if (values !== undefined) {
        has |= 1 << i;
        this.#whole += 4 * size;
        this.#changed += (size + 1) >> 1;
        for (let k = 0; k < size; k++) {
          // O6: adding zero turns −0 into 0.
          number[0] = (values[k] as number) + 0;
          const bits = bitsOfNumber[0] as number;
          next[at + k] = bits;
          this.#changed += bytesSet(bits ^ (this.#last[at + k] as number));
        }
      }
      at += size;
    }
    return has;
  }

  #writeNumbers(head: number): void {
    const next = this.#next;
    let at = 0;
    for (let i = 0; i < this.#fields.length; i++) {
      const { size } = this.#fields[i] as PackedField<Op>;
      if (head & (1 << i)) {
        if (head & CHANGED_BYTES) this.#writeChanged(at, size);
        else for (let k = at; k < at + size; k++) writer.word(next[k] as number);
        for (let k = at; k < at + size; k++) this.#last[k] = next[k] as number;
      }
      at += size;
    }
  }

  /** Four bits for each number, two numbers a byte: which of its bytes differ. Then these bytes. */
  #writeChanged(at: number, size: number): void {
    const last = this.#last;
    const next = this.#next;
    for (let k = 0; k < size; k += 2) {
      const low = whichSet((last[at + k] as number) ^ (next[at + k] as number));
      const isPair = k + 1 < size;
      const high = isPair
        ? whichSet((last[at + k + 1] as number) ^ (next[at + k + 1] as number))
        : 0;
      writer.byte(low | (high << 4));
    }
    for (let k = at; k < at + size; k++) {
      const difference = (last[k] as number) ^ (next[k] as number);
      for (let shift = 0; shift < 32; shift += 8) {
        const each = (difference >>> shift) & 0xff;
        if (each !== 0) writer.byte(each);
      }
    }
  }
}

/** Which of four bytes are not zero, the lowest first. */
function whichSet(word: number): number {
  let bits = 0;
  if ((word & 0xff) !== 0) bits = 1;
  if ((word & 0xff00) !== 0) bits |= 2;
  if ((word & 0xff0000) !== 0) bits |= 4;
  if ((word & 0xff000000) !== 0) bits |= 8;
  return bits;
}

function bytesSet(word: number): number {
  let count = 0;
  if ((word & 0xff) !== 0) count = 1;
  if ((word & 0xff00) !== 0) count += 1;
  if ((word & 0xff0000) !== 0) count += 1;
  if ((word & 0xff000000) !== 0) count += 1;
  return count;
}

class PackedRunReader<Op extends PackedOp> {
  readonly #reader: PackedReader;
  readonly #fields: readonly PackedField<Op>[];
  readonly #sites: SiteReader;
  readonly #last: Uint32Array;
  readonly #meaningless: number;
  #site = 0;
  #counter = 0;

  constructor(reader: PackedReader, fields: readonly PackedField<Op>[], sites: SiteReader) {
    this.#reader = reader;
    this.#fields = fields;
    this.#sites = sites;
    this.#last = new Uint32Array(sizeOf(fields));
    this.#meaningless = UNUSED | (((1 << MOST_FIELDS) - 1) & ~((1 << fields.length) - 1));
  }

  /** The next operation; whom it names is looked up when it is called. */
  read(): () => Op {
    const head = this.#reader.byte();
    if (head & this.#meaningless) {
      unpackable('An operation in it begins with bits that mean nothing.');
    }
    if (head & SITE) this.#site = this.#reader.varint();
    this.#counter += head & COUNTER ? 1 + this.#reader.signed() : 1;
    if (this.#counter < 1 || this.#counter > MAX_COUNTER) unpackable('It names no entity.');
    const values: { entity: EntityId; [name: string]: unknown } = { entity: 0 as EntityId };
    let at = 0;
    for (let i = 0; i < this.#fields.length; i++) {
      const { name, size, optional } = this.#fields[i] as PackedField<Op>;
      if (head & (1 << i)) values[name] = this.#readNumbers(at, size, head);
      else if (!optional) unpackable(`An operation in it has no ${name}.`);
      at += size;
    }
    const site = this.#site;
    const counter = this.#counter;
    return () => {
      values.entity = entityId(this.#sites.site(site), counter);
      return values as unknown as Op;
    };
  }

  end(): void {
    this.#reader.end();
  }

  #readNumbers(at: number, size: number, head: number): number[] {
    const last = this.#last;
    if (head & CHANGED_BYTES) this.#readChanged(at, size);
    else for (let k = at; k < at + size; k++) last[k] = this.#reader.word();
    const values: number[] = [];
    for (let k = at; k < at + size; k++) {
      const bits = last[k] as number;
      checkFloatBits(bits);
      bitsOfNumber[0] = bits;
      values.push(number[0] as number);
    }
    return values;
  }

  #readChanged(at: number, size: number): void {
    const reader = this.#reader;
    let masks = 0;
    for (let k = 0; k < size; k += 2) masks |= reader.byte() << (4 * k);
    if (masks >>> (4 * size) !== 0) unpackable('It marks bytes of a number that is not there.');
    for (let k = 0; k < size; k++) {
      for (let byte = 0; byte < 4; byte++) {
        if (!(masks & (1 << (4 * k + byte)))) continue;
        const each = reader.byte();
        if (each === 0) unpackable('A byte in it is said to differ, and does not.');
        this.#last[at + k] = (this.#last[at + k] as number) ^ (each << (8 * byte));
      }
    }
  }
}
