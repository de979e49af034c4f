/** The packets of `codec.ts`, written and read by flatc's generated code. */
import { Builder, ByteBuffer } from 'flatbuffers';
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
import type { EntityCreateItem, Site } from '../src/protocol/generated/types.ts';
import type { Bytes } from '../src/shared/bytes.ts';

const builder = new Builder(64 * 1024);

const ALL_FIELDS = FlatcFields.position | FlatcFields.rotation | FlatcFields.scale;

function finish(type: FlatcOps, ops: number, count: number, site: Site): Bytes {
  const runs = FlatcEntries.createRunsVector(builder, [FlatcRun.createRun(builder, type, ops)]);
  FlatcEntries.startHeadsVector(builder, count);
  for (let i = count - 1; i >= 0; i--) FlatcHead.createEntryHead(builder, i, 0);
  const heads = builder.endVector();
  FlatcEntries.startSitesVector(builder, 1);
  FlatcSite.createSite(builder, Array.from(site.author), site.replica);
  const sites = builder.endVector();
  FlatcEntries.startEntries(builder);
  FlatcEntries.addSites(builder, sites);
  FlatcEntries.addHeads(builder, heads);
  FlatcEntries.addRuns(builder, runs);
  builder.finish(FlatcEntries.endEntries(builder));
  return builder.asUint8Array().slice();
}

/** `count` items of `transform.set`. */
export function flatcTransforms(count: number, site: Site): Bytes {
  builder.clear();
  FlatcTransformSet.startItemsVector(builder, count);
  for (let i = count - 1; i >= 0; i--)
    FlatcItem.createTransformSetItem(builder, 0, i + 1, i, 1, 2, 0, 0, 0, 1, 1, 1, 1, ALL_FIELDS);
  const set = FlatcTransformSet.createTransformSet1(builder, builder.endVector());
  return finish(FlatcOps.TransformSet1, set, count, site);
}

/** One `entity.create`. */
export function flatcCreation(created: EntityCreateItem, site: Site): Bytes {
  builder.clear();
  const components = created.components!.map(({ component, fields, floats, texts }) => {
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
  const order = builder.createString(created.order);
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
  return finish(FlatcOps.EntityCreate1, create, 1, site);
}

/** Everything that is in the buffer, as objects; nothing is verified. */
export const flatcDecode = (bytes: Bytes): unknown =>
  FlatcEntries.getRootAsEntries(new ByteBuffer(bytes)).unpack();
