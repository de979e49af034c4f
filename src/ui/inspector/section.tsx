import { ChevronRight, Ellipsis } from 'lucide-react';
import { Collapsible } from 'radix-ui';
import type { ReactNode } from 'react';
import type { InspectorSection } from '../../editor/editor.ts';
import { Button } from '../primitives/button.tsx';
import { ContextArea, Dropdown } from '../primitives/menu.tsx';
import { FieldRow } from './field-row.tsx';
import styles from './inspector.module.css';
import { useSectionMenu } from './use-section-menu.ts';

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
  const entries = useSectionMenu(section, readOnly);
  return (
    <ContextArea entries={entries}>
      <Collapsible.Root className={styles.section} open={open} onOpenChange={onOpenChange}>
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
    </ContextArea>
  );
}
