import { z } from 'zod';
import { Document } from '../../ecs/document/document.ts';
import { type EntityId, NO_ENTITY_ID } from '../../ecs/document/entity-id.ts';
import { type Stamp, sameStamp } from '../../ecs/document/stamps.ts';
import { NO_ENTITY } from '../../ecs/entity.ts';
import { Reason } from '../../protocol/generated/types.ts';
import { MAX_BLOB_ENTRIES } from '../../protocol/limits.ts';
import { type CommandDefinition, itemCodec } from '../definition.ts';
import { APPLIED, type Effect, SUPERSEDED } from '../effect.ts';
import { invalidParams } from '../params.ts';
import { refuse } from '../refusal.ts';
import { isEmptyRestoration, restorationOf } from '../restoration.ts';
import {
  applyComponentSet,
  type ComponentSetOp,
  decodeComponentSet,
  encodeComponentSet,
} from './component-set.ts';
import { type EntityReorderOp, entityReorder } from './entity-reorder.ts';

const params = z.object({
  seq: z.number().int().min(0),
  past: z.custom<Document>((value) => value instanceof Document),
});

export interface PlaceRestoration {
  readonly entity: EntityId;
  readonly parent: EntityId;
  readonly alive: boolean;
  /** The place's writer as the author had it. */
  readonly expect: Stamp;
}

/** The differences between a document and its past, in the order in which they are applied. */
export interface HistoryRestoreOp {
  readonly seq: number;
  readonly places: readonly PlaceRestoration[];
  readonly orders: readonly EntityReorderOp[];
  readonly components: readonly ComponentSetOp[];
}

/**
 * D4: takes the document back to a moment of its past. It carries the differences, not the moment's
 * number alone: who applies it need not know the past. Made by whoever holds that past as a document.
 */
export const historyRestore: CommandDefinition<z.infer<typeof params>, HistoryRestoreOp> = {
  type: 'history.restore',
  version: 1,
  ops: 'HistoryRestore1',
  summary: 'Takes the scene back to a moment of its past; made by restore().',
  role: 'editor',
  scope: 'session',
  strategy: 'reject',
  durability: 'logged',
  params,
  label: 'Restore',

  resolve({ seq, past }, { document }) {
    const op = restorationOf(document, past, seq);
    if (isEmptyRestoration(op)) return { ops: [] };
    for (const each of [op.places, op.orders, op.components]) {
      if (each.length > MAX_BLOB_ENTRIES)
        invalidParams('This is too much to restore in one step: more than 40,000 differences.');
    }
    return { ops: [op] };
  },

  apply(document, op, by) {
    const effects: Effect[] = [];
    for (const place of op.places) effects.push(restorePlace(document, place, by));
    for (const order of op.orders) effects.push(entityReorder.apply(document, order, by));
    for (const component of op.components) {
      effects.push(applyComponentSet(document, component, by));
    }
    return effects.includes(APPLIED) ? APPLIED : SUPERSEDED;
  },

  codec: itemCodec<'HistoryRestore1', HistoryRestoreOp>(
    'HistoryRestore1',
    (document, op, sites) => ({
      seq: op.seq,
      places: op.places.map(({ entity, parent, alive, expect }) => ({
        entity: sites.entity(entity),
        parent: sites.entity(parent),
        alive,
        expect: sites.stamp(expect),
      })),
      orders: op.orders.map(({ entity, order }) => ({ entity: sites.entity(entity), order })),
      components: op.components.map((each) => encodeComponentSet(document, each, sites)),
    }),
    (document, item, sites) => ({
      seq: item.seq,
      places: (item.places ?? []).map(({ entity, parent, alive, expect }) => ({
        entity: sites.entity(entity),
        parent: sites.entity(parent),
        alive,
        expect: sites.stamp(expect),
      })),
      orders: (item.orders ?? []).map(({ entity, order }) => ({
        entity: sites.entity(entity),
        order,
      })),
      components: (item.components ?? []).map((each) => decodeComponentSet(document, each, sites)),
    }),
  ),
};

/** Parents come before their children, each where it shall stay: so no place closes a cycle. */
function restorePlace(document: Document, place: PlaceRestoration, by: Stamp): Effect {
  const entity = document.entityOf(place.entity) ?? refuse(Reason.noSuchEntity);
  const parent =
    place.parent === NO_ENTITY_ID
      ? NO_ENTITY
      : (document.entityOf(place.parent) ?? refuse(Reason.noSuchEntity));
  if (!sameStamp(document.placeStamp(entity), place.expect)) refuse(Reason.scopeChanged);
  if (parent !== NO_ENTITY && document.isWithin(parent, entity)) refuse(Reason.cycle);
  document.writePlace(entity, parent, place.alive, by);
  return APPLIED;
}
