import type { Entity, OutlinerRow } from '../../editor/editor.ts';
import { parentIndex } from './tree.ts';

/** What a key asks of the tree. */
export type TreeIntent =
  | { readonly kind: 'focus'; readonly index: number; readonly extend: boolean }
  | { readonly kind: 'toggle'; readonly entity: Entity }
  | { readonly kind: 'toggle-selected'; readonly entity: Entity }
  | { readonly kind: 'rename'; readonly entity: Entity };

export interface TreeKey {
  readonly key: string;
  readonly shift: boolean;
}

/**
 * What a key means with the focus on the row at `index` (-1: on none), after the ARIA tree pattern.
 * `undefined`: the key is not the tree's.
 */
export function treeIntent(
  rows: readonly OutlinerRow[],
  index: number,
  { key, shift }: TreeKey,
): TreeIntent | undefined {
  if (rows.length === 0) return undefined;
  const target = focusTarget(rows, index, key);
  if (target !== undefined) return { kind: 'focus', index: target, extend: shift };
  const row = rows[index];
  if (!row) return undefined;
  const { entity } = row;
  switch (key) {
    case 'ArrowLeft':
      return row.expanded && row.hasChildren
        ? { kind: 'toggle', entity }
        : focusOn(parentIndex(rows, index));
    case 'ArrowRight':
      if (!row.hasChildren) return undefined;
      return row.expanded ? focusOn(index + 1) : { kind: 'toggle', entity };
    case ' ':
      return { kind: 'toggle-selected', entity };
    case 'Enter':
    case 'F2':
      return { kind: 'rename', entity };
    default:
      return undefined;
  }
}

function focusTarget(rows: readonly OutlinerRow[], index: number, key: string): number | undefined {
  const last = rows.length - 1;
  switch (key) {
    case 'ArrowDown':
      return Math.min(index + 1, last);
    case 'ArrowUp':
      return index < 0 ? last : Math.max(index - 1, 0);
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return undefined;
  }
}

function focusOn(index: number): TreeIntent | undefined {
  return index < 0 ? undefined : { kind: 'focus', index, extend: false };
}
