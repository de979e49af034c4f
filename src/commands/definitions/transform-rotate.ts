import { z } from 'zod';
import type { EntityId } from '../../ecs/document/entity-id.ts';
import { Reason } from '../../protocol/generated/types.ts';
import { structOf } from '../../protocol/struct-vector.ts';
import type { CommandDefinition } from '../definition.ts';
import { entityRef, quaternion, toLivingEntity, toUnit } from '../params.ts';
import { refuse } from '../refusal.ts';
import { packedCodec } from './packed-codec.ts';
import {
  readEntityId,
  readFloats,
  structCodec,
  writeEntityId,
  writeFloats,
} from './struct-codec.ts';
import {
  isUnit,
  mergeTransform,
  multiplyQuaternions,
  normalizeQuaternion,
  TRANSFORM_FIELD,
} from './transform-fields.ts';

const params = z.object({ entity: entityRef, rotation: quaternion });

export interface TransformRotateOp {
  readonly entity: EntityId;
  readonly rotation: readonly number[];
}

const ITEM = structOf('TransformRotateItem').offsets;

export const transformRotate: CommandDefinition<z.infer<typeof params>, TransformRotateOp> = {
  type: 'transform.rotate',
  version: 1,
  ops: 'TransformRotate1',
  summary: "Turns an entity by a rotation in its parent's space.",
  role: 'editor',
  scope: 'field',
  strategy: 'merge',
  durability: 'logged',
  params,
  label: 'Rotate',

  resolve({ entity, rotation }, { document }) {
    const id = document.idOf(toLivingEntity(document, entity));
    return { ops: [{ entity: id, rotation: toUnit(rotation) }] };
  },

  apply(document, op, by) {
    if (!isUnit(op.rotation)) refuse(Reason.invalidValue);
    return mergeTransform(document, op.entity, TRANSFORM_FIELD.rotation, by, (rotation) =>
      normalizeQuaternion(multiplyQuaternions(op.rotation, rotation)),
    );
  },

  codec: structCodec<TransformRotateOp>(
    'TransformRotate1',
    'TransformRotateItem',
    (view, at, op, sites) => {
      writeEntityId(view, at + ITEM.entity, op.entity, sites);
      writeFloats(view, at + ITEM.rotation, op.rotation);
    },
    (view, at, sites) => ({
      entity: readEntityId(view, at + ITEM.entity, sites),
      rotation: readFloats(view, at + ITEM.rotation, 4),
    }),
  ),
};

/** The same, in fewer bytes. */
export const transformRotate2: CommandDefinition<z.infer<typeof params>, TransformRotateOp> = {
  ...transformRotate,
  version: 2,
  ops: 'TransformRotate2',
  codec: packedCodec<TransformRotateOp>('TransformRotate2', [{ name: 'rotation', size: 4 }]),
};
