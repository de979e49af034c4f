import { describe, expect, it } from 'vitest';
import {
  genesisHead,
  nextHead,
  readJudgement,
  signJudgement,
} from '../../src/commands/judgement.ts';
import { Reason, Verdict } from '../../src/protocol/generated/types.ts';
import { MemoryStorage } from '../../src/server/storage/memory-storage.ts';
import type { LogRecord, SessionRecord, SnapshotMark } from '../../src/server/storage/storage.ts';
import { type SessionReport, verifySession } from '../../src/server/verify/verify-session.ts';
import { type Bytes, toHex } from '../../src/shared/bytes.ts';
import { fastSigner, fastVerifier } from './fast-signing.ts';
import type { Simulation } from './simulation.ts';
import { twoPeople } from './two-people.ts';

/** A stored session of which a copy can be changed before it is verified. */
interface Stored {
  readonly simulation: Simulation;
  session: SessionRecord;
  records: LogRecord[];
  snapshots: SnapshotMark[];
}

/** A session's storage as somebody who has the files may have left it: nothing is checked. */
class TamperedStorage extends MemoryStorage {
  readonly #stored: Stored;

  constructor(stored: Stored) {
    super();
    this.#stored = stored;
  }

  override async readLog(_id: string, after: number, limit: number): Promise<LogRecord[]> {
    return this.#stored.records.slice(after, after + limit);
  }

  override async listSnapshots(): Promise<SnapshotMark[]> {
    return this.#stored.snapshots;
  }
}

async function storedSession(): Promise<Stored> {
  const { simulation, anna, bert, box } = await twoPeople({ snapshotEvery: 3 });
  for (let i = 0; i < 3; i++) {
    anna.pipeline.execute('transform.translate', { entity: box, offset: [1, 0, 0] });
    bert.pipeline.execute('entity.rename', { entity: box, name: `n${i}` });
    await simulation.run(200);
  }
  const big = { name: 'x'.repeat(200) };
  bert.pipeline.transaction('Many', (builder) => {
    for (let i = 0; i < 120; i++) builder.execute('entity.create', big);
  });
  await simulation.quiesce();
  const { storage, sessionId } = simulation;
  const session = await storage.getSession(sessionId);
  if (session === undefined) throw new Error('The session is gone.');
  const records = await storage.readLog(sessionId, 0, 1000);
  return { simulation, session, records, snapshots: await storage.listSnapshots(sessionId) };
}

function verify(stored: Stored, missingBlobs = false): Promise<SessionReport> {
  const { blobs } = stored.simulation;
  return verifySession(
    {
      storage: new TamperedStorage(stored),
      blobs: missingBlobs ? { read: async () => undefined } : blobs,
      verifier: fastVerifier,
    },
    stored.session,
  );
}

function flipped(bytes: Bytes, at: number): Bytes {
  const copy = bytes.slice();
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}

function replace(stored: Stored, index: number, change: Partial<LogRecord>): void {
  const record = stored.records[index - 1] as LogRecord;
  stored.records[index - 1] = { ...record, ...change };
}

/** Signs a record's verdict anew, as only somebody with the session's key can, and all after it. */
async function resign(
  stored: Stored,
  from: number,
  change: (body: ReturnType<typeof readJudgement>) => Partial<ReturnType<typeof readJudgement>>,
  genesis = genesisHead(stored.session.publicKey, stored.session.epoch),
): Promise<void> {
  let head = from === 1 ? genesis : (stored.records[from - 2] as LogRecord).head;
  for (const [i, record] of stored.records.entries()) {
    if (i < from - 1) continue;
    const before = readJudgement(record.judgement);
    const body = { ...before, ...(i === from - 1 && change(before)) };
    head = nextHead(head, body.packet, body.verdicts);
    const { bytes } = await signJudgement(fastSigner('session'), { ...body, head });
    stored.records[i] = { ...record, judgement: bytes, head, nonce: body.nonce };
  }
}

function entriesIn(records: readonly LogRecord[]): number {
  return records.reduce((sum, { judgement }) => sum + readJudgement(judgement).verdicts.length, 0);
}

/** The record that makes the box: those before it are of the session itself. */
function firstEdit({ records, session }: Stored): number {
  const key = toHex(session.publicKey);
  return 1 + records.findIndex(({ author }) => author !== key);
}

describe('S1: a stored session is verified', () => {
  it('is valid from the first record to the last, blobs and snapshots included', async () => {
    const stored = await storedSession();
    expect(stored.snapshots.length).toBeGreaterThan(1);
    const report = await verify(stored);
    expect(report.fault).toBeUndefined();
    expect(report).toMatchObject({ invalid: 0, records: stored.records.length });
    expect(report.entries).toBe(report.valid);
    expect(report.worldHash).toBe(await stored.simulation.serverHash());
  });

  it('names the first record in whose packet or verdict a byte is another, wherever it is', async () => {
    const stored = await storedSession();
    const whole = [...stored.records];
    for (const part of ['packet', 'judgement'] as const) {
      const { length } = (whole[3] as LogRecord)[part];
      for (let at = 0; at < length; at += 37) {
        stored.records = [...whole];
        replace(stored, 4, { [part]: flipped((whole[3] as LogRecord)[part], at) });
        const report = await verify(stored);
        // Padding that the verifier wants to be zero, and every signed byte: nothing goes unseen.
        expect(report.firstInvalid?.index, `${part}, byte ${at}`).toBe(4);
        expect(report.fault).toContain('Record 4');
        expect(report.valid).toBe(entriesIn(whole.slice(0, 3)));
        expect(report.invalid).toBeGreaterThan(0);
      }
    }
  });

  it('finds a record that is left out, put twice, or put elsewhere', async () => {
    const stored = await storedSession();
    const whole = [...stored.records];
    stored.records = whole.filter((_, i) => i !== 2);
    expect((await verify(stored)).firstInvalid).toMatchObject({ index: 4, code: 'diverged' });
    stored.records = [...whole.slice(0, 2), ...whole.slice(1)];
    expect((await verify(stored)).firstInvalid).toMatchObject({ index: 2, code: 'diverged' });
    stored.records = [whole[1] as LogRecord, whole[0] as LogRecord, ...whole.slice(2)];
    expect((await verify(stored)).firstInvalid?.code).toBe('diverged');
  });

  it('finds a log that was cut off, by the snapshots that know of more', async () => {
    const stored = await storedSession();
    stored.records = stored.records.slice(0, 2);
    const report = await verify(stored);
    expect(report.firstInvalid?.code).toBe('cut_off');
    expect(report.valid).toBe(entriesIn(stored.records));
  });

  it('checks the first head against the head of the empty log', async () => {
    const stored = await storedSession();
    await resign(stored, 1, () => ({}), new Uint8Array(32).fill(7));
    const report = await verify(stored);
    expect(report.firstInvalid).toMatchObject({ index: 1, code: 'diverged' });
    expect(report.fault).toContain('its head does not follow');
  });

  it('finds what even the holder of the session key cannot forge: nonces, and what entries do', async () => {
    const stored = await storedSession();
    const whole = [...stored.records];
    await resign(stored, 3, ({ nonce }) => ({ nonce: nonce + 1 }));
    expect((await verify(stored)).firstInvalid?.index).toBe(3);
    stored.records = [...whole];
    const refused = { verdict: Verdict.refused, reason: Reason.noSuchEntity };
    stored.snapshots = [];
    const box = firstEdit(stored);
    await resign(stored, box, ({ verdicts }) => ({ verdicts: verdicts.map(() => refused) }));
    const report = await verify(stored);
    expect(report.firstInvalid?.index).toBe(box + 1);
    expect(report.fault).toContain(`Record ${box + 1}`);
  });

  it('names the entry that was accepted and does not apply', async () => {
    const stored = await storedSession();
    const box = firstEdit(stored);
    await resign(stored, box, ({ verdicts }) => ({
      verdicts: verdicts.map(() => ({ verdict: Verdict.refused, reason: Reason.noSuchEntity })),
    }));
    // The numbers go on where they now end.
    let seq = 1;
    for (const [i, record] of stored.records.entries()) {
      const { verdicts } = readJudgement(record.judgement);
      await resign(stored, i + 1, () => ({ firstSeq: seq }));
      replace(stored, i + 1, { firstSeq: seq });
      seq += verdicts.filter(({ verdict }) => verdict === Verdict.accepted).length;
    }
    stored.snapshots = [];
    const { firstInvalid } = await verify(stored);
    expect(firstInvalid).toMatchObject({ index: box + 1, code: 'diverged' });
    expect(firstInvalid?.type).toMatch(/^(transform\.translate|entity\.rename)$/);
    expect(firstInvalid?.entry).toMatch(/^\d+-[0-9a-f]{16}-\d+$/);
    expect(firstInvalid?.message).toContain('was accepted and does not apply');
  });

  it('finds a document that is not the one of a snapshot', async () => {
    const stored = await storedSession();
    const [first] = stored.snapshots;
    if (first === undefined) throw new Error('There is no snapshot.');
    stored.snapshots = [{ ...first, worldHash: 'ab'.repeat(32) }];
    const report = await verify(stored);
    expect(report.firstInvalid).toMatchObject({ index: first.logIndex, code: 'world_hash' });
  });

  it('finds a column that says something else than its verdict, and a missing blob', async () => {
    const stored = await storedSession();
    const whole = [...stored.records];
    replace(stored, 2, { author: 'ab'.repeat(32) });
    expect((await verify(stored)).firstInvalid).toMatchObject({ index: 2, code: 'damaged' });
    stored.records = whole;
    const report = await verify(stored, true);
    expect(report.firstInvalid?.code).toBe('blob_missing');
    expect(report.invalid).toBeGreaterThan(100);
  });

  it('finds an id that is not the fingerprint of its key', async () => {
    const stored = await storedSession();
    stored.session = { ...stored.session, id: 'AAAAAAAAAAAAAAAAAAAAAA' };
    expect((await verify(stored)).fault).toContain('fingerprint');
  });
});
