/**
 * What it costs to encode, verify and decode packets' entries, beside flatbuffers' generated code
 * (which verifies nothing). `npx tsx bench/codec.ts`; nanoseconds, medians of several rounds.
 */
import { Builder, ByteBuffer } from 'flatbuffers';
import { decode, encode } from '../src/protocol/codec.ts';
import { ComponentId as FlatcComponentId } from '../src/protocol/generated/flatc/component-id.ts';
import { ComponentValue as FlatcComponentValue } from '../src/protocol/generated/flatc/component-value.ts';
import { EntityCreateItem as FlatcCreateItem } from '../src/protocol/generated/flatc/entity-create-item.ts';
import { EntityCreate1 as FlatcCreate } from '../src/protocol/generated/flatc/entity-create1.ts';
import { EntityId as FlatcEntityId } from '../src/protocol/generated/flatc/entity-id.ts';
import { Entries as FlatcEntries } from '../src/protocol/generated/flatc/entries.ts';
import { EntryHead as FlatcHead } from '../src/protocol/generated/flatc/entry-head.ts';
import { Ops as FlatcOps } from '../src/protocol/generated/flatc/ops.ts';
import { Run as FlatcRun } from '../src/protocol/generated/flatc/run.ts';
import { Site as FlatcSite } from '../src/protocol/generated/flatc/site.ts';
import { TransformFields as FlatcFields } from '../src/protocol/generated/flatc/transform-fields.ts';
import { TransformSetItem as FlatcItem } from '../src/protocol/generated/flatc/transform-set-item.ts';
import { TransformSet1 as FlatcTransformSet } from '../src/protocol/generated/flatc/transform-set1.ts';
import type { EntityCreateItem, Entries } from '../src/protocol/generated/types.ts';
import { createStructs, structOf, structsFrom } from '../src/protocol/struct-vector.ts';
import { verify } from '../src/protocol/verifier.ts';
import type { Bytes } from '../src/shared/bytes.ts';

const ROUNDS = 9;
const ROUND_MS = 60;
const SITE = { author: new Uint8Array(8).fill(7), replica: 3 };
const ITEM = structOf('TransformSetItem');

/** Nanoseconds a call, the median round. */
function nanoseconds(fn: () => unknown): number {
  const rounds: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now();
    let calls = 0;
    let elapsed = 0;
    while (elapsed < ROUND_MS) {
      for (let i = 0; i < 50; i++) sink = fn();
      calls += 50;
      elapsed = performance.now() - start;
    }
    rounds.push((elapsed * 1e6) / calls);
  }
  return rounds.sort((a, b) => a - b)[ROUNDS >> 1]!;
}
/** Keeps results alive, so that no call is optimised away. */
export let sink: unknown;

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

const ALL_FIELDS = FlatcFields.position | FlatcFields.rotation | FlatcFields.scale;
const AUTHOR = Array.from(SITE.author);

function finishFlatc(builder: Builder, type: FlatcOps, ops: number, count: number): Bytes {
  const runs = FlatcEntries.createRunsVector(builder, [FlatcRun.createRun(builder, type, ops)]);
  FlatcEntries.startHeadsVector(builder, count);
  for (let i = count - 1; i >= 0; i--) FlatcHead.createEntryHead(builder, i, 0);
  const heads = builder.endVector();
  FlatcEntries.startSitesVector(builder, 1);
  FlatcSite.createSite(builder, AUTHOR, SITE.replica);
  const sites = builder.endVector();
  FlatcEntries.startEntries(builder);
  FlatcEntries.addSites(builder, sites);
  FlatcEntries.addHeads(builder, heads);
  FlatcEntries.addRuns(builder, runs);
  builder.finish(FlatcEntries.endEntries(builder));
  return builder.asUint8Array().slice();
}

function flatcTransforms(builder: Builder, count: number): Bytes {
  builder.clear();
  FlatcTransformSet.startItemsVector(builder, count);
  for (let i = count - 1; i >= 0; i--)
    FlatcItem.createTransformSetItem(builder, 0, i + 1, i, 1, 2, 0, 0, 0, 1, 1, 1, 1, ALL_FIELDS);
  const set = FlatcTransformSet.createTransformSet1(builder, builder.endVector());
  return finishFlatc(builder, FlatcOps.TransformSet1, set, count);
}

function flatcCreation(builder: Builder): Bytes {
  builder.clear();
  const components = CREATED.components!.map(({ component, fields, floats, texts }) => {
    const texted = texts?.map((text) => builder.createString(text));
    const textsAt = texted && FlatcComponentValue.createTextsVector(builder, texted);
    const floatsAt = floats && FlatcComponentValue.createFloatsVector(builder, floats);
    FlatcComponentValue.startComponentValue(builder);
    const id = FlatcComponentId.createComponentId(builder, component.low, component.high);
    FlatcComponentValue.addComponent(builder, id);
    FlatcComponentValue.addFields(builder, fields);
    if (floatsAt !== undefined) FlatcComponentValue.addFloats(builder, floatsAt);
    if (textsAt !== undefined) FlatcComponentValue.addTexts(builder, textsAt);
    return FlatcComponentValue.endComponentValue(builder);
  });
  const componentsAt = FlatcCreateItem.createComponentsVector(builder, components);
  const order = builder.createString(CREATED.order);
  FlatcCreateItem.startEntityCreateItem(builder);
  FlatcCreateItem.addEntity(builder, FlatcEntityId.createEntityId(builder, 0, 1));
  FlatcCreateItem.addParent(builder, FlatcEntityId.createEntityId(builder, 0, 0));
  FlatcCreateItem.addOrder(builder, order);
  FlatcCreateItem.addComponents(builder, componentsAt);
  const items = [FlatcCreateItem.endEntityCreateItem(builder)];
  const create = FlatcCreate.createEntityCreate1(
    builder,
    FlatcCreate.createItemsVector(builder, items),
  );
  return finishFlatc(builder, FlatcOps.EntityCreate1, create, 1);
}

const flatcDecode = (bytes: Bytes): unknown =>
  FlatcEntries.getRootAsEntries(new ByteBuffer(bytes)).unpack();

interface Case {
  readonly name: string;
  readonly value: Entries;
  readonly flatcEncode: () => Bytes;
}

const builder = new Builder(64 * 1024);
const CASES: readonly Case[] = [
  ...[1, 16, 64].map((count) => ({
    name: `transform.set × ${count}`,
    value: transforms(count),
    flatcEncode: () => flatcTransforms(builder, count),
  })),
  { name: 'entity.create', value: creation(), flatcEncode: () => flatcCreation(builder) },
];

/** Prints a table of nanoseconds a packet. */
export function main(): void {
  const rows = CASES.map(({ name, value, flatcEncode }) => {
    const bytes = encode('Entries', value);
    const theirs = flatcEncode();
    return {
      packet: name,
      bytes: bytes.length,
      encode: Math.round(nanoseconds(() => encode('Entries', value))),
      verify: Math.round(nanoseconds(() => verify(bytes, 'Entries'))),
      decode: Math.round(nanoseconds(() => decode('Entries', bytes))),
      'flatc bytes': theirs.length,
      'flatc encode': Math.round(nanoseconds(flatcEncode)),
      'flatc unpack': Math.round(nanoseconds(() => flatcDecode(theirs))),
    };
  });
  console.table(rows);
}

main();
