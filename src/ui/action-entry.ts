import type { LucideIcon } from 'lucide-react';
import type { Editor } from '../editor/editor.ts';
import type { MenuEntry } from './primitives/menu.tsx';

/** A menu's line for one of the editor's actions; no line when there is no such action. */
export function actionEntry(
  editor: Editor,
  id: string,
  icon: LucideIcon,
  label?: string,
): readonly MenuEntry[] {
  const action = editor.actions.get(id);
  if (!action) return [];
  return [
    {
      id,
      icon,
      label: label ?? action.label,
      keys: editor.actions.shortcutOf(id),
      disabled: !action.enabled(),
      run: () => editor.actions.run(id),
    },
  ];
}
