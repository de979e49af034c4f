import { useMemo } from 'react';
import { useStore } from 'zustand';
import {
  type Editor,
  type FieldDrag,
  type FieldInput,
  type InspectorField,
  inUnits,
  type LengthUnit,
} from '../../editor/editor.ts';
import { useEditor } from '../editor-context.tsx';
import { elementInput, elementOf } from './field-elements.ts';
import { clamped, nudged, type ScrubModifiers, scrubOffset } from './scrub.ts';
import type { Scrub } from './scrub-handle.tsx';

/** What a control does to one element of a field, for the whole selection. */
export interface ElementBinding {
  /** In `unit`; undefined where the entities differ. */
  readonly value: number | undefined;
  readonly unit: string | undefined;
  submit(text: string): boolean;
  nudge(direction: 1 | -1, modifiers: ScrubModifiers): void;
  scrub(): Scrub;
}

/** Binds one element of a field (0 for a plain number) to the editor's intents. */
export function useElement(
  component: string,
  field: InspectorField,
  element: number,
): ElementBinding {
  const editor = useEditor();
  const { units } = useStore(editor.view);
  const unit = field.unit === 'm' ? units : undefined;
  return useMemo(
    () => bindElement(editor, component, field, element, unit),
    [editor, component, field, element, unit],
  );
}

function bindElement(
  editor: Editor,
  component: string,
  field: InspectorField,
  element: number,
  unit: LengthUnit | undefined,
): ElementBinding {
  const value = elementOf(field, element);
  const set = (input: FieldInput) => editor.setField(component, field.name, input);
  return {
    value: value === undefined || unit === undefined ? value : inUnits(value, unit),
    unit: unit ?? (field.kind === 'euler' ? '°' : field.unit),
    submit: (text) => editor.setFieldText(component, field.name, element, text, unit),
    nudge(direction, modifiers) {
      set(
        value === undefined
          ? { element, map: (each: number) => nudged(each, direction, field, modifiers) }
          : elementInput(field, element, nudged(value, direction, field, modifiers)),
      );
    },
    scrub: () => scrubElement(editor.beginFieldDrag(component, field.name), field, element),
  };
}

/** Follows a drag: from the value that the entities share, or each from its own where they differ. */
function scrubElement(drag: FieldDrag, field: InspectorField, element: number): Scrub {
  const start = elementOf(field, element);
  return {
    move(pixels, modifiers) {
      const offset = scrubOffset(pixels, field, modifiers);
      drag.update(
        start === undefined
          ? { element, map: (each: number) => clamped(each + offset, field) }
          : elementInput(field, element, clamped(start + offset, field)),
      );
    },
    commit: () => drag.commit(),
    cancel: () => drag.cancel(),
  };
}
