import { z } from 'zod';
import type { Document } from '../ecs/document/document.ts';
import type { EntityId } from '../ecs/document/entity-id.ts';
import type { Entity } from '../ecs/entity.ts';
import { ThetaError } from '../shared/errors.ts';

const finite = z.number();

/** An entity: its text form, or its id in this document. */
export const entityRef = z.union([z.string(), z.number()]).describe('entity id');
export type EntityRef = z.infer<typeof entityRef>;

export const vector3 = z.tuple([finite, finite, finite]).describe('[x, y, z]');
export const quaternion = z
  .tuple([finite, finite, finite, finite])
  .describe('[x, y, z, w], made to unit length');

export const MAX_NAME_LENGTH = 256;
export const nameText = z.string().trim().min(1).max(MAX_NAME_LENGTH);

export function invalidParams(message: string): never {
  throw new ThetaError('invalid_params', message);
}

/** The id that a reference names. @throws {ThetaError} `invalid_params` for a text that is no id */
export function toEntityId(document: Document, ref: EntityRef): EntityId {
  if (typeof ref === 'number') return ref as EntityId;
  return document.parseId(ref) ?? invalidParams(`"${ref}" is not an entity id.`);
}

/** The living entity that a reference names. @throws {ThetaError} `invalid_params` */
export function toLivingEntity(document: Document, ref: EntityRef): Entity {
  const entity = document.entityOf(toEntityId(document, ref));
  if (entity === undefined || !document.isAlive(entity)) {
    invalidParams(`There is no entity ${ref} in the scene.`);
  }
  return entity;
}

/** A quaternion of unit length. @throws {ThetaError} `invalid_params` when it has no direction */
export function toUnit(rotation: readonly [number, number, number, number]): number[] {
  const length = Math.sqrt(rotation.reduce((sum, each) => sum + each * each, 0));
  if (!(length > 1e-6) || length === Infinity)
    invalidParams('A rotation needs a length above zero.');
  return rotation.map((each) => Math.fround(each / length));
}

/** Numbers as a document stores them. @throws {ThetaError} `invalid_params` beyond a float's range */
export function toFloats(values: readonly number[]): number[] {
  return values.map((value) => {
    const rounded = Math.fround(value) + 0;
    if (!Number.isFinite(rounded)) invalidParams('A number is too large.');
    return rounded;
  });
}
