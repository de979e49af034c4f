import type { BlobUse } from '../../src/commands/definition.ts';
import {
  type HistoryRevertOp,
  historyRevert,
} from '../../src/commands/definitions/history-revert.ts';
import { decodeEntries, entryName } from '../../src/commands/entries.ts';
import { readJudgement } from '../../src/commands/judgement.ts';
import { openPacket } from '../../src/commands/packet.ts';
import { Refusal } from '../../src/commands/refusal.ts';
import { applyTransaction } from '../../src/commands/transaction.ts';
import { Document } from '../../src/ecs/document/document.ts';
import type { BeforeImage, FieldValue } from '../../src/ecs/document/journal.ts';
import { AUTHOR_ID_BYTES } from '../../src/ecs/document/sites.ts';
import { type Stamp, sameStamp } from '../../src/ecs/document/stamps.ts';
import { checkGeometry } from '../../src/mesh/geometry-asset.ts';
import { decode } from '../../src/protocol/codec.ts';
import { RevertDirection, Verdict } from '../../src/protocol/generated/types.ts';
import { BLOB_ENTRIES_LIMITS, INLINE_ENTRIES_LIMITS } from '../../src/protocol/limits.ts';
import { worldHash } from '../../src/replication/document-codec.ts';
import type { BlobStore } from '../../src/server/storage/blob-store.ts';
import type { LogRecord, SessionStorage } from '../../src/server/storage/storage.ts';
import { toHex } from '../../src/shared/bytes.ts';
import { ThetaError } from '../../src/shared/errors.ts';

/** What the log says when it is read by somebody who trusts nobody. */
export interface Audit {
  /** Ids of the entries that were accepted, or found superseded, in their order. */
  readonly taken: readonly string[];
  /** Of the document that the accepted entries make. */
  readonly hash: string;
  /** What must not be, in words. */
  readonly faults: readonly string[];
}

/** What a field or place held before a write, for the write's stamp. */
interface Found {
  readonly stamp: Stamp;
  readonly value: FieldValue | undefined;
}

/**
 * Reads a session's log from its first record and checks what it promises: dense numbers (O2),
 * consecutive nonces (D2), no older write over a newer one (O3), and undos that change nothing but
 * what their author wrote last, back to exactly what it replaced (O5).
 */
export async function auditLog(
  storage: SessionStorage,
  blobs: BlobStore,
  sessionId: string,
): Promise<Audit> {
  const auditor = new Auditor();
  const records = await storage.readLog(sessionId, 0, Number.MAX_SAFE_INTEGER);
  for (const record of records) auditor.read(record, await entriesOf(record, blobs));
  for (const use of auditor.blobUses.values()) {
    if (!(await isSound(use, storage, blobs, sessionId)))
      auditor.faults.push(`D5: ${use.kind} ${use.digest} is named and is none`);
  }
  return { taken: auditor.taken, hash: worldHash(auditor.document), faults: auditor.faults };
}

async function entriesOf(record: LogRecord, blobs: BlobStore): Promise<Uint8Array<ArrayBuffer>> {
  const { body } = openPacket(record.packet);
  const bytes = body.entries ?? (body.blob && (await blobs.read(toHex(body.blob))));
  if (bytes === undefined) throw new Error(`The entries of record ${record.index} are gone.`);
  return bytes;
}

/** D5: whether a blob that the document names was brought to the session and is what it is named as. */
async function isSound(
  { digest, kind }: BlobUse,
  storage: SessionStorage,
  blobs: BlobStore,
  sessionId: string,
): Promise<boolean> {
  const bytes = await blobs.read(digest);
  if (bytes === undefined || !(await storage.getBlobGrant(sessionId, digest))) return false;
  if (kind !== 'geometry') return true;
  try {
    checkGeometry(decode('Geometry', bytes));
    return true;
  } catch (thrown) {
    if (thrown instanceof ThetaError) return false;
    throw thrown;
  }
}

class Auditor {
  readonly document = new Document();
  readonly taken: string[] = [];
  readonly faults: string[] = [];
  /** Blobs that accepted entries name, by digest. */
  readonly blobUses = new Map<string, BlobUse>();
  readonly #nonces = new Map<string, number>();
  readonly #found = new Map<string, Found[]>();
  #seq = 0;

  read(record: LogRecord, bytes: Uint8Array<ArrayBuffer>): void {
    const { body } = openPacket(record.packet);
    this.#checkNumbers(record);
    const by = { author: body.author.slice(0, AUTHOR_ID_BYTES), replica: body.replica };
    const limits = body.entries ? INLINE_ENTRIES_LIMITS : BLOB_ENTRIES_LIMITS;
    const transactions = decodeEntries(this.document, by, body.lamport, bytes, limits);
    const { verdicts } = readJudgement(record.judgement);
    let at = 0;
    for (const { entries } of transactions) {
      const rulings = verdicts.slice(at, at + entries.length);
      at += entries.length;
      const refused = rulings.filter(({ verdict }) => verdict === Verdict.refused).length;
      if (refused !== 0 && refused !== entries.length) this.#fault(record, 'half a transaction');
      for (const [i, entry] of entries.entries()) {
        if (refused > 0) continue;
        this.taken.push(entryName(this.document, [entry]));
        if (rulings[i]?.verdict === Verdict.accepted) this.#apply(record, entry);
      }
    }
    this.document.sweep();
  }

  #checkNumbers({ author, replica, nonce, firstSeq, entryCount, index }: LogRecord): void {
    const key = `${author}-${replica}`;
    if (nonce !== (this.#nonces.get(key) ?? 0) + 1) {
      this.faults.push(`D2: record ${index} has nonce ${nonce} out of turn`);
    }
    this.#nonces.set(key, nonce);
    if (firstSeq !== this.#seq + 1) this.faults.push(`O2: record ${index} starts at ${firstSeq}`);
    this.#seq += entryCount;
  }

  #apply(record: LogRecord, entry: Parameters<typeof applyTransaction>[1][number]): void {
    const result = applyTransaction(this.document, [entry]);
    if (result.refused || entry.op instanceof Refusal) {
      this.#fault(record, 'an accepted entry that does not apply');
      return;
    }
    for (const use of entry.definition.blobs?.(entry.op as never) ?? [])
      this.blobUses.set(use.digest, use);
    const isRevert = entry.definition === historyRevert;
    const { direction } = isRevert ? (entry.op as HistoryRevertOp) : { direction: undefined };
    for (const image of result.journal.scoped) {
      if (direction === RevertDirection.undo) this.#checkUndo(record, image, entry.stamp);
      else if (!isRevert) this.#checkWrite(record, image);
    }
    for (const image of result.journal.scoped) this.#remember(image, isRevert);
  }

  /** O3: a merge leaves the clock where it is; every other write raises it. */
  #checkWrite(record: LogRecord, image: BeforeImage): void {
    if (image.kind === 'created' || image.by.lamport === 0) return;
    if (image.stamp.lamport > image.by.lamport)
      this.#fault(record, `O3: an older write of ${this.#nameOf(image)}`);
  }

  /** O5: whose work it takes away, and what it gives back. */
  #checkUndo(record: LogRecord, image: BeforeImage, by: Stamp): void {
    if (image.kind === 'created' || image.stamp.lamport === 0) return;
    const { sites } = this.document;
    const author = sites.authorOf(by.site);
    if (sites.authorOf(image.stamp.site) !== author) {
      this.#fault(record, `O5: an undo of ${author} changes ${this.#nameOf(image)} of another`);
    }
    const founds = this.#found.get(this.#writeKey(image, image.stamp)) ?? [];
    const given = JSON.stringify(this.#valueNow(image));
    const isRight = (found: Found): boolean =>
      found.stamp.lamport === 0 ||
      sites.authorOf(found.stamp.site) === author ||
      (sameStamp(found.stamp, image.by) && given === JSON.stringify(found.value));
    if (founds.length > 0 && !founds.some(isRight))
      this.#fault(record, `O5: an undo of ${author} loses another's ${this.#nameOf(image)}`);
  }

  #remember(image: BeforeImage, isRevert: boolean): void {
    if (image.kind === 'created' || isRevert) return;
    const key = this.#writeKey(image, image.by);
    // A merge borrows the clock of what it is merged with: two writes of one site may leave one stamp.
    const founds = this.#found.get(key) ?? [];
    founds.push({ stamp: image.stamp, value: valueBefore(image) });
    this.#found.set(key, founds);
  }

  #valueNow(image: Exclude<BeforeImage, { kind: 'created' }>): FieldValue | undefined {
    const { document } = this;
    if (image.kind === 'presence') return undefined;
    if (image.kind === 'place') {
      return [document.parentOf(image.entity), Number(document.isAlive(image.entity))];
    }
    if (!document.hasComponent(image.entity, image.component)) return undefined;
    return document.fieldValue(image.entity, image.component, image.field);
  }

  #nameOf(image: BeforeImage): string {
    const id = this.document.formatId(this.document.idOf(image.entity));
    if (image.kind === 'created' || image.kind === 'place') return `${id} place`;
    const { name, fields } = this.document.components[image.component] ?? { name: '', fields: [] };
    return `${id} ${name}.${image.kind === 'field' ? fields[image.field]?.name : 'presence'}`;
  }

  #writeKey(image: BeforeImage, stamp: Stamp): string {
    return `${this.#nameOf(image)} ${stamp.lamport} ${stamp.site}`;
  }

  #fault({ index }: LogRecord, what: string): void {
    this.faults.push(`record ${index}: ${what}`);
  }
}

function valueBefore(image: Exclude<BeforeImage, { kind: 'created' }>): FieldValue | undefined {
  if (image.kind === 'field') return image.value;
  return image.kind === 'place' ? [image.parent, Number(image.alive)] : undefined;
}
