import type { Component } from '../ecs/component.ts';
import type { Document } from '../ecs/document/document.ts';
import { NO_ENTITY_ID } from '../ecs/document/entity-id.ts';
import { type Entity, entityIndex } from '../ecs/entity.ts';
import { decode } from '../protocol/codec.ts';
import type { Column } from '../protocol/generated/types.ts';
import type { Bytes } from '../shared/bytes.ts';
import { loadStamps, StampTable } from './columns/stamp-loader.ts';
import { loadValues, readId, type Tables } from './columns/value-loader.ts';
import { componentIndexOf, digestToHex } from './wire/component-codec.ts';
import { wireFault } from './wire/wire-fault.ts';

/**
 * Fills a document with what `encodeDocument` wrote; entities that it has already are replaced in
 * place, others stay.
 * @throws {DecodeError}, {WireFault}: then the document holds a part and must be cleared
 */
export function loadDocument(document: Document, bytes: Bytes): Entity[] {
  const wire = decode('Document', bytes);
  const sites = wire.sites.map(({ author, replica }) => document.sites.intern(author, replica));
  const tables = { sites, digests: ['', ...(wire.digests ?? []).map(digestToHex)] };
  const stamps = new StampTable(wire.stamps, sites);
  const entities: Entity[] = [];
  document.reserve(wire.entities.count);
  for (let i = 0; i < wire.entities.count; i++) {
    const id = readId(wire.entities, i, sites);
    if (id === NO_ENTITY_ID) wireFault('invalid_value');
    entities.push(document.restoreRow(id));
  }
  for (const column of wire.columns) loadColumn(document, column, entities, stamps, tables);
  for (const entity of entities) document.restored(entity);
  return entities;
}

function loadColumn(
  document: Document,
  column: Column,
  entities: readonly Entity[],
  stamps: StampTable,
  tables: Tables,
): void {
  const index = componentIndexOf(document, column.component);
  if (index === undefined) wireFault('unknown_component');
  const component = document.components[index] as Component;
  const members = column.rows
    ? Array.from(column.rows, (row) => entities[row] ?? wireFault('invalid_value'))
    : entities;
  const rows = indicesOf(members);
  loadStamps(column, rows, stamps, document.stampsOf(index));
  const present = presentAmong(members, column.absent);
  // Whoever reads the changes does so later, when the values are there.
  document.world.addEach(present, component);
  loadValues(document, component, column, present === members ? rows : indicesOf(present), tables);
}

/** By a loop: `Uint32Array.from` takes ten times as long over a hundred thousand. */
function indicesOf(entities: readonly Entity[]): Uint32Array {
  const indices = new Uint32Array(entities.length);
  for (let i = 0; i < indices.length; i++) indices[i] = entityIndex(entities[i]!);
  return indices;
}

function presentAmong(
  members: readonly Entity[],
  absent: Uint32Array | undefined,
): readonly Entity[] {
  if (absent === undefined) return members;
  const gone = new Set(absent);
  for (const at of gone) if (at >= members.length) wireFault('invalid_value');
  return members.filter((_, at) => !gone.has(at));
}
