import { defineComponent } from '../component.ts';
import { text } from '../fields.ts';

/** What people call an entity. Not unique. */
export const Name = defineComponent('name', { value: text(256, '', { label: 'Name' }) });
