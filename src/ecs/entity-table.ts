import { ThetaError } from '../shared/errors.ts';
import {
  type Entity,
  entityGeneration,
  entityIndex,
  MAX_GENERATION,
  MAX_INDICES,
  NO_ENTITY,
  packEntity,
} from './entity.ts';

/** The end of the free list. No index has this value: the last one is kept unused for it. */
const NO_INDEX = MAX_INDICES - 1;

/**
 * Which entities are alive, in one 32-bit word an index. A living index holds its handle, which is
 * positive. A free one holds the complement, hence negative, of its last generation packed with the
 * next free index: the free list needs no memory of its own. It is first in, first out, so that
 * generations wear out evenly.
 */
export class EntityTable {
  #slots: Int32Array<ArrayBuffer>;
  #firstFree = NO_INDEX;
  #lastFree = NO_INDEX;
  #used = 0;
  #alive = 0;

  constructor(capacity: number) {
    this.#slots = new Int32Array(capacity);
  }

  /** How many entities are alive. */
  get alive(): number {
    return this.#alive;
  }

  /** Every index ever given out is below this. */
  get used(): number {
    return this.#used;
  }

  get capacity(): number {
    return this.#slots.length;
  }

  get byteLength(): number {
    return this.#slots.byteLength;
  }

  /** Whether `create` needs `grow` first. */
  get full(): boolean {
    return this.#firstFree === NO_INDEX && this.#used === this.#slots.length;
  }

  grow(capacity: number): void {
    const slots = new Int32Array(capacity);
    slots.set(this.#slots);
    this.#slots = slots;
  }

  /**
   * A handle that no entity had before.
   * @throws {ThetaError} `world-full` when every index is taken or retired
   */
  create(): Entity {
    const entity = this.#firstFree === NO_INDEX ? this.#fresh() : this.#recycled();
    this.#slots[entityIndex(entity)] = entity;
    this.#alive += 1;
    return entity;
  }

  /** Takes a living entity's handle out of use. */
  release(entity: Entity): void {
    const index = entityIndex(entity);
    const generation = entityGeneration(entity);
    this.#alive -= 1;
    this.#slots[index] = freeSlot(generation, NO_INDEX);
    if (generation === MAX_GENERATION) return;
    if (this.#firstFree === NO_INDEX) this.#firstFree = index;
    else this.#linkAfterLast(index);
    this.#lastFree = index;
  }

  isAlive(entity: Entity): boolean {
    return entity > 0 && this.#slots[entityIndex(entity)] === entity;
  }

  /** The entity that lives at this index now, or `NO_ENTITY`. */
  at(index: number): Entity {
    const slot = this.#slots[index];
    return slot !== undefined && slot > 0 ? (slot as Entity) : NO_ENTITY;
  }

  #fresh(): Entity {
    if (this.#used === NO_INDEX) throw new ThetaError('world-full', 'The world is full.');
    const entity = packEntity(this.#used, 1);
    this.#used += 1;
    return entity;
  }

  #recycled(): Entity {
    const index = this.#firstFree;
    const packed = ~this.#slots[index]! as Entity;
    this.#firstFree = entityIndex(packed);
    return packEntity(index, entityGeneration(packed) + 1);
  }

  #linkAfterLast(index: number): void {
    const packed = ~this.#slots[this.#lastFree]! as Entity;
    this.#slots[this.#lastFree] = freeSlot(entityGeneration(packed), index);
  }
}

function freeSlot(generation: number, next: number): number {
  return ~packEntity(next, generation);
}
