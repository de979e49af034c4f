import { z } from 'zod';
import { type EntityId, NO_ENTITY_ID, siteOf } from '../../ecs/document/entity-id.ts';
import { NO_ENTITY } from '../../ecs/entity.ts';
import { Reason } from '../../protocol/generated/types.ts';
import { decodePatch, encodePatch } from '../../replication/wire/component-codec.ts';
import type { ComponentPatch } from '../../replication/wire/component-patch.ts';
import { addComponent, checkPatch, patchFromPlain } from '../component-patch.ts';
import { type CommandDefinition, itemCodec } from '../definition.ts';
import { APPLIED } from '../effect.ts';
import { isOrderKey, keysAt } from '../order-keys.ts';
import { entityRef, nameText, toEntityId, toLivingEntity } from '../params.ts';
import { refuse } from '../refusal.ts';

const params = z.object({
  name: nameText.optional(),
  parent: entityRef.nullable().optional(),
  before: entityRef.optional().describe('the sibling that it shall stand before'),
  components: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
});

export interface EntityCreateOp {
  readonly entity: EntityId;
  readonly parent: EntityId;
  readonly order: string;
  readonly components: readonly ComponentPatch[];
}

export const entityCreate: CommandDefinition<z.infer<typeof params>, EntityCreateOp> = {
  type: 'entity.create',
  version: 1,
  ops: 'EntityCreate1',
  summary: 'Makes an entity with the given components; it always has a transform.',
  role: 'editor',
  scope: 'session',
  strategy: 'merge',
  durability: 'logged',
  params,
  label: 'Create',

  resolve({ name, parent, before, components = {} }, { document, mint }) {
    const parentEntity = parent == null ? NO_ENTITY : toLivingEntity(document, parent);
    const sibling = before === undefined ? undefined : toLivingEntity(document, before);
    const [order = ''] = keysAt(document, parentEntity, { before: sibling }, 1);
    const given = { transform: {}, ...components };
    const named = name === undefined ? given : { name: { value: name }, ...given };
    const patches = Object.entries(named).map(([component, value]) =>
      patchFromPlain(document, component, value),
    );
    const entity = mint();
    return {
      ops: [
        {
          entity,
          parent: parent == null ? NO_ENTITY_ID : toEntityId(document, parent),
          order,
          components: patches.sort((a, b) => a.component - b.component),
        },
      ],
      result: { entity: document.formatId(entity) },
    };
  },

  apply(document, op, by) {
    if (siteOf(op.entity) !== by.site) refuse(Reason.notOwn);
    if (document.entityOf(op.entity) !== undefined) refuse(Reason.entityExists);
    if (!isOrderKey(op.order)) refuse(Reason.invalidValue);
    const parent = op.parent === NO_ENTITY_ID ? NO_ENTITY : document.entityOf(op.parent);
    if (parent === undefined) refuse(Reason.noSuchEntity);
    for (const [index, patch] of op.components.entries()) {
      if (index > 0 && patch.component <= op.components[index - 1]!.component) {
        refuse(Reason.invalidValue);
      }
      checkPatch(document, patch);
    }
    const entity = document.create(op.entity, parent, op.order, by);
    for (const patch of op.components) addComponent(document, entity, patch, by);
    return APPLIED;
  },

  codec: itemCodec<'EntityCreate1', EntityCreateOp>(
    'EntityCreate1',
    (document, op, sites) => ({
      entity: sites.entity(op.entity),
      parent: sites.entity(op.parent),
      order: op.order,
      components: op.components.map((patch) => encodePatch(document, patch, sites)),
    }),
    (document, item, sites) => ({
      entity: sites.entity(item.entity),
      parent: sites.entity(item.parent),
      order: item.order,
      components: (item.components ?? []).map((value) => decodePatch(document, value, sites)),
    }),
  ),
};
