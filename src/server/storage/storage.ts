import type { Bytes } from '../../shared/bytes.ts';
import { ThetaError } from '../../shared/errors.ts';
import type { Role } from '../../shared/roles.ts';

/** A session and the key that signs for it. `id` is the fingerprint of `publicKey`. */
export interface SessionRecord {
  readonly id: string;
  /** Ed25519, raw, 32 bytes. */
  readonly publicKey: Bytes;
  /** Ed25519, PKCS #8. Never leaves the server. */
  readonly privateKey: Bytes;
  /** Milliseconds since the Unix epoch, as every other time here. */
  readonly createdAt: number;
  readonly lastActiveAt: number;
  /** D3: tells this life of the session from one restored out of a backup. */
  readonly epoch: number;
  /** The head hash of the empty log, 32 bytes. */
  readonly genesis: Bytes;
}

export type SessionPatch = Pick<SessionRecord, 'id'> &
  Partial<Pick<SessionRecord, 'lastActiveAt' | 'epoch'>>;

/**
 * A link that a session was made with, until the session's log has it: from then on the log says what
 * becomes of it (S2). The token itself is never stored.
 */
export interface FirstLink {
  readonly id: string;
  readonly sessionId: string;
  readonly role: Role;
  /** SHA-256 of the token. */
  readonly tokenHash: Bytes;
  readonly createdAt: number;
}

/** One judged packet. */
export interface LogRecord {
  readonly sessionId: string;
  /** Dense, from 1. */
  readonly index: number;
  /**
   * The sequence number of the first accepted entry, or the one that the next accepted entry will
   * get when this packet had none.
   */
  readonly firstSeq: number;
  /** How many entries were accepted; 0 is a packet that was judged and refused. */
  readonly entryCount: number;
  readonly author: string;
  readonly replica: number;
  readonly nonce: number;
  /** The exact bytes that arrived, signature included (S1). */
  readonly packet: Bytes;
  /** The signed verdict, as sent. */
  readonly judgement: Bytes;
  /** Hash over the log up to and including this record, 32 bytes. */
  readonly head: Bytes;
  readonly at: number;
}

/** One transaction of the log, as the history lists it. */
export interface LogStep {
  readonly label: string;
  /** Of its first entry; empty where that is not known. */
  readonly type: string;
  /** How many of its entries were accepted. */
  readonly entries: number;
  /** O2: of the last of these. */
  readonly seq: number;
  /** The moment that it gives a name; an empty one takes it away. */
  readonly version?: { readonly seq: number; readonly name: string };
}

/** A record to append, with the steps in it. */
export interface NewLogRecord extends LogRecord {
  readonly steps?: readonly LogStep[];
}

export interface StepRecord extends LogStep {
  readonly sessionId: string;
  /** Dense, from 1, over all steps of the session. */
  readonly ordinal: number;
  /** Of the log record that it is in. */
  readonly index: number;
  readonly author: string;
  readonly at: number;
}

export interface StoredVerdict {
  /** SHA-256 of the packet that was judged. */
  readonly packetHash: Bytes;
  readonly judgement: Bytes;
}

/** The last nonce of one replica. */
export interface NonceMark {
  readonly author: string;
  readonly replica: number;
  readonly nonce: number;
}

export interface SnapshotRecord {
  readonly sessionId: string;
  /** The last sequence number that the snapshot covers. */
  readonly seq: number;
  /** The `index` of the last log record that it covers. */
  readonly logIndex: number;
  readonly head: Bytes;
  /** zstd; as they are where `size` is 0, as an earlier Theta stored them. */
  readonly bytes: Bytes;
  /** Of the bytes when they are not compressed. */
  readonly size: number;
  /** Hexadecimal. */
  readonly worldHash: string;
  readonly at: number;
}

/** A snapshot without its bytes. */
export interface SnapshotMark extends Omit<SnapshotRecord, 'bytes'> {
  /** How many there are. */
  readonly storedBytes: number;
}

/** A blob that a session may name, and who brought it. */
export interface BlobGrant {
  readonly sessionId: string;
  /** SHA-256 of the content, 64 hexadecimal digits. */
  readonly hash: string;
  readonly size: number;
  readonly author: string;
  readonly at: number;
}

export type StorageErrorCode =
  /** A session, link or log record that is there already. */
  | 'duplicate'
  /** A log record that does not follow the last one. */
  | 'log-gap'
  /** A record that names a session which does not exist. */
  | 'unknown-session'
  /** The files are damaged, foreign, or of a newer version. */
  | 'damaged'
  /** There is no space: what was to be written is not, and may be tried again. */
  | 'full'
  | 'closed';

export class StorageError extends ThetaError<StorageErrorCode> {}

/**
 * Where sessions live. Whatever a promise of a changing method stands for is on disk when it
 * resolves (D1), and nothing of it is there when it rejects. Byte arrays that go in are copied or
 * written before the call returns to the event loop; those that come out belong to the caller.
 */
export interface SessionStorage {
  /** @throws StorageError `duplicate` */
  createSession(session: SessionRecord, links: readonly FirstLink[]): Promise<void>;
  getSession(id: string): Promise<SessionRecord | undefined>;
  /** Changes what the patch names; a session that does not exist is `unknown-session`. */
  updateSession(patch: SessionPatch): Promise<void>;
  countSessions(): Promise<number>;
  /** Ids of all sessions, in their order. */
  listSessions(): Promise<string[]>;
  /**
   * Sessions that nobody has touched since `before`, and whose log holds nothing but what they said
   * themselves; oldest first.
   */
  listEmptySessions(before: number, limit: number): Promise<string[]>;
  /** Forgets the session and all that hangs on it; blobs' content stays. */
  deleteSession(id: string): Promise<void>;

  /** Those that the session was made with, oldest first. */
  listFirstLinks(sessionId: string): Promise<FirstLink[]>;

  /**
   * Appends all records, of any sessions, in one transaction and one fsync. Each must follow its session's last: the next `index`, and `firstSeq` where the last one ended.
   * @throws StorageError `log-gap`, `duplicate` (author, replica and nonce), `unknown-session`
   */
  appendGroup(records: readonly NewLogRecord[]): Promise<void>;
  /** At most `limit` records with an index above `afterIndex`, in order. */
  readLog(sessionId: string, afterIndex: number, limit: number): Promise<LogRecord[]>;
  lastRecord(sessionId: string): Promise<LogRecord | undefined>;
  findVerdict(
    sessionId: string,
    author: string,
    replica: number,
    nonce: number,
  ): Promise<StoredVerdict | undefined>;
  /** The last nonce of every replica that ever sent, in order of author and replica. */
  highWater(sessionId: string): Promise<NonceMark[]>;

  /** Steps with an ordinal above `afterOrdinal`, in order, at most `limit`. */
  readSteps(sessionId: string, afterOrdinal: number, limit: number): Promise<StepRecord[]>;
  /** The ordinal of the last step; 0 where there is none. */
  countSteps(sessionId: string): Promise<number>;
  /** Steps that name versions, in order. */
  listVersions(sessionId: string): Promise<StepRecord[]>;

  /** Keeps the snapshot, and drops what `superfluous` names. */
  putSnapshot(snapshot: SnapshotRecord): Promise<void>;
  /** The newest snapshot, or the newest that covers no more than `atMostSeq`. */
  latestSnapshot(sessionId: string, atMostSeq?: number): Promise<SnapshotRecord | undefined>;
  /** The snapshots that are kept, oldest first. */
  listSnapshots(sessionId: string): Promise<SnapshotMark[]>;

  /** Records that the session holds the blob. The first grant stands. */
  grantBlob(grant: BlobGrant): Promise<void>;
  getBlobGrant(sessionId: string, hash: string): Promise<BlobGrant | undefined>;
  /** Bytes of all blobs that the session holds. */
  blobUsage(sessionId: string): Promise<number>;

  /** Gives back what is no longer used, a part at a time; takes some milliseconds. */
  tidy(): Promise<void>;
  close(): Promise<void>;
}
