import type { Editor } from '../../editor/editor.ts';
import type { Widget } from './widget.ts';

/** A button for one of the editor's actions, as menus and keys have it. */
export function actionButton(editor: Editor, id: string, label?: string): Widget {
  const action = editor.actions.get(id);
  return {
    look: 'button',
    label: label ?? action?.label ?? id,
    disabled: action === undefined || !action.enabled(),
    active: action?.checked?.() ?? false,
    run: () => {
      editor.actions.run(id);
    },
  };
}

/** Whether what was done is kept, in words; else what keeps it from being so. */
export function connectionLine(editor: Editor): Widget {
  const { status, pending, role, problem } = editor.connection.getState();
  const [notice] = editor.notices.getState().items.slice(-1);
  const waiting = pending === 1 ? '1 edit waits' : `${pending} edits wait`;
  const said = status === 'connected' ? (pending > 0 ? waiting : `Saved · ${role}`) : 'Offline';
  const color = status === 'connected' ? '#8cc265' : '#f2c14e';
  if (notice?.kind === 'error') return { look: 'text', label: notice.text, color: '#e2574c' };
  return { look: 'text', label: problem ?? said, color };
}
