import { defineComponent } from '../component.ts';
import { text } from '../fields.ts';

/** What people call an entity. Not unique. */
export const Name = defineComponent(
  'name',
  { value: text(256, '', { label: 'Name' }) },
  // It has a field of its own at the head of the panel.
  { panel: { hidden: true, permanent: true } },
);
