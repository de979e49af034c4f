import { ThetaError } from '../shared/errors.ts';
import type { ChangeReader } from './change-log.ts';
import type { ColumnsOf, Component, Input, Plain } from './component.ts';
import { type Entity, entityIndex, MAX_INDICES, NO_ENTITY } from './entity.ts';
import { EntityTable } from './entity-table.ts';
import { EventBus } from './events.ts';
import { type Membership, Query, type QueryTerms, type TermMasks } from './query.ts';
import { Store, WORD_BITS } from './store.ts';

/** `despawn` is told while the entity is still alive and readable. */
export type WorldEvents = { readonly spawn: Entity; readonly despawn: Entity };

export interface WorldOptions {
  /** How many entities fit before the columns are enlarged. */
  readonly capacity?: number;
  /** Components to register now, in this order, rather than when they are first used. */
  readonly components?: readonly Component[];
}

/** Told of every access to a component through the world, while one is set: see `Scheduler`. */
export interface AccessGuard {
  read(component: Component): void;
  write(component: Component): void;
}

export type WorldErrorCode = 'world-full' | 'dead-entity' | 'missing-component' | 'bad-value';

const DEFAULT_CAPACITY = 1024;
const CAPACITY_STEP = 32;
const GROWTH = 1.5;

/**
 * Entities and their components. Numbers live in typed arrays, one a field, whose row is the
 * entity's index times the field's stride; a component's columns take memory once it is used.
 */
export class World {
  readonly events = new EventBus<WorldEvents>();
  /** Set by a strict scheduler around each system. */
  guard: AccessGuard | undefined;

  readonly #table: EntityTable;
  readonly #masks: Int32Array<ArrayBuffer>[] = [];
  readonly #membership: Membership;
  /** In the order of registration. */
  readonly #stores: Store[] = [];
  readonly #byOrdinal: (Store | undefined)[] = [];
  readonly #queries = new Map<string, Query>();
  readonly #queryList: Query[] = [];
  /** The queries that an entity without components fits. */
  readonly #bareQueries: Query[] = [];
  #capacity: number;

  constructor(options: WorldOptions = {}) {
    this.#capacity = roundUp(Math.max(1, options.capacity ?? DEFAULT_CAPACITY));
    this.#table = new EntityTable(this.#capacity);
    this.#membership = { table: this.#table, masks: this.#masks };
    for (const component of options.components ?? []) this.#store(component);
  }

  get entityCount(): number {
    return this.#table.alive;
  }

  /** Rows in every column. */
  get capacity(): number {
    return this.#capacity;
  }

  /** Every index in use is below this; loops over columns may end here. */
  get indexEnd(): number {
    return this.#table.used;
  }

  /** What the entities take, in bytes: columns, masks, handles, queries and change logs. */
  get byteLength(): number {
    let bytes = this.#table.byteLength;
    for (const mask of this.#masks) bytes += mask.byteLength;
    for (const store of this.#stores) bytes += store.byteLength;
    for (const query of this.#queryList) bytes += query.byteLength;
    return bytes;
  }

  /** The components that this world has storage for, in the order of registration. */
  get components(): readonly Component[] {
    return this.#stores.map((store) => store.component);
  }

  /** Makes room for so many entities at once, where they will be spawned one after the other. */
  reserve(count: number): void {
    if (count > this.#capacity) this.#growTo(count);
  }

  /** @throws {ThetaError} `world-full` beyond 2²⁰ − 1 indices */
  spawn(): Entity {
    if (this.#table.full) this.#grow();
    const entity = this.#table.create();
    const index = entityIndex(entity);
    for (const query of this.#bareQueries) query.update(index);
    this.events.emit('spawn', entity);
    return entity;
  }

  /** Whether there was something to despawn. */
  despawn(entity: Entity): boolean {
    if (!this.#table.isAlive(entity)) return false;
    if (this.guard !== undefined) this.#guardAll(entity, this.guard);
    this.events.emit('despawn', entity);
    if (!this.#table.isAlive(entity)) return true;
    const index = entityIndex(entity);
    for (const query of this.#queryList) query.drop(index);
    this.#table.release(entity);
    for (let word = 0; word < this.#masks.length; word++) this.#clearWord(word, entity);
    return true;
  }

  isAlive(entity: Entity): boolean {
    return this.#table.isAlive(entity);
  }

  /** The entity that lives at an index now, or `NO_ENTITY`. */
  entityAtIndex(index: number): Entity {
    return this.#table.at(index);
  }

  /**
   * Gives an entity a component, with defaults for what `value` leaves out. On an entity that has it
   * already, only the given fields are written.
   * @throws {ThetaError} `dead-entity`; `bad-value` when a column cannot hold a value: then nothing
   * was done
   */
  add<C extends Component>(entity: Entity, component: C, value?: Input<C>): void {
    const store = this.#store(component);
    const index = this.#aliveIndex(entity);
    this.guard?.write(component);
    if (value !== undefined) store.check(value);
    if (store.has(index)) store.log.markValue(entity);
    else this.#attach(store, entity);
    if (value !== undefined) store.write(index, value);
  }

  /**
   * As `add` without values, for many. What an entity had stays; a new one has its defaults.
   * @throws {ThetaError} `dead-entity`; those before it have the component then
   */
  addEach(entities: readonly Entity[], component: Component): void {
    const store = this.#store(component);
    this.guard?.write(component);
    for (const entity of entities) {
      if (store.has(this.#aliveIndex(entity))) store.log.markValue(entity);
      else this.#attach(store, entity);
    }
  }

  /** Whether there was something to remove. */
  remove(entity: Entity, component: Component): boolean {
    const store = this.#byOrdinal[component.ordinal];
    if (store === undefined || !this.#table.isAlive(entity)) return false;
    const index = entityIndex(entity);
    if (!store.has(index)) return false;
    this.guard?.write(component);
    store.masks[index]! &= ~store.bit;
    for (const query of store.queries) query.update(index);
    store.markStructure(entity);
    return true;
  }

  has(entity: Entity, component: Component): boolean {
    const store = this.#byOrdinal[component.ordinal];
    if (store === undefined || !this.#table.isAlive(entity)) return false;
    return store.has(entityIndex(entity));
  }

  /** A copy of the values as a plain object. It allocates: for panels and scripts. */
  get<C extends Component>(entity: Entity, component: C): Plain<C> | undefined {
    if (!this.has(entity, component)) return undefined;
    this.guard?.read(component);
    return this.#store(component).read(entityIndex(entity)) as Plain<C>;
  }

  /**
   * Writes the given fields and marks the component as changed.
   * @throws {ThetaError} `dead-entity`, `missing-component`; `bad-value` when a column cannot hold a
   * value: then nothing was written
   */
  set<C extends Component>(entity: Entity, component: C, value: Input<C>): void {
    const store = this.#storeWith(entity, component);
    this.guard?.write(component);
    store.check(value);
    store.write(entityIndex(entity), value);
    store.log.markValue(entity);
  }

  /**
   * The component's columns by field name. The object is the same for the world's life; the arrays
   * in it are replaced when the world grows, so take them from it anew after spawning.
   */
  columns<C extends Component>(component: C): ColumnsOf<C> {
    this.guard?.read(component);
    return this.#store(component).columns as ColumnsOf<C>;
  }

  /**
   * Marks a component as changed, after its columns were written directly.
   * @throws {ThetaError} `dead-entity`, `missing-component`
   */
  touch(entity: Entity, component: Component): void {
    // A log that is read knows its holders; otherwise, and for faults, there is more to look at.
    const isMarked =
      this.guard === undefined && this.#byOrdinal[component.ordinal]?.log.markValue(entity);
    if (!isMarked) this.#touch(entity, component);
  }

  /** Marks a component as changed where there is one from index `first` up to, not including, `end`. */
  touchRun(first: number, end: number, component: Component): void {
    const store = this.#store(component);
    this.guard?.write(component);
    if (!store.log.active) return;
    for (let index = first; index < end; index++) {
      if (store.has(index)) store.log.markValue(this.#table.at(index));
    }
  }

  /** What an entity has, in the order in which the world's components were registered. */
  componentsOf(entity: Entity): readonly Component[] {
    if (!this.#table.isAlive(entity)) return [];
    const index = entityIndex(entity);
    return this.#stores.filter((store) => store.has(index)).map((store) => store.component);
  }

  /** The one query of these terms; it lives as long as the world and is always up to date. */
  query(terms: QueryTerms): Query {
    const { all = [], any = [], none = [] } = terms;
    const key = [all, any, none].map(termKey).join('|');
    const known = this.#queries.get(key);
    if (known !== undefined) return known;
    for (const component of [...all, ...any, ...none]) this.#store(component);
    const query = new Query(this.#membership, this.#termMasks(all, any, none), this.#capacity);
    this.#queries.set(key, query);
    this.#queryList.push(query);
    for (const component of new Set([...all, ...any, ...none])) {
      this.#store(component).queries.push(query);
    }
    if (all.length === 0 && any.length === 0) this.#bareQueries.push(query);
    return query;
  }

  /**
   * A reader of the changes of a component from now on; with `existing`, its first read reports every
   * entity that has it now as added. Dispose of it: until then each change is noted for it.
   */
  observe(component: Component, options: { readonly existing?: boolean } = {}): ChangeReader {
    return this.#store(component).log.observe(this.#capacity, options.existing ?? false);
  }

  #aliveIndex(entity: Entity): number {
    if (this.#table.isAlive(entity)) return entityIndex(entity);
    throw new ThetaError<WorldErrorCode>('dead-entity', 'The entity does not exist any more.');
  }

  #storeWith(entity: Entity, component: Component): Store {
    const store = this.#store(component);
    if (store.has(this.#aliveIndex(entity))) return store;
    const message = `The entity has no ${component.name}.`;
    throw new ThetaError<WorldErrorCode>('missing-component', message);
  }

  #touch(entity: Entity, component: Component): void {
    const store = this.#storeWith(entity, component);
    this.guard?.write(component);
    store.log.markValue(entity);
  }

  #attach(store: Store, entity: Entity): void {
    const index = entityIndex(entity);
    store.reset(index);
    store.masks[index]! |= store.bit;
    for (const query of store.queries) query.update(index);
    store.markStructure(entity);
  }

  #guardAll(entity: Entity, guard: AccessGuard): void {
    for (const component of this.componentsOf(entity)) guard.write(component);
  }

  #clearWord(word: number, entity: Entity): void {
    const masks = this.#masks[word]!;
    const index = entityIndex(entity);
    let rest = masks[index]!;
    masks[index] = 0;
    while (rest !== 0) {
      const bit = WORD_BITS - 1 - Math.clz32(rest & -rest);
      const store = this.#stores[word * WORD_BITS + bit]!;
      store.markStructure(entity);
      rest &= rest - 1;
    }
  }

  #store(component: Component): Store {
    return this.#byOrdinal[component.ordinal] ?? this.#register(component);
  }

  #register(component: Component): Store {
    const slot = this.#stores.length;
    const word = Math.floor(slot / WORD_BITS);
    if (word === this.#masks.length) this.#masks.push(new Int32Array(this.#capacity));
    const store: Store = new Store(component, slot, this.#masks[word]!, (index) =>
      store.has(index) ? this.#table.at(index) : NO_ENTITY,
    );
    this.#stores.push(store);
    this.#byOrdinal[component.ordinal] = store;
    return store;
  }

  #termMasks(
    all: readonly Component[],
    any: readonly Component[],
    none: readonly Component[],
  ): TermMasks {
    const maskOf = (components: readonly Component[]): number[] => {
      const words = this.#masks.map(() => 0);
      for (const component of components) {
        const store = this.#store(component);
        words[store.word]! |= store.bit;
      }
      return words;
    };
    return { all: maskOf(all), any: maskOf(any), none: maskOf(none), hasAny: any.length > 0 };
  }

  #grow(): void {
    this.#growTo(Math.max(Math.ceil(this.#capacity * GROWTH), this.#capacity + CAPACITY_STEP));
  }

  #growTo(capacity: number): void {
    this.#capacity = Math.min(MAX_INDICES, roundUp(capacity));
    this.#table.grow(this.#capacity);
    for (const [word, old] of this.#masks.entries()) {
      const masks = new Int32Array(this.#capacity);
      masks.set(old);
      this.#masks[word] = masks;
    }
    for (const store of this.#stores) store.grow(this.#masks[store.word]!);
    for (const query of this.#queryList) query.grow(this.#capacity);
  }
}

function roundUp(capacity: number): number {
  return Math.ceil(capacity / CAPACITY_STEP) * CAPACITY_STEP;
}

function termKey(components: readonly Component[]): string {
  return [...new Set(components.map((component) => component.ordinal))]
    .sort((a, b) => a - b)
    .join(',');
}
