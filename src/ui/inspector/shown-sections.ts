import type { InspectorField, InspectorSection } from '../../editor/editor.ts';

/** Has a field of its own at the top of the inspector. */
const NAME = 'name';

/** The sections and fields with something to see or to change: no assets that are not there. */
export function shownSections(sections: readonly InspectorSection[]): readonly InspectorSection[] {
  return sections
    .filter(({ component }) => component !== NAME)
    .map((section) => ({ ...section, fields: section.fields.filter(hasSomething) }))
    .filter(({ fields }) => fields.length > 0);
}

function hasSomething({ kind, value }: InspectorField): boolean {
  return kind !== 'hash' || value !== '';
}
