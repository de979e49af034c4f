/**
 * What it costs to encode, verify and decode a packet's entries, beside flatbuffers' generated code,
 * which verifies nothing. `npx tsx bench/codec.ts [--quick]`.
 */
import { decode, encode } from '../src/protocol/codec.ts';
import type { EntityCreateItem, Entries } from '../src/protocol/generated/types.ts';
import { createStructs, structOf, structsFrom } from '../src/protocol/struct-vector.ts';
import { verify } from '../src/protocol/verifier.ts';
import type { Bytes } from '../src/shared/bytes.ts';
import { flatcCreation, flatcDecode, flatcTransforms } from './codec-flatc.ts';
import {
  type BenchOptions,
  type BenchReport,
  type BenchRow,
  isMain,
  measure,
  measurementOf,
  printReport,
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

/** The rows of all packets; nanoseconds a packet. */
export async function run(options: BenchOptions): Promise<BenchReport> {
  const rows = CASES.flatMap((each) => rowsOf(each, options));
  const notes = ['hot items decode to a view over the input; flatbuffers unpacks them to objects'];
  return { name: 'codec', rows, notes };
}

if (isMain(import.meta.url)) printReport(await run({ quick: process.argv.includes('--quick') }));
