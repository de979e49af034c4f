import {
  ArrowDownToLine,
  ClipboardCopy,
  ClipboardPaste,
  Copy,
  Eye,
  EyeOff,
  Focus,
  Group,
  Lock,
  LockOpen,
  Pencil,
  Scan,
  Scissors,
  Trash2,
  Ungroup,
} from 'lucide-react';
import type { Editor } from '../editor/editor.ts';
import { actionEntry } from './action-entry.ts';
import type { MenuEntry } from './primitives/menu.tsx';

/** What the context menus of the selected objects offer, in the outliner and in the view. */
export function objectMenu(editor: Editor): readonly MenuEntry[] {
  const isOn = (id: string) => editor.actions.get(id)?.checked?.() ?? false;
  const hidden = isOn('edit.hide');
  const locked = isOn('edit.lock');
  return [
    ...actionEntry(editor, 'view.frame', Focus, 'Frame in view'),
    ...actionEntry(editor, 'view.isolate', Scan, isOn('view.isolate') ? 'Show all' : 'Isolate'),
    '-',
    ...actionEntry(editor, 'edit.cut', Scissors),
    ...actionEntry(editor, 'edit.copy', ClipboardCopy),
    ...actionEntry(editor, 'edit.paste', ClipboardPaste),
    ...actionEntry(editor, 'edit.duplicate', Copy),
    '-',
    ...actionEntry(editor, 'edit.rename', Pencil),
    ...actionEntry(editor, 'edit.group', Group),
    ...actionEntry(editor, 'edit.ungroup', Ungroup),
    ...actionEntry(editor, 'edit.drop', ArrowDownToLine),
    '-',
    ...actionEntry(editor, 'edit.hide', hidden ? Eye : EyeOff, hidden ? 'Show' : 'Hide'),
    ...actionEntry(editor, 'edit.lock', locked ? LockOpen : Lock, locked ? 'Unlock' : 'Lock'),
    '-',
    ...actionEntry(editor, 'edit.delete', Trash2),
  ];
}
