import { useStore } from 'zustand';
import { useEditor } from '../editor-context.tsx';
import { type ControlProps, FieldFrame } from './field-frame.tsx';
import styles from './inspector.module.css';
import { NumberInput } from './number-input.tsx';
import { useElement } from './use-field.ts';

/** A number whose label scrubs. */
export function NumberRow({ component, field, readOnly }: ControlProps) {
  const binding = useElement(component, field, 0);
  return (
    <FieldFrame
      component={component}
      field={field}
      readOnly={readOnly}
      onScrub={() => binding.scrub()}
    >
      <NumberInput
        label={field.label}
        value={binding.value}
        unit={binding.unit}
        readOnly={readOnly}
        onSubmit={binding.submit}
        onNudge={binding.nudge}
      />
    </FieldFrame>
  );
}

const AXES = ['x', 'y', 'z'] as const;
/** Of vectors that lie on a surface. */
const PLANE_AXES = ['x', 'y'] as const;

/** Two to four numbers side by side; the first three are tinted as the axes in the view. */
export function VectorRow({ component, field: own, readOnly }: ControlProps) {
  const { units } = useStore(useEditor().view);
  const isForeign = own.unit === 'm' && units !== 'm';
  const field = isForeign ? { ...own, label: `${own.label} (${units})` } : own;
  const elements = Array.from({ length: field.stride }, (_, element) => element);
  return (
    <fieldset className={styles.rowGroup}>
      <legend className="visually-hidden">{field.label}</legend>
      <FieldFrame component={component} field={field} readOnly={readOnly}>
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
      </FieldFrame>
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
  const axis = (field.stride === 2 ? PLANE_AXES : AXES)[element];
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
