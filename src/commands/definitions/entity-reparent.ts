import { z } from 'zod';
import { ORDER_FIELD } from '../../ecs/document/document.ts';
import { type EntityId, NO_ENTITY_ID } from '../../ecs/document/entity-id.ts';
import { type Stamp, sameStamp } from '../../ecs/document/stamps.ts';
import { NO_ENTITY } from '../../ecs/entity.ts';
import { Reason } from '../../protocol/generated/types.ts';
import { type CommandDefinition, itemCodec } from '../definition.ts';
import { APPLIED } from '../effect.ts';
import { isOrderKey, keysAt } from '../order-keys.ts';
import { entityRef, invalidParams, toLivingEntity } from '../params.ts';
import { refuse } from '../refusal.ts';

const params = z.object({
  entity: entityRef.optional(),
  entities: z.array(entityRef).min(1).optional(),
  parent: entityRef.nullable().describe('null: the top'),
  before: entityRef.optional(),
  after: entityRef.optional(),
});

export interface EntityReparentOp {
  readonly entity: EntityId;
  readonly parent: EntityId;
  readonly order: string;
  readonly expect: Stamp;
}

export const entityReparent: CommandDefinition<z.infer<typeof params>, EntityReparentOp> = {
  type: 'entity.reparent',
  version: 1,
  ops: 'EntityReparent1',
  summary: 'Moves entities under another one, or to the top; their transforms stay as they are.',
  role: 'editor',
  scope: 'place',
  strategy: 'reject',
  durability: 'logged',
  params,
  label: 'Reparent',

  resolve({ entity, entities, parent, before, after }, { document }) {
    const refs = entities ?? (entity === undefined ? [] : [entity]);
    if (refs.length === 0) invalidParams('Name the entities to move.');
    const moved = refs.map((ref) => toLivingEntity(document, ref));
    const target = parent === null ? NO_ENTITY : toLivingEntity(document, parent);
    if (moved.some((each) => document.isWithin(target, each))) {
      invalidParams('An object cannot be placed inside itself.');
    }
    const placement = {
      before: before === undefined ? undefined : toLivingEntity(document, before),
      after: after === undefined ? undefined : toLivingEntity(document, after),
    };
    const keys = keysAt(document, target, placement, moved.length, new Set(moved));
    const ops = moved.map((each, i) => ({
      entity: document.idOf(each),
      parent: document.idOf(target),
      order: keys[i] as string,
      expect: document.placeStamp(each),
    }));
    return { ops };
  },

  apply(document, op, by) {
    const entity = document.entityOf(op.entity) ?? refuse(Reason.noSuchEntity);
    if (!sameStamp(document.placeStamp(entity), op.expect)) refuse(Reason.scopeChanged);
    if (!document.isAlive(entity)) refuse(Reason.scopeChanged);
    if (!isOrderKey(op.order)) refuse(Reason.invalidValue);
    let parent = NO_ENTITY;
    if (op.parent !== NO_ENTITY_ID) {
      parent = document.entityOf(op.parent) ?? refuse(Reason.noSuchEntity);
      if (!document.isAlive(parent)) refuse(Reason.parentDeleted);
      if (document.isWithin(parent, entity)) refuse(Reason.cycle);
    }
    document.writePlace(entity, parent, true, by);
    const hierarchy = document.hierarchyIndex;
    if (document.fieldYields(entity, hierarchy, ORDER_FIELD, by)) {
      document.writeField(entity, hierarchy, ORDER_FIELD, op.order, by);
    }
    return APPLIED;
  },

  renew(document, op) {
    const entity = document.entityOf(op.entity);
    return entity === undefined ? op : { ...op, expect: document.placeStamp(entity) };
  },

  codec: itemCodec<'EntityReparent1', EntityReparentOp>(
    'EntityReparent1',
    (_document, op, sites) => ({
      entity: sites.entity(op.entity),
      parent: sites.entity(op.parent),
      order: op.order,
      expect: sites.stamp(op.expect),
    }),
    (_document, item, sites) => ({
      entity: sites.entity(item.entity),
      parent: sites.entity(item.parent),
      order: item.order,
      expect: sites.stamp(item.expect),
    }),
  ),
};
