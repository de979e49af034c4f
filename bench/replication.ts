/**
 * The same edits through ours and through what people would use instead: what an edit costs where it is
 * made and where it arrives, its bytes on the line, and what a late joiner is sent and does with it.
 * `npx tsx bench/replication.ts [--quick]`.
 */
import { seededRandom } from '../src/shared/random.ts';
import {
  type BenchOptions,
  type BenchReport,
  type BenchRow,
  isMain,
  printReport,
} from './harness.ts';
import { automergeSubject } from './replication-subjects/automerge.ts';
import { colyseusSubject } from './replication-subjects/colyseus.ts';
import { loroSubject } from './replication-subjects/loro.ts';
import type { Move, Subject } from './replication-subjects/subject.ts';
import { thetaSubject } from './replication-subjects/theta.ts';
import { yjsSubject } from './replication-subjects/yjs.ts';

const FULL = { entities: 1000, edits: 20_000, few: 4000, rounds: 20, loads: 15 } as const;
const QUICK = { entities: 100, edits: 1024, few: 256, rounds: 2, loads: 2 } as const;
const AUTHORS = 4;
const PACKET = 64;
/** What the values of an edited transform and their stamps are: three floats, and clock and site. */
const VALUE_BYTES = 3 * 4 + 8 + 4;

/** What one subject was seen to do, by rounds. */
interface Record {
  readonly subject: Subject;
  readonly local: number[];
  readonly remote: number[];
  readonly load: number[];
  bytes: number;
  edits: number;
  snapshot: number;
}

function workload(entities: number, count: number): Move[] {
  const random = seededRandom(6);
  const metres = (): number => Math.fround(random.next() * 200 - 100);
  return Array.from({ length: count }, () => ({
    entity: random.below(entities),
    position: [metres(), metres(), metres()] as const,
  }));
}

/** One packet, through author, line and receiver. */
async function pass(record: Record, author: number, moves: readonly Move[]): Promise<number[]> {
  const { subject } = record;
  const began = performance.now();
  const packet = await subject.send(author, moves);
  const sent = performance.now();
  await subject.receive(packet);
  const received = performance.now();
  await subject.share(author, packet);
  record.bytes += packet.length;
  record.edits += moves.length;
  return [sent - began, received - sent];
}

/** The subjects take turns packet by packet, so that a disturbance of the machine meets all alike. */
async function edit(records: readonly Record[], moves: readonly Move[], rounds: number) {
  const perRound = Math.ceil(moves.length / rounds);
  for (let from = 0; from < moves.length; from += perRound) {
    const spent = records.map(() => [0, 0, 0] as [number, number, number]);
    const to = Math.min(moves.length, from + perRound);
    for (let at = from; at < to; at += PACKET) {
      const some = moves.slice(at, Math.min(at + PACKET, to));
      for (const [index, record] of records.entries()) {
        if (at >= (record.subject.edits ?? moves.length)) continue;
        const [local = 0, remote = 0] = await pass(record, ((at / PACKET) % AUTHORS) | 0, some);
        const sum = spent[index] as [number, number, number];
        sum[0] += local;
        sum[1] += remote;
        sum[2] += some.length;
      }
    }
    for (const [index, record] of records.entries()) {
      const [local, remote, count] = spent[index] as [number, number, number];
      if (count === 0) continue;
      record.local.push((local * 1000) / count);
      record.remote.push((remote * 1000) / count);
    }
  }
}

function join(records: readonly Record[], moves: readonly Move[], loads: number): void {
  const snapshots = records.map(({ subject }) => subject.snapshot());
  for (let round = 0; round < loads; round++) {
    for (const [index, record] of records.entries()) {
      const snapshot = snapshots[index] as Uint8Array<ArrayBuffer>;
      record.snapshot = snapshot.length;
      const began = performance.now();
      const found = record.subject.load(snapshot);
      record.load.push(performance.now() - began);
      check(record.subject, moves, found);
    }
  }
}

/** What a joiner has is what was written last. */
function check({ label, edits }: Subject, moves: readonly Move[], found: readonly number[]): void {
  const last = moves.slice(0, edits).findLast(({ entity }) => entity === 0);
  if (last?.position.some((each, i) => found[i] !== each)) {
    throw new Error(`${label} joined with ${found} for ${last.position}.`);
  }
}

function rowOf(label: string, unit: string, samples: readonly number[]): BenchRow {
  const sorted = samples.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] ?? 0;
  return { label, unit, value: at(0.5), spread: [at(0.25), at(0.75)] };
}

function median(samples: readonly number[]): number {
  return rowOf('', '', samples).value;
}

function withGoal(row: BenchRow, ratio: number, goal: string, pass: boolean): BenchRow {
  return { ...row, ratio, goal, pass };
}

function rowsOf(records: readonly Record[], entities: number): BenchRow[] {
  const [ours, yjs] = records as [Record, Record];
  const rows: BenchRow[] = [];
  for (const record of records) {
    const { label } = record.subject;
    const own = record === ours;
    const both = record.local.map((each, i) => each + (record.remote[i] as number));
    const whole = rowOf(`${label}: there and back, an edit`, 'µs', both);
    const theirs = median(yjs.local) + median(yjs.remote);
    const faster = theirs / whole.value;
    rows.push(rowOf(`${label}: local`, 'µs', record.local));
    rows.push(rowOf(`${label}: remote`, 'µs', record.remote));
    rows.push(own ? withGoal(whole, faster, '≥ 5 × faster than yjs', faster >= 5) : whole);
    rows.push(...sizes(record, yjs, own, entities));
    const load = rowOf(`${label}: load of the snapshot`, 'ms', record.load);
    const quicker = median(yjs.load) / load.value;
    rows.push(own ? withGoal(load, quicker, '≥ 5 × faster than yjs', quicker >= 5) : load);
  }
  return rows;
}

function sizes(record: Record, yjs: Record, own: boolean, entities: number): BenchRow[] {
  const { label } = record.subject;
  const bytes = record.bytes / record.edits;
  const edit = { label: `${label}: an edit, ${PACKET} a packet`, value: bytes, unit: 'bytes' };
  const snapshot = { label: `${label}: snapshot`, value: record.snapshot, unit: 'bytes' };
  if (!own) return [edit, snapshot];
  const share = record.snapshot / yjs.snapshot;
  const values = record.snapshot / (entities * VALUE_BYTES);
  const dense = withGoal(snapshot, values, '≤ 1.1 × values and stamps', values <= 1.1);
  return [
    withGoal(edit, bytes / (yjs.bytes / yjs.edits), '≤ 22 bytes', bytes <= 22),
    dense,
    withGoal(
      { ...snapshot, label: `${snapshot.label}, beside yjs` },
      share,
      '≤ 0.5 ×',
      share <= 0.5,
    ),
  ];
}

export async function run({ quick }: BenchOptions): Promise<BenchReport> {
  const { entities, edits, few, rounds, loads } = quick ? QUICK : FULL;
  const subjects = [
    await thetaSubject(entities, AUTHORS),
    yjsSubject(entities, AUTHORS),
    loroSubject(entities, AUTHORS),
    automergeSubject(entities, AUTHORS, few),
    colyseusSubject(entities),
  ];
  const records = subjects.map(
    (subject): Record => ({
      subject,
      local: [],
      remote: [],
      load: [],
      bytes: 0,
      edits: 0,
      snapshot: 0,
    }),
  );
  const moves = workload(entities, edits);
  await edit(records, moves, rounds);
  join(records, moves, loads);
  return {
    name: 'replication',
    rows: rowsOf(records, entities),
    notes: [
      `${entities} entities, ${edits} moves to random places by ${AUTHORS} authors, ${PACKET} a packet, each a transaction of its own`,
      ...subjects.flatMap(({ note }) => note ?? []),
    ],
  };
}

if (isMain(import.meta.url)) printReport(await run({ quick: process.argv.includes('--quick') }));
