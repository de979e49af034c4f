import { z } from 'zod';
import { ORDER_FIELD } from '../../ecs/document/document.ts';
import type { EntityId } from '../../ecs/document/entity-id.ts';
import { Reason } from '../../protocol/generated/types.ts';
import { type CommandDefinition, itemCodec } from '../definition.ts';
import { APPLIED, SUPERSEDED } from '../effect.ts';
import { isOrderKey, keysAt } from '../order-keys.ts';
import { entityRef, toLivingEntity } from '../params.ts';
import { refuse } from '../refusal.ts';

const params = z.object({
  entity: entityRef,
  before: entityRef.optional(),
  after: entityRef.optional(),
});

export interface EntityReorderOp {
  readonly entity: EntityId;
  readonly order: string;
}

export const entityReorder: CommandDefinition<z.infer<typeof params>, EntityReorderOp> = {
  type: 'entity.reorder',
  version: 1,
  ops: 'EntityReorder1',
  summary: 'Moves an entity among its siblings: before or after one of them, or to the end.',
  role: 'editor',
  scope: 'field',
  strategy: 'lww',
  durability: 'logged',
  params,
  label: 'Reorder',

  resolve({ entity: ref, before, after }, { document }) {
    const entity = toLivingEntity(document, ref);
    const placement = {
      before: before === undefined ? undefined : toLivingEntity(document, before),
      after: after === undefined ? undefined : toLivingEntity(document, after),
    };
    const parent = document.effectiveParent(entity);
    const [order = ''] = keysAt(document, parent, placement, 1, new Set([entity]));
    return { ops: [{ entity: document.idOf(entity), order }] };
  },

  apply(document, op, by) {
    const entity = document.entityOf(op.entity) ?? refuse(Reason.noSuchEntity);
    if (!isOrderKey(op.order)) refuse(Reason.invalidValue);
    const hierarchy = document.hierarchyIndex;
    if (!document.fieldYields(entity, hierarchy, ORDER_FIELD, by)) return SUPERSEDED;
    document.writeField(entity, hierarchy, ORDER_FIELD, op.order, by);
    return APPLIED;
  },

  codec: itemCodec<'EntityReorder1', EntityReorderOp>(
    'EntityReorder1',
    (_document, op, sites) => ({ entity: sites.entity(op.entity), order: op.order }),
    (_document, item, sites) => ({ entity: sites.entity(item.entity), order: item.order }),
  ),
};
