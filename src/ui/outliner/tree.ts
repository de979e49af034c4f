import { type Entity, NO_ENTITY, type OutlinerRow } from '../../editor/editor.ts';

/** Where a row's parent is in the list, or -1 at the top level. */
export function parentIndex(rows: readonly OutlinerRow[], index: number): number {
  const depth = rows[index]?.depth ?? 0;
  for (let above = index - 1; above >= 0; above -= 1) {
    if ((rows[above]?.depth ?? 0) < depth) return above;
  }
  return -1;
}

/** The entity that a row hangs under; `NO_ENTITY` at the top level. */
export function parentOf(rows: readonly OutlinerRow[], index: number): Entity {
  return rows[parentIndex(rows, index)]?.entity ?? NO_ENTITY;
}

/** Whether the row at `index` is one of these entities or lies below one. */
export function isWithin(
  rows: readonly OutlinerRow[],
  index: number,
  entities: ReadonlySet<Entity>,
): boolean {
  for (let at = index; at >= 0; at = parentIndex(rows, at)) {
    const row = rows[at];
    if (row && entities.has(row.entity)) return true;
  }
  return false;
}

/** The rows from one entity to another, both included; just `to` when `from` has no row. */
export function rowRange(
  rows: readonly OutlinerRow[],
  from: Entity,
  to: Entity,
): readonly Entity[] {
  const start = rows.findIndex((row) => row.entity === from);
  const end = rows.findIndex((row) => row.entity === to);
  if (start < 0 || end < 0) return [to];
  return rows.slice(Math.min(start, end), Math.max(start, end) + 1).map((row) => row.entity);
}

/** A row's place among its siblings, from 1, and how many there are: ARIA's `posinset`, `setsize`. */
export interface SiblingPlace {
  readonly position: number;
  readonly size: number;
}

/** The sibling places of all rows, in one pass. */
export function siblingPlaces(rows: readonly OutlinerRow[]): readonly SiblingPlace[] {
  const counts: number[] = [];
  const sets: { size: number }[] = [];
  const places = rows.map((row) => {
    counts.length = Math.min(counts.length, row.depth + 1);
    sets.length = Math.min(sets.length, row.depth + 1);
    const position = (counts[row.depth] ?? 0) + 1;
    const set = sets[row.depth] ?? { size: 0 };
    counts[row.depth] = position;
    sets[row.depth] = set;
    set.size = position;
    return { position, set };
  });
  return places.map(({ position, set }) => ({ position, size: set.size }));
}
