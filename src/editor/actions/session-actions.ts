import type { EditorOptions } from '../editor-options.ts';
import type { Action } from './action.ts';

/** What the composition root lends: only what it lent is there. */
export function sessionActions(
  { share, importFiles }: Pick<EditorOptions, 'share' | 'importFiles'>,
  canEdit: () => boolean,
): Action[] {
  const actions: Action[] = [];
  if (share !== undefined) {
    actions.push({
      id: 'session.share',
      label: 'Share…',
      group: 'Session',
      icon: 'share-2',
      keys: [],
      enabled: () => true,
      run: share,
    });
  }
  if (importFiles !== undefined) {
    actions.push({
      id: 'file.import',
      label: 'Import…',
      group: 'File',
      icon: 'file-input',
      keys: ['Mod+O'],
      enabled: canEdit,
      run: importFiles,
    });
  }
  return actions;
}
