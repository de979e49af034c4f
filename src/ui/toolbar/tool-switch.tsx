import { type LucideIcon, MousePointer2, Move3d, Rotate3d, Scale3d } from 'lucide-react';
import { useStore } from 'zustand';
import type { ToolName } from '../../editor/editor.ts';
import { useEditor, useMayEdit } from '../editor-context.tsx';
import { Segmented } from '../primitives/segmented.tsx';

const TOOLS: readonly { value: ToolName; label: string; icon: LucideIcon; edits: boolean }[] = [
  { value: 'select', label: 'Select', icon: MousePointer2, edits: false },
  { value: 'move', label: 'Move', icon: Move3d, edits: true },
  { value: 'rotate', label: 'Rotate', icon: Rotate3d, edits: true },
  { value: 'scale', label: 'Scale', icon: Scale3d, edits: true },
];

/** Which tool the pointer holds. */
export function ToolSwitch() {
  const editor = useEditor();
  const mayEdit = useMayEdit();
  const tool = useStore(editor.tools, (state) => state.tool);
  const options = TOOLS.map(({ value, label, icon, edits }) => ({
    value,
    label,
    icon,
    keys: editor.actions.shortcutOf(`tool.${value}`),
    disabled: edits && !mayEdit,
  }));
  return (
    <Segmented
      label="Tool"
      look="accent"
      value={tool}
      options={options}
      onChange={(chosen) => editor.setTool(chosen)}
    />
  );
}
