import { type CSSProperties, useEffect, useRef } from 'react';
import type { Editor, FieldDrag, InspectorField } from '../../editor/editor.ts';
import { useEditor } from '../editor-context.tsx';
import { classNames } from '../primitives/class-names.ts';
import { DraftField } from '../primitives/text-field.tsx';
import { hexOf, type LinearColor, parseHex } from './color-text.ts';
import { elementOf } from './field-elements.ts';
import styles from './inspector.module.css';
import { NumberInput } from './number-input.tsx';
import type { ControlProps } from './number-row.tsx';
import { useElement } from './use-field.ts';

const ALPHA = 3;
const MIXED_HEX = '#808080';
/** Colours whose alpha has no effect; showing it would promise one. */
const WITHOUT_ALPHA: ReadonlySet<string> = new Set(['light.color', 'material.emissive']);

/** A colour: a swatch that opens the browser's picker, its hex digits, and its alpha. */
export function ColorRow({ component, field, readOnly }: ControlProps) {
  const editor = useEditor();
  const color = colorOf(field);
  const hex = color && hexOf(color);
  const opaque = WITHOUT_ALPHA.has(`${component}.${field.name}`);
  const submit = (text: string) => {
    const parsed = parseHex(text);
    if (parsed) editor.setField(component, field.name, colorInput(parsed));
    else editor.notify({ kind: 'error', text: `“${text}” is not a colour. Try #7C83FF.` });
  };
  return (
    <div className={styles.row}>
      <span className={styles.label} title={field.label}>
        {field.label}
      </span>
      <div className={classNames(styles.color, opaque && styles.opaque)}>
        <Swatch component={component} field={field} hex={hex} readOnly={readOnly} />
        <DraftField
          label={`${field.label} as hex`}
          className={styles.hex}
          value={hex?.slice(1) ?? ''}
          placeholder="—"
          readOnly={readOnly}
          onCommit={submit}
        />
        {!opaque && <AlphaInput component={component} field={field} readOnly={readOnly} />}
      </div>
    </div>
  );
}

function AlphaInput({ component, field, readOnly }: ControlProps) {
  const binding = useElement(component, field, ALPHA);
  return (
    <NumberInput
      label={`${field.label} alpha`}
      value={binding.value}
      readOnly={readOnly}
      onSubmit={binding.submit}
      onNudge={binding.nudge}
    />
  );
}

interface SwatchProps extends ControlProps {
  readonly hex: string | undefined;
}

function Swatch({ component, field, hex, readOnly }: SwatchProps) {
  const editor = useEditor();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const picker = input.current;
    return picker ? followPicker(picker, editor, component, field.name) : undefined;
  }, [editor, component, field.name]);
  return (
    <span className={styles.swatch} style={{ '--swatch': hex ?? MIXED_HEX } as CSSProperties}>
      <input
        ref={input}
        type="color"
        aria-label={field.label}
        value={hex ?? MIXED_HEX}
        disabled={readOnly}
        // Followed by native listeners: React reports both of the picker's events as one.
        onChange={keepControlled}
      />
    </span>
  );
}

function keepControlled(): void {
  // The value comes from the store; `followPicker` writes to it.
}

/**
 * Shows each colour the picker passes (`input`) and writes the last one when it closes (`change`):
 * one undo step. Returns what stops following.
 */
function followPicker(
  picker: HTMLInputElement,
  editor: Editor,
  component: string,
  field: string,
): () => void {
  let drag: FieldDrag | undefined;
  const onInput = () => {
    const color = parseHex(picker.value);
    if (!color) return;
    drag ??= editor.beginFieldDrag(component, field);
    drag.update(colorInput(color));
  };
  const onChange = () => {
    drag?.commit();
    drag = undefined;
  };
  picker.addEventListener('input', onInput);
  picker.addEventListener('change', onChange);
  return () => {
    picker.removeEventListener('input', onInput);
    picker.removeEventListener('change', onChange);
    onChange();
  };
}

function colorInput([red, green, blue]: LinearColor): readonly (number | null)[] {
  return [red, green, blue, null];
}

function colorOf(field: InspectorField): LinearColor | undefined {
  const [red, green, blue] = [0, 1, 2].map((element) => elementOf(field, element));
  return red === undefined || green === undefined || blue === undefined
    ? undefined
    : [red, green, blue];
}
