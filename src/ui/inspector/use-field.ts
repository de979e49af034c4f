import { useMemo } from 'react';
import type { Editor, FieldDrag, FieldInput, InspectorField } from '../../editor/editor.ts';
import { useEditor } from '../editor-context.tsx';
import { elementInput, elementOf } from './field-elements.ts';
import { clamped, nudged, type ScrubModifiers, scrubOffset } from './scrub.ts';
import type { Scrub } from './scrub-handle.tsx';

/** What a control does to one element of a field, for the whole selection. */
export interface ElementBinding {
  readonly value: number | undefined;
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
  return useMemo(
    () => bindElement(editor, component, field, element),
    [editor, component, field, element],
  );
}

function bindElement(
  editor: Editor,
  component: string,
  field: InspectorField,
  element: number,
): ElementBinding {
  const value = elementOf(field, element);
  const set = (input: FieldInput) => editor.setField(component, field.name, input);
  return {
    value,
    submit: (text) => editor.setFieldText(component, field.name, element, text),
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
