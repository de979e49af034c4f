import type { Component, NamedField } from '../../ecs/component.ts';
import type { Document } from '../../ecs/document/document.ts';
import { type EntityId, entityId, NO_ENTITY_ID } from '../../ecs/document/entity-id.ts';
import type { Site } from '../../ecs/document/sites.ts';
import { type Entity, NO_ENTITY } from '../../ecs/entity.ts';
import type { Column } from '../../protocol/generated/types.ts';
import { type StructVector, structOf } from '../../protocol/struct-vector.ts';
import { type Lane, laneOf } from '../wire/component-codec.ts';
import { wireFault } from '../wire/wire-fault.ts';

const ENTITY_ID = structOf('EntityId');

/** The tables that a document's columns refer to. */
export interface Tables {
  readonly sites: readonly Site[];
  /** Digests in hexadecimal; the first is none. */
  readonly digests: readonly string[];
}

/** @throws {WireFault} for a site that there is not */
export function readId(
  { view, offset, stride }: StructVector<'EntityId'>,
  index: number,
  sites: readonly Site[],
): EntityId {
  const at = offset + index * stride;
  const counter = view.getUint32(at + ENTITY_ID.offsets.counter, true);
  if (counter === 0) return NO_ENTITY_ID;
  const site = sites[view.getUint32(at + ENTITY_ID.offsets.site, true)];
  return entityId(site ?? wireFault('invalid_value'), counter);
}

/**
 * Fills a component's columns for the world's rows that have it.
 * @throws {WireFault} when there are more or fewer values than its fields take
 */
export function loadValues(
  document: Document,
  component: Component,
  column: Column,
  rows: Uint32Array,
  tables: Tables,
): void {
  const { uniform = new Uint8Array(0) } = column;
  const at: Record<Lane, number> = {
    floats: 0,
    doubles: 0,
    integers: 0,
    texts: 0,
    digests: 0,
    entities: 0,
  };
  for (const field of component.fields) {
    const lane = laneOf(field);
    const isUniform = uniform.includes(field.index);
    const from = at[lane];
    at[lane] += field.stride * (isUniform ? 1 : rows.length);
    if (at[lane] > lengthOf(column, lane)) wireFault('invalid_value');
    // 0 repeats the one value for every row.
    const step = isUniform ? 0 : 1;
    copyField(document, component, { column, field, from, step, rows, tables });
  }
  for (const lane of Object.keys(at) as Lane[]) {
    if (at[lane] !== lengthOf(column, lane)) wireFault('invalid_value');
  }
}

function lengthOf(column: Column, lane: Lane): number {
  if (lane === 'entities') return column.entities?.count ?? 0;
  return column[lane]?.length ?? 0;
}

interface FieldSource {
  readonly column: Column;
  readonly field: NamedField;
  /** Of the first row's value in its lane. */
  readonly from: number;
  /** From one row's value to the next one's, in values. */
  readonly step: 0 | 1;
  readonly rows: Uint32Array;
  readonly tables: Tables;
}

function copyField(document: Document, component: Component, source: FieldSource): void {
  const { column, field, from, step, rows, tables } = source;
  const lane = laneOf(field);
  if (lane === 'entities') {
    const ids = column.entities as StructVector<'EntityId'>;
    // One that is still to come takes a row, for which the columns may be replaced.
    const handles: Entity[] = [];
    for (let i = 0; i < rows.length; i++)
      handles.push(handleOf(document, readId(ids, from + i * step, tables.sites)));
    const into = columnOf(document, component, field);
    for (let i = 0; i < rows.length; i++) into[rows[i]!] = handles[i]!;
    return;
  }
  const into = columnOf(document, component, field);
  if (lane === 'texts') {
    const { texts = [] } = column;
    for (let i = 0; i < rows.length; i++) into[rows[i]!] = texts[from + i * step]!;
  } else if (lane === 'digests') {
    const { digests = new Uint32Array(0) } = column;
    for (let i = 0; i < rows.length; i++) {
      into[rows[i]!] = tables.digests[digests[from + i * step]!] ?? wireFault('invalid_value');
    }
  } else copyNumbers(column[lane] as ArrayLike<number>, source, into as number[]);
}

function columnOf(
  document: Document,
  component: Component,
  { name }: NamedField,
): (number | string)[] {
  return (document.world.columns(component) as Record<string, (number | string)[]>)[name]!;
}

function copyNumbers(
  numbers: ArrayLike<number>,
  { from, step, rows, field: { stride } }: FieldSource,
  into: number[],
): void {
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]! * stride;
    const at = from + i * step * stride;
    for (let element = 0; element < stride; element++) into[row + element] = numbers[at + element]!;
  }
}

function handleOf(document: Document, id: EntityId): Entity {
  return id === NO_ENTITY_ID ? NO_ENTITY : document.rowOf(id);
}
