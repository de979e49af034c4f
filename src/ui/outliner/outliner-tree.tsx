import { useVirtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, useEffect, useId, useMemo, useRef } from 'react';
import { useStore } from 'zustand';
import { NO_ENTITY, type OutlinerRow as RowState } from '../../editor/editor.ts';
import { useEditor, useMayEdit } from '../editor-context.tsx';
import { objectMenu } from '../object-menu.ts';
import { ContextArea } from '../primitives/menu.tsx';
import { useCoarsePointer } from '../primitives/use-coarse-pointer.ts';
import type { DropTarget } from './drop-target.ts';
import { entityUnder } from './entity-under.ts';
import styles from './outliner.module.css';
import { OutlinerRow } from './outliner-row.tsx';
import { siblingPlaces } from './tree.ts';
import { useRowDrag } from './use-row-drag.ts';
import { useTreeInput } from './use-tree-input.ts';

/** CSS pixels; `--height-row` of the theme, for a mouse and for fingers. */
const ROW_HEIGHTS = { fine: 26, coarse: 40 } as const;
const OVERSCAN_ROWS = 12;

/** The rows, of which only those in sight are in the page. */
export function OutlinerTree({ rows }: { readonly rows: readonly RowState[] }) {
  const editor = useEditor();
  const mayEdit = useMayEdit();
  const treeId = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const input = useTreeInput(rows, scroller);
  const rowHeight = ROW_HEIGHTS[useCoarsePointer() ? 'coarse' : 'fine'];
  const drag = useRowDrag(rows, list, scroller, rowHeight);
  const places = useMemo(() => siblingPlaces(rows), [rows]);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => rows[index]?.entity ?? index,
    overscan: OVERSCAN_ROWS,
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: it keeps the heights that it was told before
  useEffect(() => virtualizer.measure(), [virtualizer, rowHeight]);

  const active = useStore(editor.selection, (state) => state.active);
  const activeIndex = useMemo(() => rows.findIndex((row) => row.entity === active), [rows, active]);
  useEffect(() => {
    if (activeIndex >= 0) virtualizer.scrollToIndex(activeIndex, { align: 'auto' });
  }, [activeIndex, virtualizer]);

  const domIdOf = (row: RowState) => `${treeId}-${row.entity}`;
  const focusedRow = rows[input.focusedIndex];
  return (
    <ContextArea entries={() => objectMenu(editor)}>
      <div
        ref={scroller}
        role="tree"
        aria-label="Outliner"
        aria-multiselectable
        aria-activedescendant={focusedRow && domIdOf(focusedRow)}
        tabIndex={0}
        className={styles.scroller}
        {...input.handlers}
        {...drag.handlers}
        onPointerOver={(event) => editor.hover(entityUnder(event.target) ?? NO_ENTITY)}
        onPointerLeave={() => editor.hover(NO_ENTITY)}
      >
        <div
          ref={list}
          role="presentation"
          className={styles.tree}
          style={{ height: virtualizer.getTotalSize() }}
        >
          {virtualizer.getVirtualItems().map((item) => {
            const row = rows[item.index];
            return (
              row && (
                <OutlinerRow
                  key={item.key}
                  row={row}
                  domId={domIdOf(row)}
                  top={item.start}
                  sibling={places[item.index]}
                  focused={item.index === input.focusedIndex}
                  renaming={row.entity === input.renaming}
                  mayEdit={mayEdit}
                  onRenameEnd={input.endRename}
                />
              )
            );
          })}
          {drag.target && <DropMark target={drag.target} rowHeight={rowHeight} />}
        </div>
      </div>
    </ContextArea>
  );
}

/** Where a dragged row would land. */
function DropMark({
  target,
  rowHeight,
}: {
  readonly target: DropTarget;
  readonly rowHeight: number;
}) {
  const row = target.edge === 'after' ? target.index + 1 : target.index;
  const inside = target.edge === 'inside';
  const style = {
    '--depth': target.depth,
    top: row * rowHeight - (inside ? 0 : 1),
  } as CSSProperties;
  return <div className={inside ? styles.dropInside : styles.dropLine} style={style} />;
}
