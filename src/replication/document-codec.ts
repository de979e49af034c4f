import { sha256 } from '@noble/hashes/sha2.js';
import type { Component } from '../ecs/component.ts';
import type { Document } from '../ecs/document/document.ts';
import { counterOf, type EntityId, siteOf } from '../ecs/document/entity-id.ts';
import type { Site } from '../ecs/document/sites.ts';
import type { Stamp } from '../ecs/document/stamps.ts';
import { type Entity, entityIndex } from '../ecs/entity.ts';
import { encode } from '../protocol/codec.ts';
import type { Column, Document as WireDocument } from '../protocol/generated/types.ts';
import { createStructs, type StructVector, structOf } from '../protocol/struct-vector.ts';
import { type Bytes, toHex } from '../shared/bytes.ts';
import { DigestNumbering, StampNumbering } from './columns/numbering.ts';
import { StampDraft } from './columns/stamp-draft.ts';
import { ValueDraft, writeIds } from './columns/value-draft.ts';
import { componentIdOf, digestToBytes } from './wire/component-codec.ts';

const STAMP = structOf('Stamp');
const UINT_RANGE = 2 ** 32;

/**
 * The document in its canonical form (`schema/snapshot.fbs`): equal documents give equal bytes,
 * whatever the order in which their entities and sites became known (O2).
 */
export function encodeDocument(document: Document): Bytes {
  return encodeRows(document, [...document.entities()]);
}

/** As `encodeDocument`, of some entities alone. */
export function encodeRows(document: Document, rows: readonly Entity[]): Bytes {
  const entities = inOrder(document, rows);
  const ids = entities.map((entity) => document.idOf(entity));
  const stamps = new StampNumbering();
  const digests = new DigestNumbering();
  const drafts = document.components
    .map((_, index) => draftColumn(document, index, entities, stamps, digests))
    .filter((draft) => draft !== undefined);
  const stampTable = stamps.sorted(
    (a, b) => a.lamport - b.lamport || document.sites.compare(a.site, b.site),
  );
  const digestTable = digests.sorted((a, b) => (a < b ? -1 : 1));
  const sites = sitesOf(
    document,
    [ids, ...drafts.map(({ values }) => values.ids)],
    stampTable.table,
  );
  const rank = ranksOf(document, sites);
  const wire: WireDocument = {
    sites: sites.map((site) => document.sites.identityOf(site)),
    entities: writeIds(ids, rank),
    stamps: writeStamps(stampTable.table, rank),
    ...(digestTable.table.length > 0 && { digests: digestTable.table.map(digestToBytes) }),
    columns: drafts.map(({ column, stamps: drafted, values }) => ({
      ...column,
      ...drafted.finish(stampTable.renumber),
      ...values.finish(digestTable.renumber, rank),
    })),
  };
  return encode('Document', wire);
}

/** O2: SHA-256 of the canonical form, in hexadecimal. */
export function worldHash(document: Document): string {
  return toHex(sha256(encodeDocument(document)));
}

/** By author, replica and counter: an order that is the same everywhere. */
function inOrder(document: Document, rows: readonly Entity[]): Entity[] {
  const every = Array.from({ length: document.sites.size }, (_, site) => site as Site);
  const rank = ranksOf(
    document,
    every.sort((a, b) => document.sites.compare(a, b)),
  );
  const keys = rows.map((entity) => {
    const id = document.idOf(entity);
    return { entity, site: rank[siteOf(id)] as number, counter: counterOf(id) };
  });
  keys.sort((a, b) => a.site - b.site || a.counter - b.counter);
  return keys.map(({ entity }) => entity);
}

/** The place of each site among some, by site. */
function ranksOf(document: Document, sites: readonly Site[]): Uint32Array {
  const rank = new Uint32Array(document.sites.size);
  for (const [at, site] of sites.entries()) rank[site] = at;
  return rank;
}

/** The sites that are mentioned, in their order. */
function sitesOf(
  document: Document,
  ids: readonly (readonly EntityId[])[],
  stamps: readonly Stamp[],
): Site[] {
  const used = new Uint8Array(document.sites.size);
  for (const some of ids) for (const id of some) used[siteOf(id)] = 1;
  for (const { site } of stamps) used[site] = 1;
  const sites: Site[] = [];
  for (let site = 1; site < used.length; site++) if (used[site]) sites.push(site as Site);
  return sites.sort((a, b) => document.sites.compare(a, b));
}

function writeStamps(table: readonly Stamp[], rank: Uint32Array): StructVector<'Stamp'> {
  const structs = createStructs('Stamp', table.length);
  for (const [i, { lamport, site }] of table.entries()) {
    const at = i * structs.stride;
    structs.view.setUint32(at + STAMP.offsets.lamport, lamport % UINT_RANGE, true);
    structs.view.setUint32(at + STAMP.offsets.lamport + 4, Math.floor(lamport / UINT_RANGE), true);
    structs.view.setUint32(at + STAMP.offsets.site, rank[site] as number, true);
  }
  return structs;
}

interface ColumnDraft {
  readonly column: Pick<Column, 'component' | 'rows' | 'absent'>;
  readonly stamps: StampDraft;
  readonly values: ValueDraft;
}

/** A component of the entities that have it or bear its stamps; undefined where none does. */
function draftColumn(
  document: Document,
  index: number,
  entities: readonly Entity[],
  stamps: StampNumbering,
  digests: DigestNumbering,
): ColumnDraft | undefined {
  const rows: number[] = [];
  const absent: number[] = [];
  const members: number[] = [];
  const present: number[] = [];
  for (const [at, entity] of entities.entries()) {
    const has = document.hasComponent(entity, index);
    if (!has && !document.isStamped(entity, index)) continue;
    if (has) present.push(entityIndex(entity));
    else absent.push(rows.length);
    rows.push(at);
    members.push(entityIndex(entity));
  }
  if (rows.length === 0) return undefined;
  return {
    column: {
      component: componentIdOf(document.components[index] as Component),
      ...(rows.length < entities.length && { rows: Uint32Array.from(rows) }),
      ...(absent.length > 0 && { absent: Uint32Array.from(absent) }),
    },
    stamps: new StampDraft(document.stampsOf(index), Uint32Array.from(members), stamps),
    values: new ValueDraft(document, index, Uint32Array.from(present), digests),
  };
}
