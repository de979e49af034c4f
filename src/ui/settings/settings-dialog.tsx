import { type ReactNode, useState } from 'react';
import { useStore } from 'zustand';
import type { Navigation } from '../../editor/editor.ts';
import { useEditor } from '../editor-context.tsx';
import { Button } from '../primitives/button.tsx';
import { Dialog } from '../primitives/dialog.tsx';
import { Segmented } from '../primitives/segmented.tsx';
import { Select } from '../primitives/select.tsx';
import { Switch } from '../primitives/switch.tsx';
import { StepField } from '../toolbar/step-field.tsx';
import { useAction } from '../use-action.ts';
import { preferences, type Theme } from './preferences.ts';
import styles from './settings.module.css';
import { SHOW_SHORTCUTS } from './shortcuts-dialog.tsx';

/** The action that opens it. */
export const SHOW_SETTINGS = 'session.settings';
/** The action that shows the tour again. */
export const SHOW_TOUR = 'session.tour';

const THEME_OPTIONS: readonly { readonly value: Theme; readonly label: string }[] = [
  { value: 'system', label: 'System' },
  { value: 'dark', label: 'Dark' },
  { value: 'light', label: 'Light' },
];

const MOUSE_OPTIONS: readonly { readonly value: Navigation; readonly label: string }[] = [
  { value: 'theta', label: 'Theta: left drag orbits' },
  { value: 'blender', label: 'Blender: middle orbits' },
  { value: 'maya', label: 'Maya, Unity: Alt orbits' },
];

/** What this person likes, in this browser; remembered at once. */
export function SettingsDialog() {
  const editor = useEditor();
  const [open, setOpen] = useState(false);
  useAction({
    id: SHOW_SETTINGS,
    label: 'Settings…',
    group: 'Session',
    icon: 'settings',
    keys: ['Mod+,'],
    enabled: () => true,
    run: () => setOpen(true),
  });
  const elsewhere = (id: string): void => {
    setOpen(false);
    editor.actions.run(id);
  };
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      title="Settings"
      description="For you, in this browser. Nobody else's screen changes."
    >
      <Appearance />
      <Editing />
      <section className={styles.section} aria-label="Help">
        <h3 className={styles.title}>Help</h3>
        <div className={styles.links}>
          <Button onClick={() => elsewhere(SHOW_SHORTCUTS)}>Keyboard shortcuts…</Button>
          <Button onClick={() => elsewhere(SHOW_TOUR)}>Show the tour again</Button>
        </div>
      </section>
    </Dialog>
  );
}

function Appearance() {
  const { theme, still } = useStore(preferences);
  return (
    <section className={styles.section} aria-label="Appearance">
      <h3 className={styles.title}>Appearance</h3>
      <Row name="Theme">
        <Segmented
          label="Theme"
          value={theme}
          options={THEME_OPTIONS}
          onChange={(value) => preferences.setState({ theme: value })}
        />
      </Row>
      <Row name="Reduce motion" note="Nothing slides or fades, whatever the system says.">
        <Switch
          label="Reduce motion"
          checked={still}
          onChange={(on) => preferences.setState({ still: on })}
        />
      </Row>
    </section>
  );
}

function Editing() {
  const editor = useEditor();
  const { navigation, grid, units } = useStore(editor.view);
  const { snap } = useStore(editor.tools);
  return (
    <section className={styles.section} aria-label="Editing">
      <h3 className={styles.title}>Editing</h3>
      <Row name="Mouse">
        <Select
          label="Mouse"
          value={navigation}
          options={MOUSE_OPTIONS}
          onChange={(value) => editor.setView({ navigation: value as Navigation })}
        />
      </Row>
      <Row name="Units of length" note="What fields show and take. The scene itself is in metres.">
        <Select
          label="Units of length"
          value={units}
          options={UNIT_OPTIONS}
          onChange={(value) => editor.setView({ units: value as typeof units })}
        />
      </Row>
      <Row name="Grid">
        <Switch label="Grid" checked={grid} onChange={(on) => editor.setView({ grid: on })} />
      </Row>
      <Row name="Snapping" note="Ctrl turns it round for a drag.">
        <Switch
          label="Snapping"
          checked={snap.enabled}
          onChange={(on) => editor.setSnap({ enabled: on })}
        />
      </Row>
      <div className={styles.steps}>
        <StepField name="position" label="Position" unit="m" value={snap.position} />
        <StepField name="angle" label="Angle" unit="°" value={snap.angle} />
        <StepField name="scale" label="Scale" unit="×" value={snap.scale} />
      </div>
    </section>
  );
}

const UNIT_OPTIONS = [
  { value: 'm', label: 'Metres' },
  { value: 'cm', label: 'Centimetres' },
  { value: 'mm', label: 'Millimetres' },
  { value: 'ft', label: 'Feet' },
  { value: 'in', label: 'Inches' },
] as const;

interface RowProps {
  readonly name: string;
  readonly note?: string;
  readonly children: ReactNode;
}

function Row({ name, note, children }: RowProps) {
  return (
    <div className={styles.row}>
      <div className={styles.what}>
        <p className={styles.name}>{name}</p>
        {note !== undefined && <p className={styles.note}>{note}</p>}
      </div>
      <div className={styles.control}>{children}</div>
    </div>
  );
}
