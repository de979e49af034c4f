import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { type Bytes, toHex } from '../../shared/bytes.ts';
import { MAX_SNAPSHOTS } from './keyframes.ts';
import type {
  FirstLink,
  LogRecord,
  SessionRecord,
  SessionStorage,
  SnapshotRecord,
} from './storage.ts';

/** One rule that every storage adapter keeps. Neutral of the test runner: two runtimes run it. */
export interface ContractCase {
  readonly name: string;
  run(storage: SessionStorage): Promise<void>;
}

const ALICE = 'a1'.repeat(32);
const BOB = 'b0'.repeat(32);

const bytes = (length: number, fill: number): Bytes => new Uint8Array(length).fill(fill);

export function sampleSession(id: string, over: Partial<SessionRecord> = {}): SessionRecord {
  return {
    id,
    publicKey: bytes(32, 1),
    privateKey: bytes(48, 2),
    createdAt: 1_800_000_000_000,
    lastActiveAt: 1_800_000_000_000,
    epoch: 0xfedcba98,
    genesis: bytes(32, 3),
    ...over,
  };
}

export function sampleRecord(
  sessionId: string,
  index: number,
  over: Partial<LogRecord> = {},
): LogRecord {
  return {
    sessionId,
    index,
    firstSeq: index,
    entryCount: 1,
    author: ALICE,
    replica: 7,
    nonce: index,
    packet: bytes(100, index),
    judgement: bytes(80, index + 1),
    head: bytes(32, index + 2),
    at: 1_800_000_000_000 + index,
    ...over,
  };
}

const sampleLink = (sessionId: string, id: string, createdAt = 5): FirstLink => ({
  id,
  sessionId,
  role: 'editor',
  tokenHash: new Uint8Array(createHash('sha256').update(`${sessionId}${id}`).digest()),
  createdAt,
});

const sampleSnapshot = (sessionId: string, seq: number): SnapshotRecord => ({
  sessionId,
  seq,
  logIndex: seq,
  head: bytes(32, 9),
  bytes: bytes(10_000, seq),
  size: 20_000,
  worldHash: 'ab'.repeat(8),
  at: seq,
});

const refusedWith =
  (code: string) =>
  (thrown: unknown): boolean =>
    thrown instanceof Error && 'code' in thrown && thrown.code === code;

async function withSession(storage: SessionStorage, id = 's'): Promise<string> {
  await storage.createSession(sampleSession(id), []);
  return id;
}

export const STORAGE_CONTRACT: readonly ContractCase[] = [
  {
    name: 'gives back a session as it was created, with its links',
    async run(storage) {
      const session = sampleSession('s');
      const links = [sampleLink('s', 'l1'), sampleLink('s', 'l2', 4)];
      await storage.createSession(session, links);
      assert.deepEqual(await storage.getSession('s'), session);
      assert.deepEqual(await storage.listFirstLinks('s'), [links[1], links[0]]);
      assert.equal(await storage.getSession('other'), undefined);
      assert.equal(await storage.countSessions(), 1);
    },
  },
  {
    name: 'refuses to create a session twice, and keeps the first',
    async run(storage) {
      await withSession(storage);
      const again = storage.createSession(sampleSession('s', { epoch: 1 }), []);
      await assert.rejects(again, refusedWith('duplicate'));
      assert.equal((await storage.getSession('s'))?.epoch, 0xfedcba98);
    },
  },
  {
    name: 'changes only what a patch names',
    async run(storage) {
      await withSession(storage);
      await storage.updateSession({ id: 's', epoch: 2 });
      await storage.updateSession({ id: 's', lastActiveAt: 7 });
      const expected = sampleSession('s', { lastActiveAt: 7, epoch: 2 });
      assert.deepEqual(await storage.getSession('s'), expected);
      const unknown = storage.updateSession({ id: 'other', epoch: 2 });
      await assert.rejects(unknown, refusedWith('unknown-session'));
    },
  },
  {
    name: 'lists sessions untouched since a time that hold nothing of anybody, oldest first',
    async run(storage) {
      await storage.createSession(sampleSession('late', { lastActiveAt: 20 }), []);
      await storage.createSession(sampleSession('early', { lastActiveAt: 10 }), []);
      await storage.createSession(sampleSession('fresh', { lastActiveAt: 30 }), []);
      await storage.createSession(sampleSession('used', { lastActiveAt: 10 }), []);
      await storage.appendGroup([sampleRecord('used', 1)]);
      const own = toHex(sampleSession('late').publicKey);
      await storage.appendGroup([sampleRecord('late', 1, { author: own })]);
      assert.deepEqual(await storage.listEmptySessions(30, 10), ['early', 'late']);
      assert.deepEqual(await storage.listEmptySessions(30, 1), ['early']);
    },
  },
  {
    name: 'forgets everything of a deleted session and nothing of another',
    async run(storage) {
      await storage.createSession(sampleSession('s'), [sampleLink('s', 'l1')]);
      await withSession(storage, 'other');
      await storage.appendGroup([sampleRecord('s', 1), sampleRecord('other', 1)]);
      await storage.putSnapshot(sampleSnapshot('s', 1));
      await storage.deleteSession('s');
      assert.equal(await storage.getSession('s'), undefined);
      assert.deepEqual(await storage.listFirstLinks('s'), []);
      assert.deepEqual(await storage.readLog('s', 0, 10), []);
      assert.equal(await storage.latestSnapshot('s'), undefined);
      assert.equal((await storage.readLog('other', 0, 10)).length, 1);
    },
  },
  {
    name: 'D1: gives the log back in order, to the byte, in pages',
    async run(storage) {
      await withSession(storage);
      const records = [1, 2, 3, 4, 5].map((index) => sampleRecord('s', index));
      await storage.appendGroup(records.slice(0, 3));
      await storage.appendGroup(records.slice(3));
      assert.deepEqual(await storage.readLog('s', 0, 100), records);
      assert.deepEqual(await storage.readLog('s', 2, 2), records.slice(2, 4));
      assert.deepEqual(await storage.lastRecord('s'), records[4]);
      assert.equal(await storage.lastRecord('other'), undefined);
    },
  },
  {
    name: 'D1: one group may append to several sessions',
    async run(storage) {
      await withSession(storage, 'a');
      await withSession(storage, 'b');
      await storage.appendGroup([sampleRecord('a', 1), sampleRecord('b', 1), sampleRecord('a', 2)]);
      assert.equal((await storage.lastRecord('a'))?.index, 2);
      assert.equal((await storage.lastRecord('b'))?.index, 1);
    },
  },
  {
    name: 'O2: refuses a record that is not the next, and nothing of its group stays',
    async run(storage) {
      await withSession(storage);
      await storage.appendGroup([sampleRecord('s', 1, { firstSeq: 1, entryCount: 3 })]);
      const next = sampleRecord('s', 2, { firstSeq: 4 });
      const gap = storage.appendGroup([next, sampleRecord('s', 4, { firstSeq: 5 })]);
      await assert.rejects(gap, refusedWith('log-gap'));
      const wrongSeq = storage.appendGroup([sampleRecord('s', 2, { firstSeq: 3 })]);
      await assert.rejects(wrongSeq, refusedWith('log-gap'));
      const again = storage.appendGroup([sampleRecord('s', 1, { nonce: 9 })]);
      await assert.rejects(again, refusedWith('duplicate'));
      const stranger = storage.appendGroup([next, sampleRecord('nobody', 1)]);
      await assert.rejects(stranger, refusedWith('unknown-session'));
      assert.equal((await storage.readLog('s', 0, 10)).length, 1);
      await storage.appendGroup([next]);
    },
  },
  {
    name: 'O2: a packet with no accepted entry takes an index and no sequence number',
    async run(storage) {
      await withSession(storage);
      await storage.appendGroup([
        sampleRecord('s', 1, { firstSeq: 1, entryCount: 2 }),
        sampleRecord('s', 2, { firstSeq: 3, entryCount: 0 }),
        sampleRecord('s', 3, { firstSeq: 3, entryCount: 1 }),
      ]);
      assert.equal((await storage.lastRecord('s'))?.index, 3);
    },
  },
  {
    name: 'D2: a nonce is stored once, across groups and within one',
    async run(storage) {
      await withSession(storage);
      await withSession(storage, 'other');
      await storage.appendGroup([sampleRecord('s', 1)]);
      const across = storage.appendGroup([sampleRecord('s', 2, { nonce: 1 })]);
      await assert.rejects(across, refusedWith('duplicate'));
      const within = storage.appendGroup([
        sampleRecord('s', 2),
        sampleRecord('s', 3, { nonce: 2 }),
      ]);
      await assert.rejects(within, refusedWith('duplicate'));
      assert.equal((await storage.readLog('s', 0, 10)).length, 1);
      await storage.appendGroup([
        sampleRecord('s', 2, { nonce: 1, replica: 8 }),
        sampleRecord('s', 3, { nonce: 1, author: BOB }),
        sampleRecord('other', 1, { nonce: 1 }),
      ]);
    },
  },
  {
    name: 'D2: a stored verdict comes back with the hash of the packet it judged',
    async run(storage) {
      await withSession(storage);
      const record = sampleRecord('s', 1);
      await storage.appendGroup([record]);
      const packetHash = new Uint8Array(createHash('sha256').update(record.packet).digest());
      assert.deepEqual(await storage.findVerdict('s', ALICE, 7, 1), {
        packetHash,
        judgement: record.judgement,
      });
      assert.equal(await storage.findVerdict('s', ALICE, 7, 2), undefined);
      assert.equal(await storage.findVerdict('s', BOB, 7, 1), undefined);
    },
  },
  {
    name: 'S2: the last nonce of each replica is known',
    async run(storage) {
      await withSession(storage);
      await storage.appendGroup([
        sampleRecord('s', 1, { author: BOB, replica: 4_294_967_295, nonce: 1 }),
        sampleRecord('s', 2, { nonce: 1 }),
        sampleRecord('s', 3, { nonce: 2 }),
        sampleRecord('s', 4, { nonce: 1, replica: 2 }),
      ]);
      assert.deepEqual(await storage.highWater('s'), [
        { author: ALICE, replica: 2, nonce: 1 },
        { author: ALICE, replica: 7, nonce: 2 },
        { author: BOB, replica: 4_294_967_295, nonce: 1 },
      ]);
      assert.deepEqual(await storage.highWater('other'), []);
    },
  },
  {
    name: 'D4: keeps snapshots over the whole history, and finds the newest within a sequence number',
    async run(storage) {
      await withSession(storage);
      const seqs = Array.from({ length: MAX_SNAPSHOTS + 6 }, (_, i) => (i + 1) * 10);
      for (const seq of seqs) await storage.putSnapshot(sampleSnapshot('s', seq));
      const last = seqs.at(-1) ?? 0;
      assert.deepEqual(await storage.latestSnapshot('s'), sampleSnapshot('s', last));
      assert.equal((await storage.latestSnapshot('s', last - 1))?.seq, last - 10);
      assert.equal((await storage.listSnapshots('s')).length, MAX_SNAPSHOTS);
      assert.ok((await storage.latestSnapshot('s', 50)) !== undefined);
      assert.equal(await storage.latestSnapshot('s', 9), undefined);
      await storage.putSnapshot({ ...sampleSnapshot('s', last), at: 1234 });
      assert.equal((await storage.latestSnapshot('s'))?.at, 1234);
    },
  },
  {
    name: 'D4: lists the steps of the log, and those that name versions, by session',
    async run(storage) {
      await withSession(storage);
      await withSession(storage, 't');
      const step = (label: string, seq: number) => ({
        label,
        type: 'entity.create',
        entries: 1,
        seq,
      });
      const version = { seq: 2, name: 'Draft' };
      await storage.appendGroup([
        { ...sampleRecord('s', 1), entryCount: 2, steps: [step('A', 1), step('B', 2)] },
        { ...sampleRecord('t', 1), steps: [step('T', 1)] },
        { ...sampleRecord('s', 2), firstSeq: 3, entryCount: 0, steps: [] },
        { ...sampleRecord('s', 3), firstSeq: 3, steps: [{ ...step('C', 3), version }] },
      ]);
      assert.equal(await storage.countSteps('s'), 3);
      assert.equal(await storage.countSteps('nobody'), 0);
      const [, b, c] = await storage.readSteps('s', 0, 10);
      const where = { sessionId: 's', author: ALICE };
      const first = sampleRecord('s', 1);
      assert.deepEqual(b, { ...where, ...step('B', 2), ordinal: 2, index: 1, at: first.at });
      assert.deepEqual(await storage.readSteps('s', 1, 1), [b]);
      assert.deepEqual(await storage.listVersions('s'), [c]);
      assert.deepEqual(c?.version, version);
      assert.deepEqual(await storage.readLog('t', 0, 9), [sampleRecord('t', 1)]);
      await storage.deleteSession('s');
      assert.equal(await storage.countSteps('s'), 0);
    },
  },
  {
    name: 'lists sessions, and the snapshots of one without their bytes',
    async run(storage) {
      await withSession(storage, 't');
      await withSession(storage, 's');
      for (const seq of [20, 10]) await storage.putSnapshot(sampleSnapshot('s', seq));
      assert.deepEqual(await storage.listSessions(), ['s', 't']);
      const { bytes: content, ...rest } = sampleSnapshot('s', 10);
      const marks = await storage.listSnapshots('s');
      assert.deepEqual(marks[0], { ...rest, storedBytes: content.length });
      assert.deepEqual(
        marks.map(({ seq }) => seq),
        [10, 20],
      );
      assert.deepEqual(await storage.listSnapshots('t'), []);
    },
  },
  {
    name: 'D5: sums the blobs of a session, each once',
    async run(storage) {
      await withSession(storage);
      const grant = { sessionId: 's', hash: 'cd'.repeat(32), size: 100, author: ALICE, at: 1 };
      await storage.grantBlob(grant);
      await storage.grantBlob({ ...grant, author: BOB, at: 2 });
      await storage.grantBlob({ ...grant, hash: 'ef'.repeat(32), size: 11 });
      assert.equal(await storage.blobUsage('s'), 111);
      assert.deepEqual(await storage.getBlobGrant('s', grant.hash), grant);
      assert.equal(await storage.blobUsage('other'), 0);
      const unknown = storage.grantBlob({ ...grant, sessionId: 'other' });
      await assert.rejects(unknown, refusedWith('unknown-session'));
    },
  },
  {
    name: 'keeps its own copy of what it is given, and gives copies',
    async run(storage) {
      await withSession(storage);
      const record = sampleRecord('s', 1);
      const original = record.packet.slice();
      await storage.appendGroup([record]);
      record.packet.fill(0);
      (await storage.lastRecord('s'))?.packet.fill(0);
      assert.deepEqual((await storage.lastRecord('s'))?.packet, original);
    },
  },
  {
    name: 'refuses work after it was closed',
    async run(storage) {
      await withSession(storage);
      await storage.close();
      await storage.close();
      await assert.rejects(storage.getSession('s'), refusedWith('closed'));
      await assert.rejects(storage.appendGroup([sampleRecord('s', 1)]), refusedWith('closed'));
    },
  },
];
