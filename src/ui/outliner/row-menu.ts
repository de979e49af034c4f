import { Copy, Eye, EyeOff, Focus, Group, Lock, LockOpen, Pencil, Trash2 } from 'lucide-react';
import type { Editor, FlagName } from '../../editor/editor.ts';
import type { MenuEntry } from '../primitives/menu.tsx';

/** What the context menu of the selected rows offers. */
export function rowMenu(editor: Editor, startRename: () => void): readonly MenuEntry[] {
  const { actions } = editor;
  const mayEdit = editor.connection.getState().role !== 'viewer';
  const nothing = editor.selection.getState().entities.length === 0;
  const disabled = !mayEdit || nothing;
  return [
    {
      id: 'frame',
      label: 'Frame in view',
      icon: Focus,
      keys: actions.shortcutOf('view.frame'),
      disabled: nothing,
      run: () => actions.run('view.frame'),
    },
    '-',
    {
      id: 'rename',
      label: 'Rename',
      icon: Pencil,
      keys: actions.shortcutOf('edit.rename'),
      disabled,
      run: startRename,
    },
    {
      id: 'duplicate',
      label: 'Duplicate',
      icon: Copy,
      keys: actions.shortcutOf('edit.duplicate'),
      disabled,
      run: () => editor.duplicateSelected(),
    },
    {
      id: 'group',
      label: 'Group',
      icon: Group,
      keys: actions.shortcutOf('edit.group'),
      disabled,
      run: () => editor.groupSelected(),
    },
    '-',
    flagEntry(editor, 'hidden', disabled),
    flagEntry(editor, 'locked', disabled),
    '-',
    {
      id: 'delete',
      label: 'Delete',
      icon: Trash2,
      keys: actions.shortcutOf('edit.delete'),
      disabled,
      run: () => editor.deleteSelected(),
    },
  ];
}

const FLAGS = {
  hidden: { on: { label: 'Show', icon: Eye }, off: { label: 'Hide', icon: EyeOff } },
  locked: { on: { label: 'Unlock', icon: LockOpen }, off: { label: 'Lock', icon: Lock } },
} as const;

/** Turns a flag of the whole selection the way its active entity does not have it. */
function flagEntry(editor: Editor, flag: FlagName, disabled: boolean): MenuEntry {
  const { entities, active } = editor.selection.getState();
  const on = editor.outliner.getState().rows.find((row) => row.entity === active)?.[flag] ?? false;
  return {
    id: flag,
    ...FLAGS[flag][on ? 'on' : 'off'],
    disabled,
    run: () => editor.setFlag(entities, flag, !on),
  };
}
