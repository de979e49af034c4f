import type { Editor } from '../editor.ts';
import type { ViewportPort } from '../viewport-port.ts';
import type { Action } from './action.ts';

/** Where the camera looks, and what helps it. */
export function viewActions(editor: Editor, viewport: () => ViewportPort | undefined): Action[] {
  const shown = () => viewport() !== undefined;
  const selected = () => editor.selection.getState().entities;
  return [
    {
      id: 'view.frame',
      label: 'Frame selection',
      group: 'View',
      icon: 'focus',
      keys: ['F'],
      enabled: shown,
      run: () => (selected().length > 0 ? viewport()?.frame(selected()) : viewport()?.frameAll()),
    },
    {
      id: 'view.frameAll',
      label: 'Frame all',
      group: 'View',
      icon: 'maximize',
      keys: ['Home'],
      enabled: shown,
      run: () => viewport()?.frameAll(),
    },
    {
      id: 'view.grid',
      label: 'Grid',
      group: 'View',
      icon: 'grid-3x3',
      keys: ['G'],
      enabled: shown,
      checked: () => viewport()?.gridVisible ?? false,
      run: () => viewport()?.setGridVisible(!viewport()?.gridVisible),
    },
  ];
}
