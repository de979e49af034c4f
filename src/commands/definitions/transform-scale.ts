import { z } from 'zod';
import type { EntityId } from '../../ecs/document/entity-id.ts';

import { structOf } from '../../protocol/struct-vector.ts';
import type { CommandDefinition } from '../definition.ts';
import { entityRef, toFloats, toLivingEntity, vector3 } from '../params.ts';

import { packedCodec } from './packed-codec.ts';
import {
  readEntityId,
  readFloats,
  structCodec,
  writeEntityId,
  writeFloats,
} from './struct-codec.ts';
import { mergeTransform, TRANSFORM_FIELD } from './transform-fields.ts';

const params = z.object({ entity: entityRef, factor: vector3 });

export interface TransformScaleOp {
  readonly entity: EntityId;
  readonly factor: readonly number[];
}

const ITEM = structOf('TransformScaleItem').offsets;

export const transformScale: CommandDefinition<z.infer<typeof params>, TransformScaleOp> = {
  type: 'transform.scale',
  version: 1,
  ops: 'TransformScale1',
  summary: "Multiplies an entity's scale by a factor for each axis.",
  role: 'editor',
  scope: 'field',
  strategy: 'merge',
  durability: 'logged',
  params,
  label: 'Scale',

  resolve({ entity, factor }, { document }) {
    const id = document.idOf(toLivingEntity(document, entity));
    return { ops: [{ entity: id, factor: toFloats(factor) }] };
  },

  apply(document, op, by) {
    return mergeTransform(document, op.entity, TRANSFORM_FIELD.scale, by, (scale) =>
      scale.map((each, i) => each * (op.factor[i] as number)),
    );
  },

  codec: structCodec<TransformScaleOp>(
    'TransformScale1',
    'TransformScaleItem',
    (view, at, op, sites) => {
      writeEntityId(view, at + ITEM.entity, op.entity, sites);
      writeFloats(view, at + ITEM.factor, op.factor);
    },
    (view, at, sites) => ({
      entity: readEntityId(view, at + ITEM.entity, sites),
      factor: readFloats(view, at + ITEM.factor, 3),
    }),
  ),
};

/** The same, in fewer bytes. */
export const transformScale2: CommandDefinition<z.infer<typeof params>, TransformScaleOp> = {
  ...transformScale,
  version: 2,
  ops: 'TransformScale2',
  codec: packedCodec<TransformScaleOp>('TransformScale2', [{ name: 'factor', size: 3 }]),
};
