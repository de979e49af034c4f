import { defineComponent } from '../component.ts';
import { enumOf, hash, text, u32 } from '../fields.ts';

/** A stored blob that the document uses. Its entity has no place in the tree that people see. */
export const Asset = defineComponent(
  'asset',
  {
    /** SHA-256 of the blob. */
    digest: hash(),
    kind: enumOf(['geometry', 'texture', 'source']),
    /** Bytes. */
    size: u32(),
    name: text(256),
    mediaType: text(128),
  },
  { managed: true },
);
