import type { InspectorField, InspectorSection } from '../../editor/editor.ts';

/** The sections and fields with something to see or to change: no geometry that is not there. */
export function shownSections(sections: readonly InspectorSection[]): readonly InspectorSection[] {
  return sections
    .map((section) => ({ ...section, fields: section.fields.filter(hasSomething) }))
    .filter(({ fields }) => fields.length > 0);
}

function hasSomething({ kind, value, asset }: InspectorField): boolean {
  return kind !== 'hash' || asset === 'texture' || value !== '';
}
