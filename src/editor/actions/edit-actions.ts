import type { Editor } from '../editor.ts';
import type { Scene } from '../scene.ts';
import type { Action } from './action.ts';

interface EditActionPorts {
  readonly scene: Scene;
  canEdit(): boolean;
}

/** Undo, and what is done to the selected entities. */
export function editActions(editor: Editor, ports: EditActionPorts): Action[] {
  const { scene, canEdit } = ports;
  const selected = () => editor.selection.getState().entities;
  const some = () => canEdit() && selected().length > 0;
  const every = (flag: 'hidden' | 'locked') =>
    selected().every((each) => scene.hasFlag(each, flag));
  const flagAction = (flag: 'hidden' | 'locked', keys: readonly string[]): Action => ({
    id: flag === 'hidden' ? 'edit.hide' : 'edit.lock',
    label: flag === 'hidden' ? 'Hide' : 'Lock',
    group: 'Edit',
    icon: flag === 'hidden' ? 'eye-off' : 'lock',
    keys,
    enabled: some,
    checked: () => selected().length > 0 && every(flag),
    run: () => editor.setFlag(selected(), flag, !every(flag)),
  });
  return [
    {
      id: 'edit.undo',
      label: 'Undo',
      group: 'Edit',
      icon: 'undo-2',
      keys: ['Mod+Z'],
      repeats: true,
      enabled: () => canEdit() && editor.history.getState().canUndo,
      run: () => editor.undo(),
    },
    {
      id: 'edit.redo',
      label: 'Redo',
      group: 'Edit',
      icon: 'redo-2',
      keys: ['Mod+Shift+Z', 'Mod+Y'],
      repeats: true,
      enabled: () => canEdit() && editor.history.getState().canRedo,
      run: () => editor.redo(),
    },
    {
      id: 'edit.duplicate',
      label: 'Duplicate',
      group: 'Edit',
      icon: 'copy',
      keys: ['Mod+D'],
      enabled: some,
      run: () => editor.duplicateSelected(),
    },
    {
      id: 'edit.delete',
      label: 'Delete',
      group: 'Edit',
      icon: 'trash-2',
      keys: ['Delete', 'Backspace'],
      enabled: some,
      run: () => editor.deleteSelected(),
    },
    {
      id: 'edit.group',
      label: 'Group',
      group: 'Edit',
      icon: 'group',
      keys: ['Mod+G'],
      enabled: some,
      run: () => editor.groupSelected(),
    },
    {
      id: 'edit.ungroup',
      label: 'Ungroup',
      group: 'Edit',
      icon: 'ungroup',
      keys: ['Mod+Shift+G'],
      enabled: () => some() && selected().some((each) => scene.kindOf(each) === 'group'),
      run: () => editor.ungroupSelected(),
    },
    {
      id: 'edit.drop',
      label: 'Drop to the floor',
      group: 'Edit',
      icon: 'arrow-down-to-line',
      keys: ['End'],
      enabled: some,
      run: () => editor.dropSelected(),
    },
    flagAction('hidden', ['H']),
    flagAction('locked', ['L']),
  ];
}
