import { Eye, Lock, MousePointer2, Plus } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { InspectorState } from '../../editor/editor.ts';
import { useEditor, useMayEdit } from '../editor-context.tsx';
import { MaterialBar } from '../materials/material-bar.tsx';
import { Button } from '../primitives/button.tsx';
import { EmptyState } from '../primitives/empty-state.tsx';
import { Dropdown, type MenuEntry } from '../primitives/menu.tsx';
import { DraftField } from '../primitives/text-field.tsx';
import { counted } from '../wording.ts';
import styles from './inspector.module.css';
import { Section } from './section.tsx';
import { shownSections } from './shown-sections.ts';

/** The components and values of what is selected. */
export function Inspector() {
  const state = useStore(useEditor().inspector, (inspector) => inspector);
  const sections = useMemo(() => shownSections(state.sections), [state.sections]);
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  if (state.count === 0) return <NothingSelected />;

  const fold = (component: string, open: boolean) => {
    const next = new Set(folded);
    if (open) next.delete(component);
    else next.add(component);
    setFolded(next);
  };
  return (
    <div className={styles.scroller}>
      <Identity state={state} />
      {state.readOnly && <ReadOnlyNote />}
      {sections.map((section) => (
        <Section
          key={section.component}
          section={section}
          readOnly={state.readOnly}
          open={!folded.has(section.component)}
          onOpenChange={(open) => fold(section.component, open)}
        >
          {section.component === 'material' && state.material !== undefined && (
            <MaterialBar material={state.material} section={section} readOnly={state.readOnly} />
          )}
        </Section>
      ))}
      {!state.readOnly && state.addable.length > 0 && <AddComponent addable={state.addable} />}
    </div>
  );
}

function NothingSelected() {
  return (
    <EmptyState icon={MousePointer2} title="Nothing selected">
      Click something in the view or in the outliner to see and change its values.
    </EmptyState>
  );
}

function Identity({ state }: { readonly state: InspectorState }) {
  const editor = useEditor();
  const active = useStore(editor.selection, (selection) => selection.active);
  const several = state.count > 1;
  return (
    <div className={styles.identity}>
      <DraftField
        label="Name"
        className={styles.name}
        value={typeof state.name === 'string' ? state.name : ''}
        placeholder={typeof state.name === 'string' ? 'Unnamed' : 'Mixed names'}
        readOnly={state.readOnly || several}
        onCommit={(name) => editor.rename(active, name)}
      />
      {several && <span className={styles.count}>{counted(state.count, 'object')}</span>}
    </div>
  );
}

function ReadOnlyNote() {
  const mayEdit = useMayEdit();
  const Icon = mayEdit ? Lock : Eye;
  return (
    <p className={styles.readOnly}>
      <Icon size={14} aria-hidden />
      {mayEdit
        ? 'Locked. Unlock it to change its values.'
        : 'You are viewing. Values are read-only.'}
    </p>
  );
}

function AddComponent({ addable }: { readonly addable: InspectorState['addable'] }) {
  const editor = useEditor();
  const entries: readonly MenuEntry[] = addable.map(({ component, label }) => ({
    id: component,
    label,
    run: () => editor.addComponent(component),
  }));
  return (
    <div className={styles.add}>
      <Dropdown entries={() => entries} align="center">
        <Button look="secondary">
          <Plus size={14} aria-hidden />
          Add component
        </Button>
      </Dropdown>
    </div>
  );
}
