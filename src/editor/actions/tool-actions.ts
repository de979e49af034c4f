import type { Editor, PivotChoice, SnapTarget, ToolName } from '../editor.ts';
import type { Action } from './action.ts';

const TOOLS: readonly { tool: ToolName; label: string; icon: string; key: string }[] = [
  { tool: 'select', label: 'Select', icon: 'mouse-pointer-2', key: 'Q' },
  { tool: 'move', label: 'Move', icon: 'move-3d', key: 'W' },
  { tool: 'rotate', label: 'Rotate', icon: 'rotate-3d', key: 'E' },
  { tool: 'scale', label: 'Scale', icon: 'scale-3d', key: 'R' },
];

const PIVOTS: readonly { pivot: PivotChoice; label: string }[] = [
  { pivot: 'median', label: 'Pivot: middle of the selection' },
  { pivot: 'active', label: 'Pivot: active object' },
  { pivot: 'own', label: 'Pivot: each object’s own' },
];

const SNAP_TARGETS: readonly { to: SnapTarget; label: string }[] = [
  { to: 'grid', label: 'Snap to the grid' },
  { to: 'increment', label: 'Snap by increments' },
  { to: 'vertex', label: 'Snap to vertices' },
  { to: 'surface', label: 'Snap to surfaces' },
];

/** The tools, and how they work. */
export function toolActions(editor: Editor): Action[] {
  const state = () => editor.tools.getState();
  const action = (
    part: Pick<Action, 'id' | 'label' | 'run'> & Partial<Action>,
    ...keys: readonly string[]
  ): Action => ({ group: 'Tools', keys, enabled: () => true, ...part });
  const nextPivot = (): PivotChoice => {
    const at = PIVOTS.findIndex(({ pivot }) => pivot === state().pivot);
    return PIVOTS[(at + 1) % PIVOTS.length]!.pivot;
  };
  return [
    ...TOOLS.map(({ tool, label, icon, key }) =>
      action(
        {
          id: `tool.${tool}`,
          label,
          icon,
          checked: () => state().tool === tool,
          run: () => editor.setTool(tool),
        },
        key,
      ),
    ),
    action(
      {
        id: 'tool.space',
        label: 'Local axes',
        icon: 'axis-3d',
        checked: () => state().space === 'local',
        run: () => editor.setSpace(state().space === 'local' ? 'world' : 'local'),
      },
      'X',
    ),
    action({ id: 'tool.pivot', label: 'Next pivot', run: () => editor.setPivot(nextPivot()) }, '.'),
    ...PIVOTS.map(({ pivot, label }) =>
      action({
        id: `tool.pivot.${pivot}`,
        label,
        checked: () => state().pivot === pivot,
        run: () => editor.setPivot(pivot),
      }),
    ),
    action(
      {
        id: 'tool.snap',
        label: 'Snap',
        icon: 'magnet',
        checked: () => state().snap.enabled,
        run: () => editor.setSnap({ enabled: !state().snap.enabled }),
      },
      'Shift+G',
    ),
    ...SNAP_TARGETS.map(({ to, label }) =>
      action({
        id: `tool.snap.${to}`,
        label,
        checked: () => state().snap.to === to,
        run: () => editor.setSnap({ to }),
      }),
    ),
  ];
}
