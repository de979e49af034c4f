import type { Tables } from './generated/types.ts';

const KIB = 1024;
const MIB = 1024 * KIB;

/** What a decoder reads at most (S3). Lengths of texts are in bytes of UTF-8. */
export interface Limits {
  /** Of the whole buffer. */
  readonly bytes: number;
  /** Tables within tables, the root counted. */
  readonly depth: number;
  /** Tables in all. */
  readonly tables: number;
  /** Of each string that `FIELD_LIMITS` does not name. */
  readonly text: number;
  /** Elements of each vector but of bytes, unless `FIELD_LIMITS` names it. */
  readonly vector: number;
}

/** S3, D5: a packet as it comes from a peer. */
export const MAX_PACKET_BYTES = 64 * KIB;
/** D5: entries over this travel as a blob. */
export const MAX_INLINE_ENTRIES_BYTES = 16 * KIB;
export const MAX_ENTRIES_BLOB_BYTES = 16 * MIB;
export const MAX_INLINE_ENTRIES = 4096;
/** Log records in one page of the history: so many, or as many as fit these bytes, at least one. */
export const LOG_PAGE_RECORDS = 512;
export const LOG_PAGE_BYTES = MIB;
/** So many verdicts still fit one message on `reliable`. */
export const MAX_BLOB_ENTRIES = 40_000;
/** Of one message of a peer: a packet and its envelope. */
export const MAX_CLIENT_MESSAGE_BYTES = MAX_PACKET_BYTES + 4 * KIB;
/** R2: bytes of a snapshot's compressed form in one `SnapshotChunk`. */
export const SNAPSHOT_CHUNK_BYTES = 128 * KIB;
export const MAX_SNAPSHOT_BYTES = 256 * MIB;
/** A blob that a session may bring. */
export const MAX_ASSET_BYTES = 64 * MIB;
/** A message of the server: a chunk, or an accepted packet with a judgement of its entries. */
export const MAX_SERVER_MESSAGE_BYTES = 320 * KIB;
/** Of each string, unless `FIELD_LIMITS` says otherwise. */
export const MAX_TEXT_BYTES = 1024;
export const MAX_LABEL_BYTES = 256;
/** T3: of the capabilities that one end offers the other. */
export const MAX_CAPABILITIES = 64;
/** Nesting of tables. The schema itself needs 7. */
export const MAX_DEPTH = 8;

const SMALL: Limits = {
  bytes: MAX_PACKET_BYTES,
  depth: MAX_DEPTH,
  tables: 1024,
  text: MAX_TEXT_BYTES,
  vector: MAX_INLINE_ENTRIES,
};

/** `Entries` inside a packet. */
export const INLINE_ENTRIES_LIMITS: Limits = {
  ...SMALL,
  bytes: MAX_INLINE_ENTRIES_BYTES,
  tables: 2048,
};

/** `Entries` in a blob (D5): pass these to `decode('Entries', …)`. */
export const BLOB_ENTRIES_LIMITS: Limits = {
  ...SMALL,
  bytes: MAX_ENTRIES_BLOB_BYTES,
  tables: 4 * MAX_BLOB_ENTRIES,
  vector: MAX_BLOB_ENTRIES,
};

/** Whatever is not in the table below has the limits of a packet. */
const ROOT_LIMITS: Partial<Readonly<Record<keyof Tables, Limits>>> = {
  ClientMessage: { ...SMALL, bytes: MAX_CLIENT_MESSAGE_BYTES },
  ServerMessage: { ...SMALL, bytes: MAX_SERVER_MESSAGE_BYTES },
  Entries: INLINE_ENTRIES_LIMITS,
  // One verdict for each entry of a blob, two bytes each.
  Judgement: { ...SMALL, bytes: 2 * MAX_BLOB_ENTRIES + 4 * KIB },
  JudgementBody: {
    ...SMALL,
    bytes: 2 * MAX_BLOB_ENTRIES + 4 * KIB,
    vector: MAX_BLOB_ENTRIES,
  },
  PastSnapshot: { ...SMALL, bytes: MAX_SNAPSHOT_BYTES },
  LogPage: { ...SMALL, bytes: LOG_PAGE_BYTES + MAX_SERVER_MESSAGE_BYTES },
  Geometry: { ...SMALL, bytes: MAX_ASSET_BYTES, tables: 65_536, vector: MAX_ASSET_BYTES },
  Document: { ...SMALL, bytes: MAX_SNAPSHOT_BYTES, tables: 4096, vector: MAX_SNAPSHOT_BYTES },
  // A table for each member and link that there may be (`src/commands/governance/`), and two more.
  Snapshot: { ...SMALL, bytes: MAX_SNAPSHOT_BYTES, tables: 8192, vector: 1_000_000 },
};

/** The limits under which a buffer of this root is read by default. */
export function limitsOf(root: keyof Tables): Limits {
  return ROOT_LIMITS[root] ?? SMALL;
}

/**
 * Narrower bounds for single fields, by `Table.field`: of a string or of each string of a vector its
 * bytes, of other vectors their elements (of `[ubyte]` too, which `Limits.vector` does not bound).
 */
export const FIELD_LIMITS: Readonly<Record<string, number>> = {
  'Entries.labels': MAX_LABEL_BYTES,
  'EntityRenameItem.name': MAX_LABEL_BYTES,
  'VersionNameItem.name': MAX_LABEL_BYTES,
  'AssetAddItem.name': MAX_LABEL_BYTES,
  'AssetAddItem.mediaType': 128,
  'Submesh.name': MAX_LABEL_BYTES,
  'PacketBody.entries': MAX_INLINE_ENTRIES_BYTES,
  'SnapshotChunk.bytes': SNAPSHOT_CHUNK_BYTES,
  'Submit.packet': MAX_PACKET_BYTES,
  'Accepted.packet': MAX_PACKET_BYTES,
  'MemberAdmitItem.name': MAX_LABEL_BYTES,
  'LinkCreateItem.label': MAX_LABEL_BYTES,
  'Hello.name': MAX_LABEL_BYTES,
  'Hello.token': 128,
  'Hello.software': 128,
  'Hello.capabilities': 64,
  'WelcomeBody.capabilities': 64,
  'PeerInfo.name': MAX_LABEL_BYTES,
  'PeerInfo.transport': 32,
  'ToolActivate1.tool': 64,
  'ToolDeactivate1.tool': 64,
  'Presences.messages': 16 * KIB,
  'Presence.sites': 256,
  'Presence.preview': 1024,
};
