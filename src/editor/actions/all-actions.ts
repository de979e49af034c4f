import type { Editor } from '../editor.ts';
import type { EditorOptions } from '../editor-options.ts';
import type { EditorParts } from '../editor-parts.ts';
import type { Action } from './action.ts';
import { addActions } from './add-actions.ts';
import { cameraActions } from './camera-actions.ts';
import { clipboardActions } from './clipboard-actions.ts';
import { editActions } from './edit-actions.ts';
import { fileActions } from './file-actions.ts';
import { selectionActions } from './selection-actions.ts';
import { toolActions } from './tool-actions.ts';
import { viewActions } from './view-actions.ts';

/** The editor's own actions, in the order in which menus and the palette list them. */
export function allActions(
  editor: Editor,
  parts: EditorParts,
  { clipboard, importFiles }: Pick<EditorOptions, 'clipboard' | 'importFiles'>,
): Action[] {
  const { scene, canEdit, outliner } = parts;
  return [
    ...toolActions(editor),
    ...editActions(editor, { scene, canEdit }),
    ...(clipboard === undefined ? [] : clipboardActions(editor, clipboard, canEdit)),
    ...selectionActions(editor, { scene, objects: () => outliner.entities() }),
    ...addActions(editor, canEdit),
    ...cameraActions(editor, parts.edits),
    ...viewActions(editor, () => parts.viewport),
    ...(importFiles === undefined ? [] : fileActions(importFiles, canEdit)),
  ];
}
