import {
  type Entity,
  NO_ENTITY,
  type OutlinerRow,
  type ReorderPlace,
} from '../../editor/editor.ts';
import { isWithin, parentOf } from './tree.ts';

/** Where dragged entities would go, and how to show it. */
export interface DropTarget {
  readonly parent: Entity;
  readonly place: ReorderPlace | undefined;
  /** The row to mark. */
  readonly index: number;
  readonly edge: 'before' | 'inside' | 'after';
  /** How deep the line is drawn. */
  readonly depth: number;
}

/** Shares of a row's height at its upper and lower edge that mean between rows. */
const EDGE_SHARE = 0.28;

/**
 * Where a drop goes at `position`, in rows from the top of the list (2.5: the middle of the third).
 * Below the last row is the end of the top level. `undefined` inside of what is dragged.
 */
export function dropTargetAt(
  rows: readonly OutlinerRow[],
  position: number,
  dragged: ReadonlySet<Entity>,
): DropTarget | undefined {
  if (position >= rows.length) return endOfTopLevel(rows, dragged);
  const index = Math.max(0, Math.floor(position));
  const row = rows[index];
  if (!row || isWithin(rows, index, dragged)) return undefined;
  const within = position - index;
  if (within < EDGE_SHARE) return beside(rows, index, 'before');
  if (within <= 1 - EDGE_SHARE) return inside(row, index);
  return row.hasChildren && row.expanded
    ? beforeFirstChild(rows, index, dragged)
    : beside(rows, index, 'after');
}

function beside(
  rows: readonly OutlinerRow[],
  index: number,
  edge: 'before' | 'after',
): DropTarget | undefined {
  const row = rows[index];
  if (!row) return undefined;
  const place = edge === 'before' ? { before: row.entity } : { after: row.entity };
  return { parent: parentOf(rows, index), place, index, edge, depth: row.depth };
}

function inside(row: OutlinerRow, index: number): DropTarget {
  return { parent: row.entity, place: undefined, index, edge: 'inside', depth: row.depth + 1 };
}

/** Just under an open parent: the line is there, so the drop is its first child. */
function beforeFirstChild(
  rows: readonly OutlinerRow[],
  index: number,
  dragged: ReadonlySet<Entity>,
): DropTarget | undefined {
  const parent = rows[index];
  const child = rows[index + 1];
  if (!parent || !child) return undefined;
  const place = dragged.has(child.entity) ? undefined : { before: child.entity };
  return { parent: parent.entity, place, index, edge: 'after', depth: parent.depth + 1 };
}

function endOfTopLevel(
  rows: readonly OutlinerRow[],
  dragged: ReadonlySet<Entity>,
): DropTarget | undefined {
  const last = rows.findLast((row) => row.depth === 0);
  if (!last) return undefined;
  const place = dragged.has(last.entity) ? undefined : { after: last.entity };
  return { parent: NO_ENTITY, place, index: rows.length - 1, edge: 'after', depth: 0 };
}
