import { z } from 'zod';
import { Material } from '../../ecs/components/index.ts';
import { Reason } from '../../protocol/generated/types.ts';
import { patchFromPlain } from '../component-patch.ts';
import { type CommandDefinition, itemCodec } from '../definition.ts';
import { entityRef, toLivingEntity } from '../params.ts';
import { refuse } from '../refusal.ts';
import {
  applyComponentSet,
  type ComponentSetOp,
  decodeComponentSet,
  encodeComponentSet,
} from './component-set.ts';

const params = z
  .looseObject({ entity: entityRef })
  .describe('the entity, and fields of its material to set');

export const materialSet: CommandDefinition<z.infer<typeof params>, ComponentSetOp> = {
  type: 'material.set',
  version: 1,
  ops: 'MaterialSet1',
  summary: 'Sets fields of the material of an entity.',
  role: 'editor',
  scope: 'field',
  strategy: 'lww',
  durability: 'logged',
  params,
  label: 'Material',

  resolve({ entity: ref, ...value }, { document }) {
    const entity = toLivingEntity(document, ref);
    const patch = patchFromPlain(document, Material.name, value);
    return { ops: [{ entity: document.idOf(entity), patch, remove: false }] };
  },

  apply(document, op, by) {
    const ofMaterial = op.patch.component === document.componentIndex(Material.name);
    if (!ofMaterial || op.remove) refuse(Reason.invalidValue);
    return applyComponentSet(document, op, by);
  },

  codec: itemCodec<'MaterialSet1', ComponentSetOp>(
    'MaterialSet1',
    encodeComponentSet,
    decodeComponentSet,
  ),
};
