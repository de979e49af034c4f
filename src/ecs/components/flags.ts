import { defineComponent } from '../component.ts';
import { bool } from '../fields.ts';

/** How the editor treats an entity and what is below it. */
export const Flags = defineComponent(
  'flags',
  {
    hidden: bool(false, { label: 'Hidden' }),
    /** Cannot be picked in the view. */
    locked: bool(false, { label: 'Locked' }),
  },
  { panel: { label: 'Display', permanent: true } },
);
