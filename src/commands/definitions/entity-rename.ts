import { z } from 'zod';
import { Name } from '../../ecs/components/index.ts';
import type { EntityId } from '../../ecs/document/entity-id.ts';
import { Reason } from '../../protocol/generated/types.ts';
import type { ComponentPatch } from '../../replication/wire/component-patch.ts';
import { checkPatch, setComponent } from '../component-patch.ts';
import { type CommandDefinition, itemCodec } from '../definition.ts';
import { entityRef, invalidParams, nameText, toEntityId, toLivingEntity } from '../params.ts';
import { refuse } from '../refusal.ts';

const params = z.object({ entity: entityRef, name: nameText });

export interface EntityRenameOp {
  readonly entity: EntityId;
  readonly name: string;
}

export const entityRename: CommandDefinition<z.infer<typeof params>, EntityRenameOp> = {
  type: 'entity.rename',
  version: 1,
  ops: 'EntityRename1',
  summary: 'Gives an entity a name.',
  role: 'editor',
  scope: 'field',
  strategy: 'lww',
  durability: 'logged',
  params,
  label: 'Rename',

  resolve({ entity, name }, { document }) {
    toLivingEntity(document, entity);
    return { ops: [{ entity: toEntityId(document, entity), name }] };
  },

  apply(document, op, by) {
    const entity = document.entityOf(op.entity) ?? refuse(Reason.noSuchEntity);
    const component = document.componentIndex(Name.name) ?? invalidParams('no names');
    const patch: ComponentPatch = { component, fields: [{ field: 0, value: op.name }] };
    checkPatch(document, patch);
    return setComponent(document, entity, patch, by);
  },

  codec: itemCodec<'EntityRename1', EntityRenameOp>(
    'EntityRename1',
    (_document, op, sites) => ({ entity: sites.entity(op.entity), name: op.name }),
    (_document, item, sites) => ({ entity: sites.entity(item.entity), name: item.name }),
  ),
};
