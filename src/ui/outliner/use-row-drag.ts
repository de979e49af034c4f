import { type DragEvent, type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import type { Entity, OutlinerRow } from '../../editor/editor.ts';
import { useEditor } from '../editor-context.tsx';
import { type DropTarget, dropTargetAt } from './drop-target.ts';
import { edgeScroll } from './edge-scroll.ts';
import { entityUnder } from './entity-under.ts';

/** What drags within the outliner carry; other drags (files) are not its. */
const DRAG_TYPE = 'application/x-theta-entities';

export interface RowDrag {
  readonly target: DropTarget | undefined;
  readonly handlers: {
    onDragStart(event: DragEvent): void;
    onDragOver(event: DragEvent): void;
    onDragLeave(event: DragEvent): void;
    onDrop(event: DragEvent): void;
    onDragEnd(): void;
  };
}

/** How long a drag rests on a closed row before it opens. */
const OPEN_MS = 600;

/** Dragging rows to another parent or another place among their siblings. */
export function useRowDrag(
  rows: readonly OutlinerRow[],
  list: RefObject<HTMLElement | null>,
  scroller: RefObject<HTMLElement | null>,
  rowHeight: number,
): RowDrag {
  const editor = useEditor();
  const dragged = useRef<ReadonlySet<Entity>>(new Set());
  const [target, setTarget] = useState<DropTarget | undefined>();

  const targetOf = (event: DragEvent): DropTarget | undefined => {
    if (dragged.current.size === 0 || !list.current) return undefined;
    const top = list.current.getBoundingClientRect().top;
    return dropTargetAt(rows, (event.clientY - top) / rowHeight, dragged.current);
  };
  const edge = useEdgeScroll(scroller);
  useOpenOnHover(rows, target);
  const end = () => {
    dragged.current = new Set();
    edge.stop();
    setTarget(undefined);
  };
  return {
    target,
    handlers: {
      onDragStart(event) {
        const entity = entityUnder(event.target);
        const row = rows.find((candidate) => candidate.entity === entity);
        if (!row) return;
        const { entities } = editor.selection.getState();
        dragged.current = new Set(row.selected ? entities : [row.entity]);
        event.dataTransfer.setData(DRAG_TYPE, '');
        event.dataTransfer.effectAllowed = 'move';
      },
      onDragOver(event) {
        if (dragged.current.size === 0) return;
        edge.follow(event.clientY);
        const next = targetOf(event);
        if (next) {
          event.preventDefault();
          event.dataTransfer.dropEffect = 'move';
        }
        setTarget((shown) => (sameTarget(shown, next) ? shown : next));
      },
      onDragLeave(event) {
        const to = event.relatedTarget;
        if (to instanceof Node && event.currentTarget.contains(to)) return;
        edge.stop();
        setTarget(undefined);
      },
      onDrop(event) {
        const dropped = targetOf(event);
        const entities = [...dragged.current];
        end();
        if (!dropped) return;
        event.preventDefault();
        editor.reparent(entities, dropped.parent, dropped.place);
      },
      onDragEnd: end,
    },
  };
}

/** Scrolls while a drag rests near the list's upper or lower edge. */
function useEdgeScroll(scroller: RefObject<HTMLElement | null>) {
  const pointer = useRef<number | undefined>(undefined);
  const frame = useRef(0);
  const step = useCallback(() => {
    const box = scroller.current?.getBoundingClientRect();
    if (pointer.current === undefined || !box) return;
    scroller.current?.scrollBy(0, edgeScroll(pointer.current, box.top, box.bottom));
    frame.current = requestAnimationFrame(step);
  }, [scroller]);
  const stop = useCallback(() => {
    pointer.current = undefined;
    cancelAnimationFrame(frame.current);
  }, []);
  useEffect(() => stop, [stop]);
  return {
    stop,
    follow(clientY: number) {
      const begins = pointer.current === undefined;
      pointer.current = clientY;
      if (begins) step();
    },
  };
}

/** Opens a closed row that a drag rests on. */
function useOpenOnHover(rows: readonly OutlinerRow[], target: DropTarget | undefined): void {
  const editor = useEditor();
  const row = target?.edge === 'inside' ? rows[target.index] : undefined;
  const closed = row?.hasChildren === true && !row.expanded ? row.entity : undefined;
  useEffect(() => {
    if (closed === undefined) return undefined;
    const timer = setTimeout(() => editor.toggleExpanded(closed), OPEN_MS);
    return () => clearTimeout(timer);
  }, [editor, closed]);
}

function sameTarget(a: DropTarget | undefined, b: DropTarget | undefined): boolean {
  return a?.index === b?.index && a?.edge === b?.edge && a?.depth === b?.depth;
}
