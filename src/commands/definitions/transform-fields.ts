import { Transform } from '../../ecs/components/index.ts';
import type { Document } from '../../ecs/document/document.ts';
import type { EntityId } from '../../ecs/document/entity-id.ts';
import type { FieldValue } from '../../ecs/document/journal.ts';
import type { Stamp } from '../../ecs/document/stamps.ts';
import type { Entity } from '../../ecs/entity.ts';
import { Reason } from '../../protocol/generated/types.ts';
import { APPLIED, type Effect } from '../effect.ts';
import { refuse } from '../refusal.ts';

/** Where the transform's fields are, in the order of its declaration. */
export const TRANSFORM_FIELD = { position: 0, rotation: 1, scale: 2 } as const;

/** How far from 1 the square of a rotation's length may be: single precision loses about 1e-7. */
const UNIT_TOLERANCE = 1e-3;

export function transformIndex(document: Document): number {
  return document.componentIndex(Transform.name) as number;
}

export function isUnit(rotation: readonly number[]): boolean {
  let square = 0;
  for (const each of rotation) square += each * each;
  return Math.abs(square - 1) <= UNIT_TOLERANCE;
}

/**
 * O3 `merge`: changes a transform's field relative to what it is; earlier and later writers' changes
 * all stand. @throws {Refusal} when the result is beyond a float's range
 */
export function mergeTransform(
  document: Document,
  id: EntityId,
  field: number,
  by: Stamp,
  change: (current: readonly number[]) => number[],
): Effect {
  const entity = document.entityOf(id) ?? refuse(Reason.noSuchEntity);
  const component = transformIndex(document);
  if (!document.hasComponent(entity, component)) refuse(Reason.unknownComponent);
  const value: FieldValue = document.fieldValue(entity, component, field);
  const changed = change(value as readonly number[]).map(Math.fround);
  if (!changed.every(Number.isFinite)) refuse(Reason.invalidValue);
  document.writeField(entity, component, field, changed, mergedStamp(document, entity, field, by));
  return APPLIED;
}

/**
 * The writer after a merge. A merge that is older than the current writer leaves the clock where it
 * is, so that it does not let still older writes win, and takes the writer's place, so that the
 * current writer's undo does not take the merge away with it.
 */
function mergedStamp(document: Document, entity: Entity, field: number, by: Stamp): Stamp {
  const component = transformIndex(document);
  if (document.fieldYields(entity, component, field, by)) return by;
  return { lamport: document.fieldStamp(entity, component, field).lamport, site: by.site };
}

/** a · b, both x, y, z, w: first `b`, then `a`. */
export function multiplyQuaternions(a: readonly number[], b: readonly number[]): number[] {
  const [ax, ay, az, aw] = a as [number, number, number, number];
  const [bx, by, bz, bw] = b as [number, number, number, number];
  return [
    aw * bx + ax * bw + ay * bz - az * by,
    aw * by - ax * bz + ay * bw + az * bx,
    aw * bz + ax * by - ay * bx + az * bw,
    aw * bw - ax * bx - ay * by - az * bz,
  ];
}

/** O6: by square root and division alone. */
export function normalizeQuaternion(q: readonly number[]): number[] {
  const [x, y, z, w] = q as [number, number, number, number];
  const length = Math.sqrt(x * x + y * y + z * z + w * w);
  return [x / length, y / length, z / length, w / length];
}
