import {
  ChevronRight,
  ClipboardCopy,
  ClipboardPaste,
  Ellipsis,
  RotateCcw,
  Trash2,
} from 'lucide-react';
import { Collapsible } from 'radix-ui';
import type { ReactNode } from 'react';
import type { Editor, InspectorSection } from '../../editor/editor.ts';
import { actionEntry } from '../action-entry.ts';
import { useEditor } from '../editor-context.tsx';
import { Button } from '../primitives/button.tsx';
import { ContextArea, Dropdown, type MenuEntry } from '../primitives/menu.tsx';
import { FieldRow } from './field-row.tsx';
import styles from './inspector.module.css';

export interface SectionProps {
  readonly section: InspectorSection;
  readonly readOnly: boolean;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  /** Stands above the fields. */
  readonly children?: ReactNode;
}

/** One component of the selected entities, under a heading that folds it. */
export function Section({ section, readOnly, open, onOpenChange, children }: SectionProps) {
  const editor = useEditor();
  const entries = () => sectionEntries(editor, section, readOnly);
  return (
    <Collapsible.Root className={styles.section} open={open} onOpenChange={onOpenChange}>
      <ContextArea entries={entries}>
        <h3 className={styles.sectionHeader}>
          <Collapsible.Trigger className={styles.sectionToggle}>
            <ChevronRight size={14} aria-hidden />
            {section.label}
          </Collapsible.Trigger>
          <Dropdown entries={entries} align="end">
            <Button size="iconSmall" className={styles.more} aria-label={`${section.label} menu`}>
              <Ellipsis size={14} aria-hidden />
            </Button>
          </Dropdown>
        </h3>
      </ContextArea>
      <Collapsible.Content>
        <div className={styles.fields}>
          {children}
          {section.fields.map((field) => (
            <FieldRow
              key={field.name}
              component={section.component}
              field={field}
              readOnly={readOnly}
            />
          ))}
        </div>
      </Collapsible.Content>
    </Collapsible.Root>
  );
}

function sectionEntries(
  editor: Editor,
  { component, label, removable }: InspectorSection,
  readOnly: boolean,
): readonly MenuEntry[] {
  const name = label.toLowerCase();
  return [
    {
      id: 'copy',
      label: `Copy ${name}`,
      icon: ClipboardCopy,
      run: () => copyComponent(editor, component, label),
    },
    ...actionEntry(editor, 'edit.paste', ClipboardPaste, 'Paste'),
    '-',
    {
      id: 'reset',
      label: `Reset ${name}`,
      icon: RotateCcw,
      disabled: readOnly,
      run: () => editor.resetComponent(component),
    },
    {
      id: 'remove',
      label: `Remove ${name}`,
      icon: Trash2,
      disabled: readOnly || !removable,
      run: () => editor.removeComponent(component),
    },
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
