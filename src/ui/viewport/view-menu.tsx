import {
  BoxSelect,
  ClipboardPaste,
  Cuboid,
  Eye,
  Grid3x3,
  Maximize,
  Plane,
  Plus,
  Scan,
  SquareDashedMousePointer,
} from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import type { Editor } from '../../editor/editor.ts';
import { actionEntry } from '../action-entry.ts';
import { useEditor } from '../editor-context.tsx';
import { objectMenu } from '../object-menu.ts';
import { ContextArea, type MenuEntry } from '../primitives/menu.tsx';
import { addEntries } from '../toolbar/add-entries.ts';
import { axisEntries, shadingChoices } from './view-entries.ts';
import styles from './viewport-overlays.module.css';

/** What there is to do where no object is. */
function sceneMenu(editor: Editor): readonly MenuEntry[] {
  const isolated = editor.view.getState().isolated.length > 0;
  const mayAdd = editor.actions.get('add.box')?.enabled() === true;
  return [
    { id: 'add', label: 'Add', icon: Plus, disabled: !mayAdd, entries: addEntries(editor) },
    ...actionEntry(editor, 'edit.paste', ClipboardPaste),
    '-',
    ...actionEntry(editor, 'selection.all', BoxSelect),
    ...actionEntry(editor, 'selection.box', SquareDashedMousePointer),
    ...(isolated ? actionEntry(editor, 'view.isolate', Scan, 'Show all') : []),
    '-',
    { id: 'shading', label: 'Shading', icon: Eye, entries: shadingChoices(editor) },
    { id: 'axes', label: 'Look from', icon: Cuboid, entries: axisEntries(editor) },
    ...actionEntry(editor, 'view.frameAll', Maximize),
    ...actionEntry(editor, 'view.fly', Plane),
    ...actionEntry(editor, 'view.grid', Grid3x3),
  ];
}

/** The menu that a right click, a long press or a key asks for in the view. */
export function ViewMenu() {
  const editor = useEditor();
  const menu = useStore(editor.view, (state) => state.menu);
  const corner = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    if (menu === null || corner.current === null) return;
    const { left, top } = corner.current.getBoundingClientRect();
    const place = { clientX: left + menu.x, clientY: top + menu.y };
    corner.current.dispatchEvent(
      new MouseEvent('contextmenu', { bubbles: true, cancelable: true, ...place }),
    );
  }, [menu]);
  return (
    <ContextArea
      entries={() => (menu?.about === 'selection' ? objectMenu(editor) : sceneMenu(editor))}
      onClose={() => editor.setView({ menu: null })}
    >
      <span ref={corner} className={styles.corner} />
    </ContextArea>
  );
}
