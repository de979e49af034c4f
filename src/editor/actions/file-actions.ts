import type { Action } from './action.ts';

/** Opening files. Panels add what they show themselves: sharing, renaming. */
export function fileActions(importFiles: () => void, canEdit: () => boolean): Action[] {
  return [
    {
      id: 'file.import',
      label: 'Import…',
      group: 'File',
      icon: 'file-input',
      keys: ['Mod+O'],
      enabled: canEdit,
      run: importFiles,
    },
  ];
}
