import {
  Axis3d,
  ChevronDown,
  CircleDot,
  CircleDotDashed,
  Crosshair,
  Globe,
  type LucideIcon,
  Magnet,
} from 'lucide-react';
import { useStore } from 'zustand';
import type { PivotChoice, SnapTarget } from '../../editor/editor.ts';
import { useEditor } from '../editor-context.tsx';
import { Button, IconButton } from '../primitives/button.tsx';
import { classNames } from '../primitives/class-names.ts';
import { Dropdown } from '../primitives/menu.tsx';
import { Popover } from '../primitives/popover.tsx';
import { Select } from '../primitives/select.tsx';
import { Tooltip } from '../primitives/tooltip.tsx';
import { StepField } from './step-field.tsx';
import styles from './toolbar.module.css';

/** Whether the gizmo's axes are the world's or the entity's own. */
export function SpaceToggle() {
  const editor = useEditor();
  const space = useStore(editor.tools, (state) => state.space);
  const world = space === 'world';
  const Icon = world ? Globe : Axis3d;
  return (
    <Tooltip
      label={world ? 'World axes' : 'Local axes'}
      hint={world ? 'Switch to the object’s own axes' : 'Switch to the world’s axes'}
      keys={editor.actions.shortcutOf('tool.space')}
    >
      <Button
        className={styles.space}
        aria-label={`Axes: ${space}`}
        onClick={() => editor.setSpace(world ? 'local' : 'world')}
      >
        <Icon size={16} aria-hidden />
        {world ? 'World' : 'Local'}
      </Button>
    </Tooltip>
  );
}

const PIVOTS: readonly { value: PivotChoice; label: string; short: string; icon: LucideIcon }[] = [
  { value: 'median', label: 'Middle of the selection', short: 'Middle', icon: CircleDot },
  { value: 'active', label: 'Active object', short: 'Active', icon: Crosshair },
  { value: 'own', label: 'Each object’s own origin', short: 'Own', icon: CircleDotDashed },
];

/** What the selected objects turn and grow about. */
export function PivotMenu() {
  const editor = useEditor();
  const pivot = useStore(editor.tools, (state) => state.pivot);
  const { short, label, icon: Icon } = PIVOTS.find(({ value }) => value === pivot)!;
  const entries = () => [
    { heading: 'Pivot' },
    ...PIVOTS.map(({ value, label: name, icon }) => ({
      id: value,
      label: name,
      icon,
      run: () => editor.setPivot(value),
    })),
  ];
  return (
    <Dropdown entries={entries}>
      <Button
        className={styles.pivot}
        aria-label={`Pivot: ${label}`}
        title={`Pivot: ${label} (${editor.actions.shortcutOf('tool.pivot')})`}
      >
        <Icon size={16} aria-hidden />
        {short}
      </Button>
    </Dropdown>
  );
}

const SNAP_TARGETS: readonly { value: SnapTarget; label: string }[] = [
  { value: 'grid', label: 'Grid' },
  { value: 'increment', label: 'Increments' },
  { value: 'vertex', label: 'Vertices' },
  { value: 'surface', label: 'Surfaces' },
];

/** Snapping on or off, and its steps. */
export function SnapToggle() {
  const editor = useEditor();
  const snap = useStore(editor.tools, (state) => state.snap);
  return (
    <div className={styles.joined}>
      <IconButton
        label={snap.enabled ? 'Snapping is on' : 'Snapping is off'}
        hint="Hold Ctrl to turn it round for a moment"
        keys={editor.actions.shortcutOf('tool.snap')}
        aria-pressed={snap.enabled}
        className={classNames(snap.enabled && styles.snapOn)}
        onClick={() => editor.setSnap({ enabled: !snap.enabled })}
      >
        <Magnet size={16} aria-hidden />
      </IconButton>
      <Popover
        label="Snapping"
        align="start"
        className={styles.steps}
        trigger={
          <Button size="icon" aria-label="Snapping steps">
            <ChevronDown size={12} aria-hidden />
          </Button>
        }
      >
        <p className={styles.stepsTitle}>Snapping</p>
        <div className={styles.stepRows}>
          <span>Move to</span>
          <Select
            label="Snap moves to"
            value={snap.to}
            options={SNAP_TARGETS}
            onChange={(to) => editor.setSnap({ to: to as SnapTarget })}
          />
          <StepField name="position" label="Position" unit="m" value={snap.position} />
          <StepField name="angle" label="Angle" unit="°" value={snap.angle} />
          <StepField name="scale" label="Scale" unit="×" value={snap.scale} />
        </div>
        <p className={styles.stepsHint}>Hold Ctrl while dragging to turn snapping on or off.</p>
      </Popover>
    </div>
  );
}
