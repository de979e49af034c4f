import type { NamedField } from '../ecs/component.ts';
import { Asset } from '../ecs/components/index.ts';
import type { Document } from '../ecs/document/document.ts';
import { type EntityId, NO_ENTITY_ID } from '../ecs/document/entity-id.ts';
import type { FieldValue } from '../ecs/document/journal.ts';
import { type Entity, NO_ENTITY } from '../ecs/entity.ts';
import { portable } from './component-patch.ts';
import type { ComponentSetOp } from './definitions/component-set.ts';
import type { EntityReorderOp } from './definitions/entity-reorder.ts';
import type { HistoryRestoreOp, PlaceRestoration } from './definitions/history-restore.ts';

/**
 * D4: what takes `now` back to the state `past` of the same session. Whatever was made since is
 * deleted, what was deleted since lives again, and every value that differs is written; nothing ever
 * leaves a document, so all of the past is still there to be written to. Assets stay: they are only
 * content that may be named.
 *
 * @param seq the moment that `past` is
 */
export function restorationOf(now: Document, past: Document, seq: number): HistoryRestoreOp {
  const wanted = wantedEntities(past);
  const places: PlaceRestoration[] = [];
  const orders: EntityReorderOp[] = [];
  const components: ComponentSetOp[] = [];
  for (const then of wanted) {
    const id = idIn(past, then, now);
    const entity = now.entityOf(id);
    if (entity === undefined) throw new RangeError('A document lacks what its own past has.');
    const parent = idIn(past, past.parentOf(then), now);
    const alive = past.isAlive(then);
    if (now.idOf(now.parentOf(entity)) !== parent || now.isAlive(entity) !== alive) {
      places.push({ entity: id, parent, alive, expect: now.placeStamp(entity) });
    }
    const order = past.orderOf(then);
    if (now.orderOf(entity) !== order) orders.push({ entity: id, order });
    components.push(...changedComponents(now, entity, past, then));
  }
  places.push(...deletions(now, past));
  return { seq, places, orders, components };
}

/** What lives in the past, and what stands above it if only as a tombstone; parents first. */
function wantedEntities(past: Document): Entity[] {
  const found = new Set<Entity>();
  const add = (entity: Entity): void => {
    if (entity === NO_ENTITY || found.has(entity)) return;
    add(past.parentOf(entity));
    found.add(entity);
  };
  for (const entity of past.entities()) {
    if (past.isAlive(entity) && !past.world.has(entity, Asset)) add(entity);
  }
  return [...found];
}

/** What lives now and did not then. */
function deletions(now: Document, past: Document): PlaceRestoration[] {
  const made: PlaceRestoration[] = [];
  for (const entity of now.entities()) {
    if (!now.isAlive(entity) || now.world.has(entity, Asset)) continue;
    const id = now.idOf(entity);
    const then = past.entityOf(idIn(now, entity, past));
    if (then !== undefined && past.isAlive(then)) continue;
    const parent = now.idOf(now.parentOf(entity));
    made.push({ entity: id, parent, alive: false, expect: now.placeStamp(entity) });
  }
  return made;
}

/** Ids are keys of one document's own: between two they go by their text. */
function idIn(from: Document, entity: Entity, to: Document): EntityId {
  if (entity === NO_ENTITY) return NO_ENTITY_ID;
  return to.parseId(from.formatId(from.idOf(entity))) ?? NO_ENTITY_ID;
}

function changedComponents(
  now: Document,
  entity: Entity,
  past: Document,
  then: Entity,
): ComponentSetOp[] {
  const changes: ComponentSetOp[] = [];
  for (const [index, component] of now.components.entries()) {
    if (index === now.hierarchyIndex || component.managed) continue;
    const id = now.idOf(entity);
    const had = past.hasComponent(then, index);
    const has = now.hasComponent(entity, index);
    if (!had) {
      if (has) changes.push({ entity: id, patch: { component: index, fields: [] }, remove: true });
      continue;
    }
    const fields = component.fields.flatMap((field) => {
      const value = valueThen(now, past, then, index, field);
      const current = has ? portable(now, field, now.fieldValue(entity, index, field.index)) : '';
      return has && sameValue(value, current) ? [] : [{ field: field.index, value }];
    });
    if (!has || fields.length > 0) {
      changes.push({ entity: id, patch: { component: index, fields }, remove: false });
    }
  }
  return changes;
}

function valueThen(
  now: Document,
  past: Document,
  then: Entity,
  component: number,
  field: NamedField,
): FieldValue {
  const value = past.fieldValue(then, component, field.index);
  if (field.kind !== 'entity') return value;
  return [idIn(past, (value as readonly number[])[0] as Entity, now)];
}

function sameValue(a: FieldValue, b: FieldValue): boolean {
  if (typeof a === 'string' || typeof b === 'string') return a === b;
  return a.length === b.length && a.every((each, i) => each === b[i]);
}

/** Whether there is nothing to restore: the document is as it was. */
export function isEmptyRestoration({ places, orders, components }: HistoryRestoreOp): boolean {
  return places.length + orders.length + components.length === 0;
}
