/** Finds the offsets in a valid buffer, so that tests can damage exactly those. */
import type { Bytes } from '../../shared/bytes.ts';
import { LAYOUT } from '../generated/layout.ts';
import type { FieldLayout } from '../layout.ts';

/** Positions of every 32-bit offset of a buffer whose root is the table, the root's own included. */
export function offsetPositions(name: string, bytes: Bytes): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found: number[] = [];
  const follow = (at: number): number => {
    found.push(at);
    return at + view.getUint32(at, true);
  };
  const visitTable = (tableName: string, at: number): void => {
    found.push(at);
    const vtable = at - view.getInt32(at, true);
    const position = (slot: number): number =>
      4 + 2 * slot < view.getUint16(vtable, true) ? view.getUint16(vtable + 4 + 2 * slot, true) : 0;
    for (const field of LAYOUT.tables[tableName]!.fields) {
      const offset = position(field.slot);
      if (offset === 0 || field.kind === 'scalar' || field.kind === 'struct') continue;
      const target = follow(at + offset);
      if (field.kind === 'table') visitTable(field.type, target);
      else if (field.kind === 'vector') visitVector(field, target);
      else if (field.kind === 'union') {
        const type = view.getUint8(at + position(field.slot - 1));
        visitTable(LAYOUT.unions[field.type]!.members[type - 1]!, target);
      }
    }
  };
  const visitVector = (field: FieldLayout & { kind: 'vector' }, at: number): void => {
    if (field.element === 'scalar' || field.element === 'struct') return;
    for (let i = 1; i <= view.getUint32(at, true); i++) {
      const target = follow(at + 4 * i);
      if (field.element === 'table') visitTable(field.type, target);
    }
  };
  visitTable(name, follow(0));
  return found;
}
