import { type KeyboardEvent, useCallback, useEffect, useRef } from 'react';
import { RgbaColorPicker, RgbColorPicker } from 'react-colorful';
import type { FieldDrag, InspectorField } from '../../editor/editor.ts';
import { useEditor } from '../editor-context.tsx';
import styles from './color-panel.module.css';
import { type LinearColor, linearOf, parseHex, type Rgb8, rgb8Of } from './color-text.ts';
import { colorOf, elementOf } from './field-elements.ts';

const ALPHA = 3;
const MIXED: LinearColor = [0.2, 0.2, 0.2];
/** Names and their colours, for a quick start. */
const PRESETS: readonly (readonly [name: string, hex: string])[] = [
  ['White', '#ffffff'],
  ['Light grey', '#c9ccd3'],
  ['Grey', '#7d828c'],
  ['Black', '#16171b'],
  ['Red', '#d8403f'],
  ['Orange', '#f08a3c'],
  ['Yellow', '#f2c94c'],
  ['Green', '#5bb36a'],
  ['Teal', '#37a8a0'],
  ['Blue', '#3f7be0'],
  ['Violet', '#7c5ce0'],
  ['Pink', '#e06aa8'],
];

export interface ColorPanelProps {
  readonly component: string;
  readonly field: InspectorField;
  readonly hex: string | undefined;
}

/**
 * Picks a colour by area, hue and alpha. Each position is shown at once; letting go of the pointer or
 * the key writes it: one undo step a gesture.
 */
export function ColorPanel({ component, field, hex }: ColorPanelProps) {
  const editor = useEditor();
  const drag = useRef<FieldDrag | undefined>(undefined);
  const end = useCallback(() => {
    drag.current?.commit();
    drag.current = undefined;
  }, []);
  useEffect(() => end, [end]);
  const withAlpha = field.alpha !== false;
  const alpha = elementOf(field, ALPHA) ?? 1;
  const shown = colorOf(field) ?? MIXED;
  const pick = (color: Rgb8 & { readonly a?: number }) => {
    drag.current ??= editor.beginFieldDrag(component, field.name);
    drag.current.update([...linearOf(color), withAlpha ? (color.a ?? alpha) : null]);
  };
  const color = rgb8Of(shown);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: listens for the end of what its sliders begin
    <div
      className={styles.panel}
      onPointerUp={end}
      onPointerCancel={end}
      onKeyDown={keepKeys}
      onKeyUp={end}
    >
      {withAlpha ? (
        <RgbaColorPicker color={{ ...color, a: alpha }} onChange={pick} />
      ) : (
        <RgbColorPicker color={color} onChange={pick} />
      )}
      <div className={styles.presets}>
        {PRESETS.map(([name, preset]) => (
          <button
            key={preset}
            type="button"
            className={styles.preset}
            style={{ background: preset }}
            title={name}
            aria-label={name}
            aria-pressed={preset === hex}
            onClick={() => {
              end();
              editor.setField(component, field.name, [...(parseHex(preset) ?? MIXED), null]);
            }}
          />
        ))}
      </div>
    </div>
  );
}

/** Arrow keys move the sliders and not the camera; Escape still closes the panel. */
function keepKeys(event: KeyboardEvent): void {
  if (event.key !== 'Escape') event.stopPropagation();
}
