import { sha256 } from '@noble/hashes/sha2.js';
import type { Component, NamedField } from '../ecs/component.ts';
import type { Document } from '../ecs/document/document.ts';
import { counterOf, type EntityId, NO_ENTITY_ID, siteOf } from '../ecs/document/entity-id.ts';
import type { Site } from '../ecs/document/sites.ts';
import { type Entity, entityIndex, NO_ENTITY } from '../ecs/entity.ts';
import { encode } from '../protocol/codec.ts';
import type { Column } from '../protocol/generated/types.ts';
import { createStructs, type StructVector, structOf } from '../protocol/struct-vector.ts';
import { type Bytes, toHex } from '../shared/bytes.ts';
import { componentIdOf, digestToBytes, laneOf } from './wire/component-codec.ts';

const ENTITY_ID = structOf('EntityId');

/** The sites that a document bears, in their order, and the place of each in it. */
interface SiteOrder {
  readonly sorted: readonly Site[];
  /** By site. */
  readonly rank: Uint32Array;
}

/**
 * The document in its canonical form (`schema/snapshot.fbs`): equal documents give equal bytes,
 * whatever the order in which their entities and sites became known (O2).
 */
export function encodeDocument(document: Document): Bytes {
  const all = [...document.entities()];
  return encodeRows(document, all);
}

/** As `encodeDocument`, of some entities alone. */
export function encodeRows(document: Document, rows: readonly Entity[]): Bytes {
  const order = siteOrder(document, rows);
  const ranked = (entity: Entity): number => order.rank[siteOf(document.idOf(entity))] as number;
  const entities = [...rows].sort(
    (a, b) => ranked(a) - ranked(b) || counterOf(document.idOf(a)) - counterOf(document.idOf(b)),
  );
  const ids = createStructs('EntityId', entities.length);
  for (const [i, entity] of entities.entries()) writeId(ids, i, document.idOf(entity), order);
  const columns = document.components
    .map((component, index) => encodeColumn(document, component, index, entities, order))
    .filter((column) => column !== undefined);
  return encode('Document', {
    sites: order.sorted.map((site) => ({
      author: document.sites.authorBytesOf(site),
      replica: document.sites.replicaOf(site),
    })),
    entities: ids,
    columns,
  });
}

/** O2: SHA-256 of the canonical form, in hexadecimal. */
export function worldHash(document: Document): string {
  return toHex(sha256(encodeDocument(document)));
}

function siteOrder(document: Document, entities: readonly Entity[]): SiteOrder {
  const used = new Uint8Array(document.sites.size);
  for (const entity of entities) {
    used[siteOf(document.idOf(entity))] = 1;
  }
  for (const component of document.components) markNamed(document, component, entities, used);
  for (let index = 0; index < document.components.length; index++) {
    const stamps = document.stampsOf(index);
    for (const entity of entities) {
      const row = entityIndex(entity);
      for (let slot = 0; slot < stamps.slots; slot++) used[stamps.site(row, slot)] = 1;
    }
  }
  const sorted: Site[] = [];
  for (let site = 1; site < used.length; site++) if (used[site]) sorted.push(site as Site);
  sorted.sort((a, b) => document.sites.compare(a, b));
  const rank = new Uint32Array(used.length);
  for (const [at, site] of sorted.entries()) rank[site] = at;
  return { sorted, rank };
}

/** The sites of the entities that a component names: parents, shared materials. */
function markNamed(
  document: Document,
  component: Component,
  entities: readonly Entity[],
  used: Uint8Array,
): void {
  for (const { kind, name } of component.fields) {
    if (kind !== 'entity') continue;
    const column = (document.world.columns(component) as Record<string, ArrayLike<number>>)[name]!;
    for (const entity of entities) {
      const named = column[entityIndex(entity)] as Entity;
      if (named === NO_ENTITY || !document.world.has(entity, component)) continue;
      used[siteOf(document.idOf(named))] = 1;
    }
  }
}

function writeId(ids: StructVector<'EntityId'>, at: number, id: EntityId, order: SiteOrder): void {
  if (id === NO_ENTITY_ID) return;
  const offset = ids.offset + at * ids.stride;
  const rank = order.rank[siteOf(id)] as number;
  ids.view.setUint32(offset + ENTITY_ID.offsets.site, rank, true);
  ids.view.setUint32(offset + ENTITY_ID.offsets.counter, counterOf(id), true);
}

function encodeColumn(
  document: Document,
  component: Component,
  index: number,
  entities: readonly Entity[],
  order: SiteOrder,
): Column | undefined {
  const rows: number[] = [];
  for (const [row, entity] of entities.entries()) {
    if (document.hasComponent(entity, index) || document.isStamped(entity, index)) rows.push(row);
  }
  if (rows.length === 0) return undefined;
  const members = rows.map((row) => entities[row] as Entity);
  const presence = Uint8Array.from(members, (entity) =>
    document.hasComponent(entity, index) ? 1 : 0,
  );
  const present = members.filter((_, i) => presence[i] === 1);
  const stamps = document.stampsOf(index);
  const lamports = new Float64Array(stamps.slots * rows.length);
  const sites = new Uint32Array(stamps.slots * rows.length);
  for (let slot = 0; slot < stamps.slots; slot++) {
    for (const [i, entity] of members.entries()) {
      const row = entityIndex(entity);
      const lamport = stamps.lamport(row, slot);
      if (lamport === 0) continue;
      lamports[slot * rows.length + i] = lamport;
      sites[slot * rows.length + i] = order.rank[stamps.site(row, slot)] as number;
    }
  }
  return {
    component: componentIdOf(component),
    rows: Uint32Array.from(rows),
    present: presence,
    lamports,
    sites,
    ...encodeValues(document, component, present, order),
  };
}

type Values = Pick<Column, 'floats' | 'doubles' | 'integers' | 'texts' | 'digests' | 'entities'>;

/** Field by field, each for all of the entities. */
function encodeValues(
  document: Document,
  component: Component,
  entities: readonly Entity[],
  order: SiteOrder,
): Values {
  const floats: number[] = [];
  const doubles: number[] = [];
  const integers: number[] = [];
  const texts: string[] = [];
  const digests: Bytes[] = [];
  const ids: EntityId[] = [];
  const columns = document.world.columns(component) as Record<string, ArrayLike<number | string>>;
  for (const field of component.fields) {
    const column = columns[field.name] as ArrayLike<number | string>;
    const lane = laneOf(field);
    for (const entity of entities) {
      const row = entityIndex(entity);
      if (lane === 'texts') texts.push(column[row] as string);
      else if (lane === 'digests') digests.push(digestToBytes(column[row] as string));
      else if (lane === 'entities') ids.push(document.idOf(column[row] as Entity));
      else {
        const numbers = lane === 'floats' ? floats : lane === 'doubles' ? doubles : integers;
        pushNumbers(numbers, column as ArrayLike<number>, row, field);
      }
    }
  }
  const entityIds = createStructs('EntityId', ids.length);
  for (const [i, id] of ids.entries()) writeId(entityIds, i, id, order);
  return {
    ...(floats.length > 0 && { floats: Float32Array.from(floats) }),
    ...(doubles.length > 0 && { doubles: Float64Array.from(doubles) }),
    ...(integers.length > 0 && { integers: Int32Array.from(integers) }),
    ...(texts.length > 0 && { texts }),
    ...(digests.length > 0 && { digests }),
    ...(ids.length > 0 && { entities: entityIds }),
  };
}

function pushNumbers(
  into: number[],
  column: ArrayLike<number>,
  row: number,
  field: NamedField,
): void {
  for (let i = 0; i < field.stride; i++) into.push(column[row * field.stride + i] as number);
}
