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

const params = z.object({ entity: entityRef, offset: vector3 });

export interface TransformTranslateOp {
  readonly entity: EntityId;
  readonly offset: readonly number[];
}

const ITEM = structOf('TransformTranslateItem').offsets;

export const transformTranslate: CommandDefinition<z.infer<typeof params>, TransformTranslateOp> = {
  type: 'transform.translate',
  version: 1,
  ops: 'TransformTranslate1',
  summary: "Moves an entity by an offset (metres) in its parent's space.",
  role: 'editor',
  scope: 'field',
  strategy: 'merge',
  durability: 'logged',
  params,
  label: 'Move',

  resolve({ entity, offset }, { document }) {
    const id = document.idOf(toLivingEntity(document, entity));
    return { ops: [{ entity: id, offset: toFloats(offset) }] };
  },

  apply(document, op, by) {
    return mergeTransform(document, op.entity, TRANSFORM_FIELD.position, by, (position) =>
      position.map((each, i) => each + (op.offset[i] as number)),
    );
  },

  codec: structCodec<TransformTranslateOp>(
    'TransformTranslate1',
    'TransformTranslateItem',
    (view, at, op, sites) => {
      writeEntityId(view, at + ITEM.entity, op.entity, sites);
      writeFloats(view, at + ITEM.offset, op.offset);
    },
    (view, at, sites) => ({
      entity: readEntityId(view, at + ITEM.entity, sites),
      offset: readFloats(view, at + ITEM.offset, 3),
    }),
  ),
};

/** The same, in fewer bytes. */
export const transformTranslate2: CommandDefinition<
  z.infer<typeof params>,
  TransformTranslateOp
> = {
  ...transformTranslate,
  version: 2,
  ops: 'TransformTranslate2',
  codec: packedCodec<TransformTranslateOp>('TransformTranslate2', [{ name: 'offset', size: 3 }]),
};
