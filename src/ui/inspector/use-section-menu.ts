import { ClipboardCopy, ClipboardPaste, RotateCcw, Trash2 } from 'lucide-react';
import type { Editor, InspectorSection } from '../../editor/editor.ts';
import { actionEntry } from '../action-entry.ts';
import { useEditor } from '../editor-context.tsx';
import type { MenuEntry } from '../primitives/menu.tsx';
import { useAction } from '../use-action.ts';

/** What can be done to one component of what is selected: actions as any other, and a menu of them. */
export function useSectionMenu(
  { component, label, removable }: InspectorSection,
  readOnly: boolean,
): () => readonly MenuEntry[] {
  const editor = useEditor();
  const name = label.toLowerCase();
  const [copy, reset, remove] = ['copy', 'reset', 'remove'].map(
    (verb) => `component.${verb}.${component}`,
  ) as [string, string, string];
  const common = { group: 'Edit', keys: [] } as const;
  useAction({
    ...common,
    id: copy,
    label: `Copy ${name}`,
    enabled: () => true,
    run: () => copyComponent(editor, component, label),
  });
  useAction({
    ...common,
    id: reset,
    label: `Reset ${name}`,
    enabled: () => !readOnly,
    run: () => editor.resetComponent(component),
  });
  useAction({
    ...common,
    id: remove,
    label: `Remove ${name}`,
    enabled: () => !readOnly && removable,
    run: () => editor.removeComponent(component),
  });
  return () => [
    ...actionEntry(editor, copy, ClipboardCopy),
    ...actionEntry(editor, 'edit.paste', ClipboardPaste, 'Paste'),
    '-',
    ...actionEntry(editor, reset, RotateCcw),
    ...actionEntry(editor, remove, Trash2),
  ];
}

function copyComponent(editor: Editor, component: string, label: string): void {
  const text = editor.copyComponent(component);
  if (text === undefined) return;
  navigator.clipboard.writeText(text).then(
    () => editor.notify({ kind: 'success', text: `${label} copied. Paste it onto other objects.` }),
    () => editor.notify({ kind: 'error', text: 'The browser does not let this page copy.' }),
  );
}
