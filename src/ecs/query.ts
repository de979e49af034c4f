import type { Component } from './component.ts';
import { type Entity, entityIndex } from './entity.ts';
import type { EntityTable } from './entity-table.ts';

/** Which entities a query is about, by the components they have. */
export interface QueryTerms {
  /** Every one of these. */
  readonly all?: readonly Component[];
  /** At least one of these, when any are given. */
  readonly any?: readonly Component[];
  /** Not one of these. */
  readonly none?: readonly Component[];
}

/** Entities in ascending order of index. */
export interface EntityList extends Iterable<Entity> {
  readonly length: number;
  readonly [at: number]: Entity;
}

/** The masks of a query's terms, one 32-bit word each at the same place. */
export interface TermMasks {
  readonly all: readonly number[];
  readonly any: readonly number[];
  readonly none: readonly number[];
  readonly hasAny: boolean;
}

/** What a query looks at. Owned by the world, which replaces the arrays when it grows. */
export interface Membership {
  readonly table: EntityTable;
  /** Component masks of the entities: for each word an array by entity index. */
  readonly masks: readonly Int32Array[];
}

/**
 * The longest run in indices. Engines compile a function that is entered often better than a long loop
 * that they replace while it runs: at 100,000 entities that made half of the time.
 */
const LONGEST_RUN = 2048;

const WORD_SHIFT = 5;
const BIT_MASK = 31;

/**
 * The living entities that fit some terms, kept up to date by the world. One bit an entity index
 * says who belongs; the list of handles and the list of runs are derived from it when someone asks
 * after a change, in memory that is used again. Both ascend by index, whatever the history.
 */
export class Query {
  readonly #world: Membership;
  readonly #terms: TermMasks;
  #bits: Int32Array<ArrayBuffer>;
  #count = 0;
  #version = 0;
  #list: Uint32Array<ArrayBuffer> = new Uint32Array(0);
  #view: EntityList = toList(new Uint32Array(0));
  #listVersion = 0;
  #runs: Uint32Array<ArrayBuffer> = new Uint32Array(0);
  #runEnd = 0;
  #runsVersion = 0;
  #iterating = 0;

  constructor(world: Membership, terms: TermMasks, capacity: number) {
    this.#world = world;
    this.#terms = terms;
    this.#bits = new Int32Array(wordsFor(capacity));
    for (let index = 0; index < world.table.used; index++) {
      if (world.table.at(index) !== 0 && this.matches(index)) this.update(index);
    }
  }

  /** How many entities fit. */
  get count(): number {
    return this.#count;
  }

  /** Changes whenever an entity begins or ceases to fit. */
  get version(): number {
    return this.#version;
  }

  get byteLength(): number {
    return this.#bits.byteLength + this.#list.byteLength + this.#runs.byteLength;
  }

  /**
   * The handles of all that fit, ascending by index. The list is good until an entity begins or
   * ceases to fit *and* the query is asked again: a loop over it may despawn and change components,
   * and then still comes by entities that no longer fit. It does no work while nothing changed.
   */
  get entities(): EntityList {
    if (this.#listVersion !== this.#version) this.#rebuildList();
    return this.#view;
  }

  has(entity: Entity): boolean {
    return this.#world.table.isAlive(entity) && this.#hasIndex(entityIndex(entity));
  }

  /**
   * Calls `visit` for each entity that fits when the loop begins and has fitted until it is its turn,
   * once each, ascending by index. `visit` may spawn, despawn, add and remove, and may loop over
   * this query again; what begins to fit meanwhile is for the next loop.
   */
  forEach(visit: (entity: Entity) => void): void {
    const list = this.entities;
    const { length } = list;
    this.#iterating += 1;
    try {
      for (let at = 0; at < length; at++) {
        const entity = list[at]!;
        if (this.has(entity)) visit(entity);
      }
    } finally {
      this.#iterating -= 1;
    }
  }

  /**
   * Calls `visit` with each run of indices that fit, from `first` up to, not including, `end`, at most
   * 2048 at a time. The fastest way over columns: a loop from `first * stride` to `end * stride`.
   * `visit` may change component values; what begins or ceases to fit meanwhile does not change the
   * runs of this loop.
   */
  forEachRun(visit: (first: number, end: number) => void): void {
    if (this.#runsVersion !== this.#version) this.#rebuildRuns();
    const runs = this.#runs;
    const end = this.#runEnd;
    this.#iterating += 1;
    try {
      for (let at = 0; at < end; at += 2) visit(runs[at]!, runs[at + 1]!);
    } finally {
      this.#iterating -= 1;
    }
  }

  /** @internal Makes room for indices below `capacity`. */
  grow(capacity: number): void {
    const bits = new Int32Array(wordsFor(capacity));
    bits.set(this.#bits);
    this.#bits = bits;
  }

  /** @internal Whether the masks at a living index fit the terms. */
  matches(index: number): boolean {
    const { masks } = this.#world;
    const { all, any, none, hasAny } = this.#terms;
    let hit = !hasAny;
    for (let word = 0; word < all.length; word++) {
      const mask = masks[word]![index]!;
      if ((mask & all[word]!) !== all[word] || (mask & none[word]!) !== 0) return false;
      if ((mask & any[word]!) !== 0) hit = true;
    }
    return hit;
  }

  /** @internal Looks again at a living index whose mask changed. */
  update(index: number): void {
    if (this.matches(index) !== this.#hasIndex(index)) this.#flip(index);
  }

  /** @internal Drops an index whose entity dies. */
  drop(index: number): void {
    if (this.#hasIndex(index)) this.#flip(index);
  }

  #hasIndex(index: number): boolean {
    return ((this.#bits[index >>> WORD_SHIFT]! >>> (index & BIT_MASK)) & 1) === 1;
  }

  #flip(index: number): void {
    this.#count += this.#hasIndex(index) ? -1 : 1;
    this.#bits[index >>> WORD_SHIFT]! ^= 1 << (index & BIT_MASK);
    this.#version += 1;
  }

  #rebuildList(): void {
    // A loop further up the stack still walks the old memory.
    if (this.#iterating > 0 || this.#list.length < this.#count) {
      this.#list = new Uint32Array(roomFor(this.#count, this.#list.length));
    }
    const { table } = this.#world;
    let at = 0;
    for (let word = 0; word < this.#bits.length; word++) {
      let rest = this.#bits[word]!;
      while (rest !== 0) {
        const lowest = BIT_MASK - Math.clz32(rest & -rest);
        this.#list[at] = table.at((word << WORD_SHIFT) | lowest);
        at += 1;
        rest &= rest - 1;
      }
    }
    this.#view = toList(this.#list.subarray(0, this.#count));
    this.#listVersion = this.#version;
  }

  #rebuildRuns(): void {
    if (this.#iterating > 0) this.#runs = new Uint32Array(this.#runs.length);
    let at = 0;
    let index = this.#nextWith(0, 0);
    const limit = this.#bits.length << WORD_SHIFT;
    while (index < limit) {
      const end = Math.min(this.#nextWith(index, -1), index + LONGEST_RUN);
      if (at + 2 > this.#runs.length) this.#runs = doubled(this.#runs);
      this.#runs[at] = index;
      this.#runs[at + 1] = end;
      at += 2;
      index = this.#nextWith(end, 0);
    }
    this.#runEnd = at;
    this.#runsVersion = this.#version;
  }

  /** The first index from `from` on that belongs (`invert` 0) or does not (`invert` -1). */
  #nextWith(from: number, invert: 0 | -1): number {
    let word = from >>> WORD_SHIFT;
    if (word >= this.#bits.length) return this.#bits.length << WORD_SHIFT;
    let rest = (this.#bits[word]! ^ invert) & (-1 << (from & BIT_MASK));
    while (rest === 0) {
      word += 1;
      if (word >= this.#bits.length) return word << WORD_SHIFT;
      rest = this.#bits[word]! ^ invert;
    }
    return (word << WORD_SHIFT) | (BIT_MASK - Math.clz32(rest & -rest));
  }
}

function wordsFor(capacity: number): number {
  return (capacity + BIT_MASK) >>> WORD_SHIFT;
}

/** A length that fits `count` and grows by half, so that a list that fills up is seldom copied. */
function roomFor(count: number, length: number): number {
  return count <= length ? length : Math.max(count, Math.ceil(length * 1.5));
}

function doubled(array: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(Math.max(16, array.length * 2));
  larger.set(array);
  return larger;
}

function toList(handles: Uint32Array<ArrayBuffer>): EntityList {
  return handles as unknown as EntityList;
}
