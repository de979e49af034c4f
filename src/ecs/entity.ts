/**
 * An entity handle: ten bits of generation above twenty bits of index. It fits thirty bits, so that
 * it stays a small integer in every JavaScript engine, in a `Uint32Array` and in an `Int32Array`.
 * A handle means something in one `World` only; what travels between machines is the document's id.
 */
export type Entity = number & { readonly __entity: 'entity' };

export const INDEX_BITS = 20;
export const GENERATION_BITS = 10;

/** How many indices a world can hold: the largest index is one below. */
export const MAX_INDICES = 1 << INDEX_BITS;
/** An index that was used this often is retired: a handle never comes back with another meaning. */
export const MAX_GENERATION = (1 << GENERATION_BITS) - 1;

const INDEX_MASK = MAX_INDICES - 1;

/** Never alive. The value of an entity field that points nowhere. */
export const NO_ENTITY = 0 as Entity;

/** The row of this entity in a world's columns (times the field's stride). */
export function entityIndex(entity: Entity): number {
  return entity & INDEX_MASK;
}

/** Which use of its index this entity is: 1 for the first, at most `MAX_GENERATION`. */
export function entityGeneration(entity: Entity): number {
  return entity >>> INDEX_BITS;
}

/** The handle of an index in one of its generations. */
export function packEntity(index: number, generation: number): Entity {
  return ((generation << INDEX_BITS) | index) as Entity;
}
