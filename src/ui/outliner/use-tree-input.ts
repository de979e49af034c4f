import {
  type KeyboardEvent,
  type MouseEvent,
  type RefObject,
  useCallback,
  useEffect,
  useRef,
  useState,
} from 'react';
import { useStore } from 'zustand';
import { type Entity, NO_ENTITY, type OutlinerRow } from '../../editor/editor.ts';
import { useEditor, useMayEdit } from '../editor-context.tsx';
import { useAction } from '../use-action.ts';
import { entityUnder, isInControl } from './entity-under.ts';
import { rowRange } from './tree.ts';
import { treeIntent } from './tree-keys.ts';
import { treeMove } from './tree-moves.ts';

export interface TreeInput {
  /** Of the row that keys act on; -1 for none. */
  readonly focusedIndex: number;
  /** The entity whose name is being typed; `NO_ENTITY` for none. */
  readonly renaming: Entity;
  readonly endRename: () => void;
  readonly handlers: {
    onClick(event: MouseEvent): void;
    onDoubleClick(event: MouseEvent): void;
    onContextMenu(event: MouseEvent): void;
    onKeyDown(event: KeyboardEvent): void;
  };
}

/** Selecting and renaming in the tree, by pointer and by keys. */
export function useTreeInput(
  rows: readonly OutlinerRow[],
  scroller: RefObject<HTMLElement | null>,
): TreeInput {
  const editor = useEditor();
  const mayEdit = useMayEdit();
  const active = useStore(editor.selection, (state) => state.active);
  const [focused, setFocused] = useState<Entity>(NO_ENTITY);
  const [renaming, setRenaming] = useState<Entity>(NO_ENTITY);
  /** Where a range by Shift begins. */
  const anchor = useRef<Entity>(NO_ENTITY);

  useEffect(() => setFocused(active), [active]);
  const focusedIndex = rows.findIndex((row) => row.entity === focused);

  const rename = useCallback(
    (entity: Entity) => {
      if (!mayEdit || entity === NO_ENTITY) return;
      editor.reveal(entity);
      setRenaming(entity);
    },
    [editor, mayEdit],
  );
  useAction({
    id: 'edit.rename',
    label: 'Rename',
    group: 'Edit',
    icon: 'pencil',
    keys: ['F2'],
    enabled: () => mayEdit && active !== NO_ENTITY,
    run: () => rename(active),
  });

  const selectTo = (entity: Entity, extend: boolean) => {
    setFocused(entity);
    if (extend && anchor.current !== NO_ENTITY) {
      editor.select(rowRange(rows, anchor.current, entity));
    } else {
      anchor.current = entity;
      editor.select([entity]);
    }
  };
  const toggleSelected = (entity: Entity) => {
    setFocused(entity);
    anchor.current = entity;
    editor.select([entity], 'toggle');
  };

  /** The keyboard's way of dragging. */
  const moveRow = (event: KeyboardEvent) => {
    const row = rows[focusedIndex];
    const move = row && mayEdit && treeMove(rows, focusedIndex, event.key);
    if (!move) return;
    event.preventDefault();
    event.stopPropagation();
    editor.reparent([row.entity], move.parent, move.place);
    editor.reveal(row.entity);
    setFocused(row.entity);
  };

  return {
    focusedIndex,
    renaming,
    endRename: useCallback(() => {
      setRenaming(NO_ENTITY);
      scroller.current?.focus({ preventScroll: true });
    }, [scroller]),
    handlers: {
      onClick(event) {
        if (isInControl(event.target)) return;
        const entity = entityUnder(event.target);
        if (entity === undefined) editor.select([]);
        else if (event.ctrlKey || event.metaKey) toggleSelected(entity);
        else selectTo(entity, event.shiftKey);
        scroller.current?.focus({ preventScroll: true });
      },
      onDoubleClick(event) {
        const entity = entityUnder(event.target);
        if (entity !== undefined && !isInControl(event.target)) rename(entity);
      },
      onContextMenu(event) {
        const entity = entityUnder(event.target);
        const row = rows.find((candidate) => candidate.entity === entity);
        if (row && !row.selected) selectTo(row.entity, false);
      },
      onKeyDown(event) {
        if (event.ctrlKey || event.metaKey) return;
        if (event.altKey) {
          moveRow(event);
          return;
        }
        const intent = treeIntent(rows, focusedIndex, { key: event.key, shift: event.shiftKey });
        if (!intent) return;
        event.preventDefault();
        event.stopPropagation();
        if (intent.kind === 'toggle') editor.toggleExpanded(intent.entity);
        else if (intent.kind === 'toggle-selected') toggleSelected(intent.entity);
        else if (intent.kind === 'rename') rename(intent.entity);
        else selectTo(rows[intent.index]?.entity ?? NO_ENTITY, intent.extend);
      },
    },
  };
}
