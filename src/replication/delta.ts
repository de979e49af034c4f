import type { Document } from '../ecs/document/document.ts';
import type { Journal } from '../ecs/document/journal.ts';
import type { Entity } from '../ecs/entity.ts';
import { type Bytes, concatBytes } from '../shared/bytes.ts';
import { ThetaError } from '../shared/errors.ts';
import { encodeRows } from './document-codec.ts';
import { loadDocument } from './document-loader.ts';

/** Two sequence numbers, 64 bits each, little-endian: the state it goes on from, and its own. */
const HEADER = { from: 0, to: 8, bytes: 16 } as const;

/** R2: at which sequence number each entity of a document was last written. */
export class RevisionTracker {
  readonly #revisions = new Map<Entity, number>();

  /** Takes the writes of entries up to a sequence number, which never falls. */
  note(journal: Journal, seq: number): void {
    for (const { entity } of journal.scoped) this.#revisions.set(entity, seq);
  }

  /** What was written after a sequence number, in no order that means anything. */
  changedSince(document: Document, seq: number): Entity[] {
    const changed: Entity[] = [];
    for (const [entity, revision] of this.#revisions) {
      if (revision > seq && document.exists(entity)) changed.push(entity);
    }
    return changed;
  }
}

/**
 * R2: what turns a replica at `from` into the document, which is at `to`: the entities that were made,
 * changed or deleted in between, as they are now, with their stamps. Equal changes give equal bytes.
 */
export function encodeDelta(
  document: Document,
  revisions: RevisionTracker,
  from: number,
  to: number,
): Bytes {
  const header = new Uint8Array(HEADER.bytes);
  const view = new DataView(header.buffer);
  view.setBigUint64(HEADER.from, BigInt(from), true);
  view.setBigUint64(HEADER.to, BigInt(to), true);
  return concatBytes(header, encodeRows(document, revisions.changedSince(document, from)));
}

/**
 * Brings a replica that is at sequence number `at` to the one that it returns.
 * @throws {ThetaError} `wrong_base` when the delta goes on from another state: nothing was done.
 * {DecodeError}, {WireFault}: then the document holds a part of it and must be cleared
 */
export function applyDelta(document: Document, at: number, delta: Bytes): number {
  if (delta.length < HEADER.bytes) throw new ThetaError('truncated', 'The delta is cut off.');
  const view = new DataView(delta.buffer, delta.byteOffset, delta.byteLength);
  if (Number(view.getBigUint64(HEADER.from, true)) !== at) {
    throw new ThetaError('wrong_base', 'The delta does not go on from this state.');
  }
  loadDocument(document, delta.slice(HEADER.bytes));
  document.sweep();
  return Number(view.getBigUint64(HEADER.to, true));
}
