import type { StampColumns } from '../../ecs/document/stamps.ts';
import type { Column } from '../../protocol/generated/types.ts';
import { createStructs, structOf } from '../../protocol/struct-vector.ts';
import type { StampNumbering } from './numbering.ts';

const ODD = structOf('OddStamp');

/** The slots of a column in which most rows have no stamp, ascending. */
function sparseSlots(stamps: StampColumns, rows: Uint32Array): Uint8Array<ArrayBuffer> {
  const sparse: number[] = [];
  for (let slot = 0; slot < stamps.slots; slot++) {
    let empty = 0;
    for (const row of rows) if (stamps.lamport(row, slot) === 0) empty += 1;
    if (empty * 2 > rows.length) sparse.push(slot);
  }
  return Uint8Array.from(sparse);
}

/** The first slot that is not sparse, or -1: whose stamp a row's other slots are expected to bear. */
export function baseSlot(slots: number, sparse: Uint8Array): number {
  for (let slot = 0; slot < slots; slot++) if (!sparse.includes(slot)) return slot;
  return -1;
}

/**
 * The stamps of a column's rows by provisional numbers: one for each row, and those that are not what
 * this one foretells. What was made in one go and never touched costs one number.
 */
export class StampDraft {
  readonly #sparse: Uint8Array<ArrayBuffer>;
  readonly #stamps: Uint32Array<ArrayBuffer>;
  /** Row, slot and stamp of each odd one, one after the other. */
  readonly #odd: number[] = [];

  /** @param rows the world's rows of the column's entities, in their order */
  constructor(columns: StampColumns, rows: Uint32Array, numbering: StampNumbering) {
    this.#sparse = sparseSlots(columns, rows);
    const base = baseSlot(columns.slots, this.#sparse);
    this.#stamps = new Uint32Array(base === -1 ? 0 : rows.length);
    const expectsNone = new Uint8Array(columns.slots);
    for (const slot of this.#sparse) expectsNone[slot] = 1;
    for (const [at, row] of rows.entries()) {
      const lamport = base === -1 ? 0 : columns.lamport(row, base);
      const site = columns.site(row, Math.max(base, 0));
      if (base !== -1) this.#stamps[at] = numbering.numberOf(lamport, site);
      for (let slot = 0; slot < columns.slots; slot++) {
        if (slot === base) continue;
        const own = columns.lamport(row, slot);
        const isExpected = expectsNone[slot]
          ? own === 0
          : own === lamport && (own === 0 || columns.site(row, slot) === site);
        if (!isExpected) this.#odd.push(at, slot, numbering.numberOf(own, columns.site(row, slot)));
      }
    }
  }

  /** @param renumber from provisional numbers to those of the document's table */
  finish(renumber: Uint32Array): Pick<Column, 'sparse' | 'stamps' | 'odd'> {
    const odd = createStructs('OddStamp', this.#odd.length / 3);
    for (let i = 0; i < odd.count; i++) {
      const at = i * odd.stride;
      odd.view.setUint32(at + ODD.offsets.row, this.#odd[i * 3] as number, true);
      odd.view.setUint32(at + ODD.offsets.slot, this.#odd[i * 3 + 1] as number, true);
      const stamp = renumber[this.#odd[i * 3 + 2] as number] as number;
      odd.view.setUint32(at + ODD.offsets.stamp, stamp, true);
    }
    return {
      ...(this.#sparse.length > 0 && { sparse: this.#sparse }),
      ...(this.#stamps.length > 0 && { stamps: this.#stamps.map((each) => renumber[each] ?? 0) }),
      ...(odd.count > 0 && { odd }),
    };
  }
}
