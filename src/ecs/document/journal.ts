import type { Entity } from '../entity.ts';
import type { Governance } from './governance.ts';
import type { Stamp } from './stamps.ts';

/** What a field held: its numbers, or its text. */
export type FieldValue = readonly number[] | string;

/** What a write found before it wrote, and who wrote (`by`). */
export type BeforeImage =
  | { readonly kind: 'created'; readonly entity: Entity; readonly by: Stamp }
  | {
      readonly kind: 'place';
      readonly entity: Entity;
      readonly parent: Entity;
      readonly alive: boolean;
      readonly stamp: Stamp;
      readonly by: Stamp;
    }
  | {
      readonly kind: 'presence';
      readonly entity: Entity;
      readonly component: number;
      readonly present: boolean;
      readonly stamp: Stamp;
      readonly by: Stamp;
    }
  | {
      readonly kind: 'field';
      readonly entity: Entity;
      readonly component: number;
      readonly field: number;
      readonly value: FieldValue;
      readonly stamp: Stamp;
      readonly by: Stamp;
    };

/** What a change of the governance found: it has no scopes, and no undo gives it back. */
export interface GovernanceImage {
  readonly kind: 'governance';
  readonly before: Governance;
}

/**
 * What the writes of one transaction found, in the order of writing. Read backwards it rolls the
 * transaction back; kept, it is what an undo gives back (O5).
 */
export class Journal {
  readonly images: (BeforeImage | GovernanceImage)[] = [];

  get length(): number {
    return this.images.length;
  }

  /** Those of the document's scopes. */
  get scoped(): BeforeImage[] {
    return this.images.filter((image) => image.kind !== 'governance');
  }

  record(image: BeforeImage | GovernanceImage): void {
    this.images.push(image);
  }
}
