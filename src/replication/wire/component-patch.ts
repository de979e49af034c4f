import type { FieldValue } from '../../ecs/document/journal.ts';

/** Values for some fields of one component. Entities in it are ids, not handles. */
export interface ComponentPatch {
  /** Index in `Document.components`. */
  readonly component: number;
  readonly fields: readonly { readonly field: number; readonly value: FieldValue }[];
}
