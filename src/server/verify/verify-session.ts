import { readJudgement } from '../../commands/judgement.ts';
import { type HistoryReport, LogAudit } from '../../commands/log-audit.ts';
import type { Verifier } from '../../commands/signing.ts';
import { equalBytes, toHex } from '../../shared/bytes.ts';
import { ThetaError } from '../../shared/errors.ts';
import { sessionIdOf } from '../session-identity.ts';
import type { BlobStore } from '../storage/blob-store.ts';
import type { LogRecord, SessionRecord, SessionStorage } from '../storage/storage.ts';

const BATCH = 256;

export interface VerifyContext {
  readonly storage: SessionStorage;
  readonly blobs: Pick<BlobStore, 'read'>;
  readonly verifier: Verifier;
  /** Told of how many records have been read. */
  readonly onProgress?: (records: number) => void;
}

export interface SessionReport extends HistoryReport {
  readonly records: number;
}

/**
 * S1, D3: reads a stored session from its first record and checks all of it: what the page's audit
 * checks, the columns beside the signed bytes, and the document against every stored snapshot.
 * @throws what reading the storage throws before the log is reached
 */
export async function verifySession(
  { storage, blobs, verifier, onProgress }: VerifyContext,
  session: SessionRecord,
): Promise<SessionReport> {
  const snapshots = await storage.listSnapshots(session.id);
  const audit = new LogAudit({
    sessionKey: session.publicKey,
    verifier,
    readBlob: (digest) => blobs.read(digest),
    known: snapshots.map(({ logIndex, worldHash }) => ({
      index: logIndex,
      worldHash,
      source: `the snapshot that covers record ${logIndex}`,
    })),
  });
  if ((await sessionIdOf(session.publicKey)) !== session.id) {
    audit.blame('the id of the session is not the fingerprint of its key');
  }
  let records = 0;
  try {
    for (;;) {
      const batch = await readBatch(storage, session.id, records);
      for (const record of batch) {
        await audit.take([record], oddColumn(record, records + 1));
        records += 1;
      }
      onProgress?.(records);
      if (batch.length === 0) break;
    }
  } catch (thrown) {
    if (!(thrown instanceof Error)) throw thrown;
    audit.blame(thrown.message);
  }
  return { ...audit.report(), records };
}

/** The next records; one alone where a damaged one is among them, so that the fault is its own. */
async function readBatch(storage: SessionStorage, id: string, after: number): Promise<LogRecord[]> {
  try {
    return await storage.readLog(id, after, BATCH);
  } catch (thrown) {
    if (!(thrown instanceof ThetaError)) throw thrown;
    return storage.readLog(id, after, 1);
  }
}

/** Which column of a record does not say what its signed bytes say. */
function oddColumn(record: LogRecord, index: number): string | undefined {
  try {
    const judgement = readJudgement(record.judgement);
    if (record.index !== index) return `the log has record ${record.index} in its place`;
    const fits =
      judgement.index === record.index &&
      judgement.firstSeq === record.firstSeq &&
      toHex(judgement.author) === record.author &&
      judgement.replica === record.replica &&
      judgement.nonce === record.nonce &&
      equalBytes(judgement.head, record.head);
    return fits ? undefined : 'its columns are not those of its verdict';
  } catch (thrown) {
    // What cannot be read at all is the audit's own finding.
    if (thrown instanceof ThetaError) return undefined;
    throw thrown;
  }
}
