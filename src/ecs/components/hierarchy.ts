import { defineComponent } from '../component.ts';
import { bool, entity, text } from '../fields.ts';

/**
 * Where an entity is in the tree, and whether it is deleted: a tombstone stays in the document with
 * all its data. Written by the commands for it alone.
 */
export const Hierarchy = defineComponent(
  'hierarchy',
  {
    /** `NO_ENTITY` at the root. */
    parent: entity(),
    /** Fractional key: siblings are in its lexical order. */
    order: text(512),
    alive: bool(true),
  },
  { managed: true },
);
