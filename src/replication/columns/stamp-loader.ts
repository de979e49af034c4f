import type { Site } from '../../ecs/document/sites.ts';
import { NO_SITE } from '../../ecs/document/sites.ts';
import type { StampColumns } from '../../ecs/document/stamps.ts';
import type { Column } from '../../protocol/generated/types.ts';
import { type StructVector, structOf } from '../../protocol/struct-vector.ts';
import { wireFault } from '../wire/wire-fault.ts';
import { baseSlot } from './stamp-draft.ts';

const STAMP = structOf('Stamp');
const ODD = structOf('OddStamp');
const UINT_RANGE = 2 ** 32;

/** A document's table of stamps; number 0 is none. */
export class StampTable {
  readonly lamports: Float64Array;
  readonly sites: Uint32Array;

  /** @throws {WireFault} for a stamp of nobody */
  constructor({ view, offset, stride, count }: StructVector<'Stamp'>, sites: readonly Site[]) {
    this.lamports = new Float64Array(count + 1);
    this.sites = new Uint32Array(count + 1);
    for (let i = 0; i < count; i++) {
      const at = offset + i * stride;
      const low = view.getUint32(at + STAMP.offsets.lamport, true);
      const high = view.getUint32(at + STAMP.offsets.lamport + 4, true);
      const site = sites[view.getUint32(at + STAMP.offsets.site, true)];
      this.lamports[i + 1] = high * UINT_RANGE + low;
      this.sites[i + 1] = site ?? wireFault('invalid_value');
      if (low === 0 && high === 0) wireFault('invalid_value');
    }
  }
}

/**
 * Gives some of the world's rows the stamps that a column has for them.
 * @throws {WireFault} for a number, slot or row that there is not
 */
export function loadStamps(
  column: Column,
  rows: Uint32Array,
  table: StampTable,
  into: StampColumns,
): void {
  const { sparse = new Uint8Array(0), stamps = new Uint32Array(0) } = column;
  const base = baseSlot(into.slots, sparse);
  if (stamps.length !== (base === -1 ? 0 : rows.length)) wireFault('invalid_value');
  const dense: number[] = [];
  for (let slot = 0; slot < into.slots; slot++) if (!sparse.includes(slot)) dense.push(slot);
  for (let at = 0; at < stamps.length; at++) {
    const number = stamps[at]!;
    if (number >= table.lamports.length) wireFault('invalid_value');
    const lamport = table.lamports[number]!;
    const site = table.sites[number] as Site;
    for (let i = 0; i < dense.length; i++) into.set(rows[at]!, dense[i]!, lamport, site);
  }
  if (column.odd) loadOdd(column.odd, rows, table, into);
}

function loadOdd(
  { view, offset, stride, count }: StructVector<'OddStamp'>,
  rows: Uint32Array,
  table: StampTable,
  into: StampColumns,
): void {
  for (let i = 0; i < count; i++) {
    const at = offset + i * stride;
    const row = rows[view.getUint32(at + ODD.offsets.row, true)];
    const slot = view.getUint32(at + ODD.offsets.slot, true);
    const number = view.getUint32(at + ODD.offsets.stamp, true);
    if (row === undefined || slot >= into.slots || number >= table.lamports.length) {
      wireFault('invalid_value');
    }
    into.set(row, slot, table.lamports[number]!, (table.sites[number] ?? NO_SITE) as Site);
  }
}
