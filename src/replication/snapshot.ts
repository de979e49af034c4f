import type { Document } from '../ecs/document/document.ts';
import { decode, encode } from '../protocol/codec.ts';
import type { ReplicaMark } from '../protocol/generated/types.ts';
import type { Bytes } from '../shared/bytes.ts';
import { encodeDocument } from './document-codec.ts';
import { loadDocument } from './document-loader.ts';
import { decodeGovernance, encodeGovernance } from './governance-codec.ts';

/** What a snapshot says beside the document. */
export interface SnapshotExtras {
  /** O1: the highest clock in it. */
  readonly lamport: number;
  readonly marks: readonly ReplicaMark[];
}

/** R2: a whole document for who joins late or starts again. Equal ones give equal bytes. */
export function writeSnapshot(document: Document, extras: SnapshotExtras): Bytes {
  return encode('Snapshot', {
    document: encodeDocument(document),
    ...extras,
    governance: encodeGovernance(document.governance),
  });
}

/**
 * Fills an empty document.
 * @throws {DecodeError}, {WireFault}: then the document holds a part of it and must be cleared
 */
export function readSnapshot(document: Document, bytes: Bytes): SnapshotExtras {
  const { document: body, lamport, marks = [], governance } = decode('Snapshot', bytes);
  loadDocument(document, body);
  // Entries may speak of replicas whose every trace in the document has been overwritten.
  for (const { author, replica } of marks) document.sites.intern(author, replica);
  if (governance) document.writeGovernance(decodeGovernance(governance));
  return { lamport, marks };
}
