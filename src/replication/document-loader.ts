import type { Component, NamedField } from '../ecs/component.ts';
import type { Document } from '../ecs/document/document.ts';
import { entityId } from '../ecs/document/entity-id.ts';
import { NO_SITE, type Site } from '../ecs/document/sites.ts';
import { type Entity, entityIndex, NO_ENTITY } from '../ecs/entity.ts';
import { decode } from '../protocol/codec.ts';
import type { Column } from '../protocol/generated/types.ts';
import { type StructVector, structOf } from '../protocol/struct-vector.ts';
import type { Bytes } from '../shared/bytes.ts';
import { componentIndexOf, digestToHex, type Lane, laneOf } from './wire/component-codec.ts';
import { wireFault } from './wire/wire-fault.ts';

const ENTITY_ID = structOf('EntityId');

/**
 * Fills a document with what `encodeDocument` wrote; entities that it has already are replaced in
 * place, others stay.
 * @throws {DecodeError}, {WireFault}: then the document holds a part and must be cleared
 */
export function loadDocument(document: Document, bytes: Bytes): Entity[] {
  const { sites: table, entities: ids, columns } = decode('Document', bytes);
  const sites = table.map(({ author, replica }) => document.sites.intern(author, replica));
  const entities: Entity[] = [];
  for (let i = 0; i < ids.count; i++) entities.push(restoreEntity(document, ids, i, sites));
  for (const column of columns) loadColumn(document, column, entities, sites);
  for (const entity of entities) document.restored(entity);
  return entities;
}

function restoreEntity(
  document: Document,
  ids: StructVector<'EntityId'>,
  index: number,
  sites: readonly Site[],
): Entity {
  const at = ids.offset + index * ids.stride;
  const site = sites[ids.view.getUint32(at + ENTITY_ID.offsets.site, true)];
  const counter = ids.view.getUint32(at + ENTITY_ID.offsets.counter, true);
  if (site === undefined || counter === 0) wireFault('invalid_value');
  return document.restoreRow(entityId(site, counter));
}

function loadColumn(
  document: Document,
  column: Column,
  entities: readonly Entity[],
  sites: readonly Site[],
): void {
  const index = componentIndexOf(document, column.component);
  if (index === undefined) wireFault('unknown_component');
  const component = document.components[index] as Component;
  const members = Array.from(column.rows, (row) => entities[row] ?? wireFault('invalid_value'));
  const stamps = document.stampsOf(index);
  const count = members.length;
  if (column.present.length !== count) wireFault('invalid_value');
  if (column.lamports.length !== count * stamps.slots) wireFault('invalid_value');
  if (column.sites.length !== count * stamps.slots) wireFault('invalid_value');
  const present: Entity[] = [];
  for (const [i, entity] of members.entries()) {
    if (column.present[i] === 0) document.world.remove(entity, component);
    else {
      document.world.add(entity, component);
      present.push(entity);
    }
    for (let slot = 0; slot < stamps.slots; slot++) {
      const lamport = column.lamports[slot * count + i] as number;
      const site = lamport === 0 ? NO_SITE : sites[column.sites[slot * count + i] as number];
      stamps.set(entityIndex(entity), slot, lamport, site ?? wireFault('invalid_value'));
    }
  }
  loadValues(document, component, column, present, sites);
}

function loadValues(
  document: Document,
  component: Component,
  column: Column,
  entities: readonly Entity[],
  sites: readonly Site[],
): void {
  const at: Record<Lane, number> = {
    floats: 0,
    doubles: 0,
    integers: 0,
    texts: 0,
    digests: 0,
    entities: 0,
  };
  const columns = document.world.columns(component) as Record<string, (number | string)[]>;
  const rows = Uint32Array.from(entities, entityIndex);
  for (const field of component.fields) {
    const lane = laneOf(field);
    const from = at[lane];
    at[lane] += field.stride * entities.length;
    if (at[lane] > lengthOf(column, lane)) wireFault('invalid_value');
    copyField(document, column, field, from, columns, rows, sites);
  }
  for (const lane of Object.keys(at) as Lane[]) {
    if (at[lane] !== lengthOf(column, lane)) wireFault('invalid_value');
  }
  for (const entity of entities) document.world.touch(entity, component);
}

function lengthOf(column: Column, lane: Lane): number {
  if (lane === 'entities') return column.entities?.count ?? 0;
  return column[lane]?.length ?? 0;
}

/** One field of all rows, from the `from`-th value of its lane on. */
function copyField(
  document: Document,
  column: Column,
  field: NamedField,
  from: number,
  columns: Record<string, (number | string)[]>,
  rows: Uint32Array,
  sites: readonly Site[],
): void {
  const lane = laneOf(field);
  if (lane === 'entities') {
    const ids = column.entities as StructVector<'EntityId'>;
    const handles = Array.from(rows, (_, i) => entityAt(document, ids, from + i, sites));
    // A parent that is still to come takes a row, for which the columns may have been replaced.
    const parents = columns[field.name]!;
    for (let i = 0; i < rows.length; i++) parents[rows[i]!] = handles[i]!;
    return;
  }
  const into = columns[field.name]!;
  if (lane === 'texts') {
    const { texts = [] } = column;
    for (let i = 0; i < rows.length; i++) into[rows[i]!] = texts[from + i]!;
  } else if (lane === 'digests') {
    const { digests = [] } = column;
    for (let i = 0; i < rows.length; i++) into[rows[i]!] = digestToHex(digests[from + i]!);
  } else {
    const numbers = column[lane] as ArrayLike<number>;
    copyNumbers(numbers, from, into as number[], rows, field.stride);
  }
}

function copyNumbers(
  numbers: ArrayLike<number>,
  from: number,
  into: number[],
  rows: Uint32Array,
  stride: number,
): void {
  let at = from;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]! * stride;
    for (let element = 0; element < stride; element++) into[row + element] = numbers[at++]!;
  }
}

function entityAt(
  document: Document,
  ids: StructVector<'EntityId'>,
  index: number,
  sites: readonly Site[],
): Entity {
  const at = ids.offset + index * ids.stride;
  const counter = ids.view.getUint32(at + ENTITY_ID.offsets.counter, true);
  if (counter === 0) return NO_ENTITY;
  const site = sites[ids.view.getUint32(at + ENTITY_ID.offsets.site, true)];
  if (site === undefined) wireFault('invalid_value');
  return document.rowOf(entityId(site, counter));
}
