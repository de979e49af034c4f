import type { InspectorField } from '../../editor/editor.ts';
import styles from './inspector.module.css';
import { NumberInput } from './number-input.tsx';
import { ScrubHandle } from './scrub-handle.tsx';
import { useElement } from './use-field.ts';

export interface ControlProps {
  readonly component: string;
  readonly field: InspectorField;
  readonly readOnly: boolean;
}

/** A number whose label scrubs. */
export function NumberRow({ component, field, readOnly }: ControlProps) {
  const binding = useElement(component, field, 0);
  return (
    <div className={styles.row}>
      <ScrubHandle begin={readOnly ? undefined : binding.scrub} className={styles.label}>
        {field.label}
      </ScrubHandle>
      <NumberInput
        label={field.label}
        value={binding.value}
        unit={field.unit}
        readOnly={readOnly}
        onSubmit={binding.submit}
        onNudge={binding.nudge}
      />
    </div>
  );
}

const AXES = ['x', 'y', 'z'] as const;

/** Two to four numbers side by side; the first three are tinted as the axes in the view. */
export function VectorRow({ component, field, readOnly }: ControlProps) {
  const elements = Array.from({ length: field.stride }, (_, element) => element);
  return (
    <fieldset className={styles.rowGroup}>
      <legend className="visually-hidden">{field.label}</legend>
      <div className={styles.row}>
        <span className={styles.label} title={field.label} aria-hidden>
          {field.label}
        </span>
        <div className={styles.vector}>
          {elements.map((element) => (
            <VectorElement
              key={element}
              component={component}
              field={field}
              element={element}
              readOnly={readOnly}
            />
          ))}
        </div>
      </div>
    </fieldset>
  );
}

function VectorElement({
  component,
  field,
  element,
  readOnly,
}: ControlProps & { readonly element: number }) {
  const binding = useElement(component, field, element);
  const axis = AXES[element];
  return (
    <NumberInput
      label={`${field.label} ${axis?.toUpperCase() ?? 'W'}`}
      value={binding.value}
      unit={field.kind === 'euler' ? '°' : undefined}
      axis={axis}
      readOnly={readOnly}
      onSubmit={binding.submit}
      onNudge={binding.nudge}
      onScrub={binding.scrub}
    />
  );
}
