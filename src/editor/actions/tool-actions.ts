import type { Editor, ToolName } from '../editor.ts';
import type { Action } from './action.ts';

const TOOLS: readonly { tool: ToolName; label: string; icon: string; key: string }[] = [
  { tool: 'select', label: 'Select', icon: 'mouse-pointer-2', key: 'Q' },
  { tool: 'move', label: 'Move', icon: 'move-3d', key: 'W' },
  { tool: 'rotate', label: 'Rotate', icon: 'rotate-3d', key: 'E' },
  { tool: 'scale', label: 'Scale', icon: 'scale-3d', key: 'R' },
];

/** The tools, and how they work. */
export function toolActions(editor: Editor): Action[] {
  const state = () => editor.tools.getState();
  const tools = TOOLS.map(
    ({ tool, label, icon, key }): Action => ({
      id: `tool.${tool}`,
      label,
      group: 'Tools',
      icon,
      keys: [key],
      enabled: () => true,
      checked: () => state().tool === tool,
      run: () => editor.setTool(tool),
    }),
  );
  return [
    ...tools,
    {
      id: 'tool.space',
      label: 'Local axes',
      group: 'Tools',
      icon: 'axis-3d',
      keys: ['X'],
      enabled: () => true,
      checked: () => state().space === 'local',
      run: () => editor.setSpace(state().space === 'local' ? 'world' : 'local'),
    },
    {
      id: 'tool.snap',
      label: 'Snap',
      group: 'Tools',
      icon: 'magnet',
      keys: [],
      enabled: () => true,
      checked: () => state().snap.enabled,
      run: () => editor.setSnap({ enabled: !state().snap.enabled }),
    },
  ];
}
