import { parseNumber } from '../../editor/inspector/number-expression.ts';
import { useEditor } from '../editor-context.tsx';
import { NumberInput } from '../inspector/number-input.tsx';
import { clamped, nudged, type ScrubRange } from '../inspector/scrub.ts';

export interface StepFieldProps {
  readonly name: 'position' | 'angle' | 'scale';
  readonly label: string;
  readonly unit: string;
  readonly value: number;
}

/** What one notch of the arrow keys is, and how small or large a snapping step may be. */
const RANGES: Readonly<Record<StepFieldProps['name'], ScrubRange>> = {
  position: { min: 0.001, max: 1000, step: 0.05 },
  angle: { min: 0.1, max: 180, step: 5 },
  scale: { min: 0.001, max: 10, step: 0.05 },
};

/** One snapping step. */
export function StepField({ name, label, unit, value }: StepFieldProps) {
  const editor = useEditor();
  const range = RANGES[name];
  return (
    <>
      <span>{label}</span>
      <NumberInput
        label={`${label} step`}
        value={value}
        unit={unit}
        readOnly={false}
        onSubmit={(text) => {
          const typed = parseNumber(text)?.apply(value);
          if (typed !== undefined) editor.setSnap({ [name]: clamped(typed, range) });
          return typed !== undefined;
        }}
        onNudge={(direction, modifiers) =>
          editor.setSnap({ [name]: nudged(value, direction, range, modifiers) })
        }
      />
    </>
  );
}
