import type { Editor, Entity } from '../editor.ts';
import type { Scene } from '../scene.ts';
import type { Action } from './action.ts';

interface SelectionActionPorts {
  readonly scene: Scene;
  /** Every living object. */
  objects(): readonly Entity[];
}

/** What is selected. Hidden and locked objects are left out of "all". */
export function selectionActions(
  editor: Editor,
  { scene, objects }: SelectionActionPorts,
): Action[] {
  const selected = () => editor.selection.getState().entities;
  const selectable = () =>
    objects().filter((each) => !scene.isLocked(each) && !scene.isHidden(each));
  return [
    {
      id: 'selection.all',
      label: 'Select all',
      group: 'Selection',
      icon: 'box-select',
      keys: ['Mod+A'],
      enabled: () => true,
      run: () => editor.select(selectable()),
    },
    {
      id: 'selection.box',
      label: 'Box select',
      group: 'Selection',
      icon: 'square-dashed-mouse-pointer',
      keys: ['B'],
      enabled: () => true,
      checked: () => editor.tools.getState().boxSelecting,
      run: () => editor.armBoxSelect(),
    },
    {
      id: 'selection.none',
      label: 'Select none',
      group: 'Selection',
      keys: ['Escape'],
      enabled: () => selected().length > 0,
      run: () => editor.select([]),
    },
    {
      id: 'selection.invert',
      label: 'Invert selection',
      group: 'Selection',
      keys: ['Mod+I'],
      enabled: () => true,
      run: () => editor.select(selectable(), 'toggle'),
    },
  ];
}
