import { ChevronRight, X } from 'lucide-react';
import { Collapsible } from 'radix-ui';
import type { InspectorSection } from '../../editor/editor.ts';
import { useEditor } from '../editor-context.tsx';
import { IconButton } from '../primitives/button.tsx';
import { FieldRow } from './field-row.tsx';
import styles from './inspector.module.css';

export interface SectionProps {
  readonly section: InspectorSection;
  readonly readOnly: boolean;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

/** One component of the selected entities, under a heading that folds it. */
export function Section({ section, readOnly, open, onOpenChange }: SectionProps) {
  const editor = useEditor();
  return (
    <Collapsible.Root className={styles.section} open={open} onOpenChange={onOpenChange}>
      <h3 className={styles.sectionHeader}>
        <Collapsible.Trigger className={styles.sectionToggle}>
          <ChevronRight size={14} aria-hidden />
          {section.label}
        </Collapsible.Trigger>
        {section.removable && !readOnly && (
          <IconButton
            label={`Remove ${section.label.toLowerCase()}`}
            size="iconSmall"
            className={styles.remove}
            onClick={() => editor.removeComponent(section.component)}
          >
            <X size={14} aria-hidden />
          </IconButton>
        )}
      </h3>
      <Collapsible.Content>
        <div className={styles.fields}>
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
