import type { CSSProperties } from 'react';
import type { Editor, FieldInput, InspectorField } from '../../editor/editor.ts';
import { useEditor } from '../editor-context.tsx';
import { classNames } from '../primitives/class-names.ts';
import { Popover } from '../primitives/popover.tsx';
import { DraftField } from '../primitives/text-field.tsx';
import { ColorPanel } from './color-panel.tsx';
import { hexOf, type LinearColor, parseHex } from './color-text.ts';
import { colorOf, elementOf } from './field-elements.ts';
import { type ControlProps, FieldFrame } from './field-frame.tsx';
import styles from './inspector.module.css';
import { NumberInput } from './number-input.tsx';
import { useElement } from './use-field.ts';

const ALPHA = 3;
const MIXED_HEX = '#808080';

/** A colour: a swatch that opens a picker, its hex digits, and its alpha where that has an effect. */
export function ColorRow(props: ControlProps) {
  const { component, field, readOnly } = props;
  const editor = useEditor();
  const hex = hexOfField(field);
  const submit = (text: string) => submitHex(editor, component, field, text);
  return (
    <FieldFrame {...props}>
      <div className={classNames(styles.color, field.alpha === false && styles.opaque)}>
        <Popover
          label={field.label}
          align="start"
          side="left"
          trigger={<Swatch field={field} hex={hex} readOnly={readOnly} />}
        >
          <ColorPanel component={component} field={field} hex={hex} />
        </Popover>
        <DraftField
          label={`${field.label} as hex`}
          className={styles.hex}
          value={hex?.slice(1) ?? ''}
          placeholder="—"
          readOnly={readOnly}
          onCommit={submit}
        />
        {field.alpha !== false && <AlphaInput {...props} />}
      </div>
    </FieldFrame>
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

interface SwatchProps extends React.ComponentProps<'button'> {
  readonly field: InspectorField;
  readonly hex: string | undefined;
  readonly readOnly: boolean;
}

function Swatch({ field, hex = MIXED_HEX, readOnly, ...trigger }: SwatchProps) {
  const alpha = field.alpha === false ? 1 : (elementOf(field, ALPHA) ?? 1);
  const veiled = `color-mix(in srgb, ${hex} ${Math.round(alpha * 100)}%, transparent)`;
  const style = { '--swatch': hex, '--swatch-veiled': veiled } as CSSProperties;
  return (
    <button
      {...trigger}
      type="button"
      className={styles.swatch}
      style={style}
      aria-label={field.label}
      disabled={readOnly}
    />
  );
}

function submitHex(editor: Editor, component: string, field: InspectorField, text: string): void {
  const parsed = parseHex(text);
  if (parsed) editor.setField(component, field.name, colorInput(parsed));
  else editor.notify({ kind: 'error', text: `“${text}” is not a colour. Try #7C83FF.` });
}

/** Leaves each entity's alpha as it is. */
function colorInput([red, green, blue]: LinearColor): FieldInput {
  return [red, green, blue, null];
}

function hexOfField(field: InspectorField): string | undefined {
  const color = colorOf(field);
  return color && hexOf(color);
}
