import { RotateCcw } from 'lucide-react';
import type { ReactNode } from 'react';
import type { InspectorField } from '../../editor/editor.ts';
import { useEditor } from '../editor-context.tsx';
import { IconButton } from '../primitives/button.tsx';
import { classNames } from '../primitives/class-names.ts';
import { Tooltip } from '../primitives/tooltip.tsx';
import styles from './inspector.module.css';
import { type Scrub, ScrubHandle } from './scrub-handle.tsx';

export interface ControlProps {
  readonly component: string;
  readonly field: InspectorField;
  readonly readOnly: boolean;
}

export interface FieldFrameProps extends ControlProps {
  /** Begins a scrub by the label. */
  readonly onScrub?: (() => Scrub) | undefined;
  readonly children: ReactNode;
}

/** A field's label, its control, and what gives it its default again. */
export function FieldFrame({ component, field, readOnly, onScrub, children }: FieldFrameProps) {
  const label = (
    <ScrubHandle begin={readOnly ? undefined : onScrub} className={styles.label}>
      {field.label}
    </ScrubHandle>
  );
  return (
    <div className={styles.row} data-field={field.name}>
      {field.help === undefined ? (
        label
      ) : (
        <Tooltip label={field.label} hint={field.help} side="left">
          {/* Takes the tooltip's handlers, which the label's own drag must not lose. */}
          <span className={styles.helped}>{label}</span>
        </Tooltip>
      )}
      <div className={styles.control}>{children}</div>
      <Reset component={component} field={field} readOnly={readOnly} />
    </div>
  );
}

function Reset({ component, field, readOnly }: ControlProps) {
  const editor = useEditor();
  if (readOnly || field.isDefault) return null;
  return (
    <IconButton
      label={`Reset ${field.label.toLowerCase()}`}
      size="iconSmall"
      className={classNames(styles.reset)}
      onClick={() => editor.resetField(component, field.name)}
    >
      <RotateCcw size={11} aria-hidden />
    </IconButton>
  );
}
