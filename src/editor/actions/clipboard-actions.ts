import { messageOf } from '../../shared/errors.ts';
import type { Editor } from '../editor.ts';
import type { ClipboardPort } from '../editor-options.ts';
import type { Action } from './action.ts';

/** Copying through the system's clipboard, hence also from one tab to another. */
export function clipboardActions(
  editor: Editor,
  clipboard: ClipboardPort,
  canEdit: () => boolean,
): Action[] {
  const selected = () => editor.selection.getState().entities.length > 0;
  const complain = (error: unknown): void => {
    const text = `The browser does not give access to the clipboard: ${messageOf(error)}`;
    editor.notify({ kind: 'error', text });
  };
  const copy = (afterwards: () => void): void => {
    const text = editor.copySelected();
    if (text !== undefined) clipboard.writeText(text).then(afterwards).catch(complain);
  };
  const paste = (text: string): void => {
    if (editor.paste(text)) return;
    editor.notify({ kind: 'info', text: 'There are no objects on the clipboard.' });
  };
  return [
    {
      id: 'edit.copy',
      label: 'Copy',
      group: 'Edit',
      icon: 'clipboard-copy',
      keys: ['Mod+C'],
      enabled: selected,
      run: () => copy(() => undefined),
    },
    {
      id: 'edit.cut',
      label: 'Cut',
      group: 'Edit',
      icon: 'scissors',
      keys: ['Mod+X'],
      enabled: () => canEdit() && selected(),
      run: () => copy(() => editor.deleteSelected()),
    },
    {
      id: 'edit.paste',
      label: 'Paste',
      group: 'Edit',
      icon: 'clipboard-paste',
      keys: ['Mod+V'],
      enabled: canEdit,
      run: () => {
        clipboard.readText().then(paste).catch(complain);
      },
    },
  ];
}
