/**
 * What it costs to encode, verify and decode a packet's entries, beside flatbuffers' generated code,
 * which verifies nothing. `npx tsx bench/codec.ts [--quick]`.
 */
import type { AnyCommandDefinition } from '../src/commands/definition.ts';
import { decodeEntries, encodeEntries, type Transaction } from '../src/commands/entries.ts';
import { newestDefinition } from '../src/commands/registry.ts';
import { Document } from '../src/ecs/document/document.ts';
import { entityId } from '../src/ecs/document/entity-id.ts';
import { decode, encode } from '../src/protocol/codec.ts';
import type { EntityCreateItem, Entries } from '../src/protocol/generated/types.ts';
import { createStructs, structOf, structsFrom } from '../src/protocol/struct-vector.ts';
import { verify } from '../src/protocol/verifier.ts';
import type { Bytes } from '../src/shared/bytes.ts';
import { flatcCreation, flatcDecode, flatcTransforms } from './codec-flatc.ts';
import { decodeTables, encodeTables } from './codec-tables.ts';
import {
  type BenchOptions,
  type BenchReport,
  type BenchRow,
  isMain,
  measure,
  measurementOf,
  printReport,
  ratioOf,
  timeRow,
} from './harness.ts';

const SITE = { author: new Uint8Array(8).fill(7), replica: 3 };
const ITEM = structOf('TransformSetItem');

function headsOf(count: number): Entries['heads'] {
  const values = Array.from({ length: count }, (_, i) => ({ lamport: i, transaction: 0 }));
  return structsFrom('EntryHead', values);
}

function transforms(count: number): Entries {
  const items = createStructs('TransformSetItem', count);
  for (let i = 0; i < count; i++) {
    const at = i * items.stride;
    items.view.setUint32(at + ITEM.offsets.entity + 4, i + 1, true);
    for (let f = 0; f < 10; f++)
      items.view.setFloat32(at + ITEM.offsets.position + 4 * f, i + f / 8, true);
    items.view.setUint8(at + ITEM.offsets.fields, 7);
  }
  const ops = { type: 'TransformSet1', value: { items } } as const;
  return { sites: [SITE], heads: headsOf(count), runs: [{ ops }] };
}

const CREATED: EntityCreateItem = {
  entity: { site: 0, counter: 1 },
  parent: { site: 0, counter: 0 },
  order: 'a0',
  components: [
    {
      component: { low: 1, high: 2 },
      fields: 7,
      floats: Float32Array.of(1, 2, 3, 0, 0, 0, 1, 1, 1, 1),
    },
    { component: { low: 3, high: 4 }, fields: 1, texts: ['Cube'] },
  ],
};

function creation(): Entries {
  const ops = { type: 'EntityCreate1', value: { items: [CREATED] } } as const;
  return { sites: [SITE], heads: headsOf(1), runs: [{ ops }] };
}

interface Case {
  readonly name: string;
  readonly value: Entries;
  readonly flatcEncode: () => Bytes;
}

const CASES: readonly Case[] = [
  ...[1, 16, 64].map((count) => ({
    name: `transform.set × ${count}`,
    value: transforms(count),
    flatcEncode: () => flatcTransforms(count, SITE),
  })),
  {
    name: 'entity.create',
    value: creation(),
    flatcEncode: () => flatcCreation(CREATED, SITE),
  },
];

/** Keeps results alive, so that no call is optimised away. */
export let sink: unknown;

function rowsOf({ name, value, flatcEncode }: Case, options: BenchOptions): BenchRow[] {
  const bytes = encode('Entries', value);
  const theirs = flatcEncode();
  const contestant = (label: string, fn: () => unknown) => ({
    label,
    operations: 1,
    run: () => {
      sink = fn();
    },
  });
  const times = measure(
    [
      contestant('encode', () => encode('Entries', value)),
      contestant('encode, flatbuffers', flatcEncode),
      contestant('verify', () => verify(bytes, 'Entries')),
      contestant('verify and decode', () => decode('Entries', bytes)),
      contestant('unpack unverified, flatbuffers', () => flatcDecode(theirs)),
    ],
    options,
  );
  const ratio =
    measurementOf(times, 'encode').nanoseconds /
    measurementOf(times, 'encode, flatbuffers').nanoseconds;
  return [
    { label: `${name}: size`, value: bytes.length, unit: 'bytes' },
    ...times.map((time) => timeRow(name, time, time.label === 'encode' ? { ratio } : {})),
  ];
}

const COMMANDS = 64;

/** A packet of commands from the operations to the operations, as a page and a server do it. */
function commandRows(options: BenchOptions): BenchRow[] {
  const document = new Document();
  const site = document.sites.intern(SITE.author, SITE.replica);
  const definition = newestDefinition('transform.set') as AnyCommandDefinition;
  const positionOf = (i: number) => [0, 1, 2].map((k) => Math.fround(Math.sin(i * 3 + k) * 100));
  const transactions = Array.from({ length: COMMANDS }, (_, i): Transaction => {
    const op = { entity: entityId(site, ((i * 577) % 1000) + 1), position: positionOf(i) };
    return { label: 'Move', entries: [{ definition, op, stamp: { lamport: i + 1, site } }] };
  });
  const tables = transactions.map((_, i) => ({
    lamport: i + 1,
    author: '0707070707070707',
    replica: 3,
    counter: ((i * 577) % 1000) + 1,
    position: positionOf(i),
  }));
  const bytes = encodeEntries(document, site, 1, transactions);
  const theirs = encodeTables(tables);
  const contestant = (label: string, fn: () => unknown) => ({
    label,
    operations: COMMANDS,
    run: () => {
      sink = fn();
    },
  });
  const times = measure(
    [
      contestant('encode', () => encodeEntries(document, site, 1, transactions)),
      contestant('encode, flatbuffers tables', () => encodeTables(tables)),
      contestant('verify and decode', () => decodeEntries(document, SITE, 1, bytes)),
      contestant('decode unverified, flatbuffers tables', () => decodeTables(theirs)),
    ],
    options,
  );
  const [encoded, encodedTables, decoded, decodedTables] = times as [Time, Time, Time, Time];
  const group = 'a transform.set of 64 in a packet';
  const goal = (own: Time, other: Time, least: number) => {
    const ratio = ratioOf(other, own);
    return timeRow(group, own, { ratio, goal: `≥ ${least} × faster`, pass: ratio >= least });
  };
  return [
    { label: `${group}: size`, value: bytes.length / COMMANDS, unit: 'bytes' },
    { label: `${group}: size, flatbuffers tables`, value: theirs.length / COMMANDS, unit: 'bytes' },
    goal(encoded, encodedTables, 10),
    timeRow(group, encodedTables),
    goal(decoded, decodedTables, 4),
    timeRow(group, decodedTables),
  ];
}

type Time = ReturnType<typeof measure>[number];

/** The rows of all packets; nanoseconds a packet. */
export async function run(options: BenchOptions): Promise<BenchReport> {
  const rows = [...commandRows(options), ...CASES.flatMap((each) => rowsOf(each, options))];
  const notes = ['hot items decode to a view over the input; flatbuffers unpacks them to objects'];
  return { name: 'codec', rows, notes };
}

if (isMain(import.meta.url)) printReport(await run({ quick: process.argv.includes('--quick') }));
