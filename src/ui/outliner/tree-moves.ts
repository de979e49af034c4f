import type { Entity, OutlinerRow, ReorderPlace } from '../../editor/editor.ts';
import { parentIndex, parentOf } from './tree.ts';

/** Where Alt and an arrow key move a row, as a drag would. */
export interface TreeMove {
  readonly parent: Entity;
  readonly place: ReorderPlace | undefined;
}

/**
 * What Alt and an arrow mean for the row at `index`: up and down among its siblings, right into the
 * sibling above, left out of its parent. `undefined` where there is nowhere to go.
 */
export function treeMove(
  rows: readonly OutlinerRow[],
  index: number,
  key: string,
): TreeMove | undefined {
  switch (key) {
    case 'ArrowUp':
      return besideSibling(rows, index, siblingAbove(rows, index), 'before');
    case 'ArrowDown':
      return besideSibling(rows, index, siblingBelow(rows, index), 'after');
    case 'ArrowRight': {
      const above = rows[siblingAbove(rows, index)];
      return above && { parent: above.entity, place: undefined };
    }
    case 'ArrowLeft': {
      const parent = parentIndex(rows, index);
      const row = rows[parent];
      return row && { parent: parentOf(rows, parent), place: { after: row.entity } };
    }
    default:
      return undefined;
  }
}

function besideSibling(
  rows: readonly OutlinerRow[],
  index: number,
  sibling: number,
  side: 'before' | 'after',
): TreeMove | undefined {
  const row = rows[sibling];
  if (row === undefined) return undefined;
  const place = side === 'before' ? { before: row.entity } : { after: row.entity };
  return { parent: parentOf(rows, index), place };
}

function siblingAbove(rows: readonly OutlinerRow[], index: number): number {
  return findSibling(rows, index, -1);
}

function siblingBelow(rows: readonly OutlinerRow[], index: number): number {
  return findSibling(rows, index, 1);
}

/** The index of the next row of the same depth before the siblings end, or -1. */
function findSibling(rows: readonly OutlinerRow[], index: number, step: 1 | -1): number {
  const depth = rows[index]?.depth ?? 0;
  for (let at = index + step; at >= 0 && at < rows.length; at += step) {
    const other = rows[at]!.depth;
    if (other < depth) return -1;
    if (other === depth) return at;
  }
  return -1;
}
