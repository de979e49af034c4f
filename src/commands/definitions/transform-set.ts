import { z } from 'zod';
import type { EntityId } from '../../ecs/document/entity-id.ts';
import { Reason, TransformFields } from '../../protocol/generated/types.ts';
import { structOf } from '../../protocol/struct-vector.ts';
import type { ComponentPatch } from '../../replication/wire/component-patch.ts';
import { setComponent } from '../component-patch.ts';
import type { CommandDefinition } from '../definition.ts';
import {
  entityRef,
  invalidParams,
  quaternion,
  toFloats,
  toLivingEntity,
  toUnit,
  vector3,
} from '../params.ts';
import { refuse } from '../refusal.ts';
import { packedCodec } from './packed-codec.ts';
import {
  readEntityId,
  readFloats,
  structCodec,
  writeEntityId,
  writeFloats,
} from './struct-codec.ts';
import { isUnit, TRANSFORM_FIELD, transformIndex } from './transform-fields.ts';

const params = z.object({
  entity: entityRef,
  position: vector3.optional(),
  rotation: quaternion.optional(),
  scale: vector3.optional(),
});

export interface TransformSetOp {
  readonly entity: EntityId;
  readonly position?: readonly number[] | undefined;
  readonly rotation?: readonly number[] | undefined;
  readonly scale?: readonly number[] | undefined;
}

const ITEM = structOf('TransformSetItem').offsets;

export const transformSet: CommandDefinition<z.infer<typeof params>, TransformSetOp> = {
  type: 'transform.set',
  version: 1,
  ops: 'TransformSet1',
  summary: 'Gives an entity a position (metres), rotation or scale relative to its parent.',
  role: 'editor',
  scope: 'field',
  strategy: 'lww',
  durability: 'logged',
  params,
  label: 'Move',

  resolve({ entity: ref, position, rotation, scale }, { document }) {
    const entity = document.idOf(toLivingEntity(document, ref));
    if (!position && !rotation && !scale) invalidParams('Give a position, rotation or scale.');
    return {
      ops: [
        {
          entity,
          position: position && toFloats(position),
          rotation: rotation && toUnit(rotation),
          scale: scale && toFloats(scale),
        },
      ],
    };
  },

  apply(document, op, by) {
    const entity = document.entityOf(op.entity);
    if (entity === undefined) refuse(Reason.noSuchEntity);
    const component = transformIndex(document);
    if (!document.hasComponent(entity, component)) refuse(Reason.unknownComponent);
    if (op.rotation !== undefined && !isUnit(op.rotation)) refuse(Reason.invalidValue);
    const fields: { field: number; value: readonly number[] }[] = [];
    if (op.position) fields.push({ field: TRANSFORM_FIELD.position, value: op.position });
    if (op.rotation) fields.push({ field: TRANSFORM_FIELD.rotation, value: op.rotation });
    if (op.scale) fields.push({ field: TRANSFORM_FIELD.scale, value: op.scale });
    const patch: ComponentPatch = { component, fields };
    return setComponent(document, entity, patch, by);
  },

  codec: structCodec<TransformSetOp>(
    'TransformSet1',
    'TransformSetItem',
    (view, at, op, sites) => {
      writeEntityId(view, at + ITEM.entity, op.entity, sites);
      let fields = 0;
      if (op.position) {
        fields |= TransformFields.position;
        writeFloats(view, at + ITEM.position, op.position);
      }
      if (op.rotation) {
        fields |= TransformFields.rotation;
        writeFloats(view, at + ITEM.rotation, op.rotation);
      }
      if (op.scale) {
        fields |= TransformFields.scale;
        writeFloats(view, at + ITEM.scale, op.scale);
      }
      view.setUint8(at + ITEM.fields, fields);
    },
    (view, at, sites) => {
      const fields = view.getUint8(at + ITEM.fields);
      return {
        entity: readEntityId(view, at + ITEM.entity, sites),
        position:
          fields & TransformFields.position ? readFloats(view, at + ITEM.position, 3) : undefined,
        rotation:
          fields & TransformFields.rotation ? readFloats(view, at + ITEM.rotation, 4) : undefined,
        scale: fields & TransformFields.scale ? readFloats(view, at + ITEM.scale, 3) : undefined,
      };
    },
  ),
};

/** The same, in fewer bytes. */
export const transformSet2: CommandDefinition<z.infer<typeof params>, TransformSetOp> = {
  ...transformSet,
  version: 2,
  ops: 'TransformSet2',
  codec: packedCodec<TransformSetOp>('TransformSet2', [
    { name: 'position', size: 3, optional: true },
    { name: 'rotation', size: 4, optional: true },
    { name: 'scale', size: 3, optional: true },
  ]),
};
