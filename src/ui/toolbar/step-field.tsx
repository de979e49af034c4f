import { useStore } from 'zustand';
import { inUnits, LENGTH_UNITS, parseNumber } from '../../editor/editor.ts';
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
  const { units } = useStore(editor.view);
  const isLength = name === 'position';
  const range = RANGES[name];
  return (
    <>
      <span>{label}</span>
      <NumberInput
        label={`${label} step`}
        value={isLength ? inUnits(value, units) : value}
        unit={isLength ? units : unit}
        readOnly={false}
        onSubmit={(text) => {
          const scale = isLength ? LENGTH_UNITS[units] : 1;
          const typed = parseNumber(text, isLength ? units : 'm')?.apply(value / scale);
          if (typed !== undefined) editor.setSnap({ [name]: clamped(typed * scale, range) });
          return typed !== undefined;
        }}
        onNudge={(direction, modifiers) =>
          editor.setSnap({ [name]: nudged(value, direction, range, modifiers) })
        }
      />
    </>
  );
}
