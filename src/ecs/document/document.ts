import { ThetaError } from '../../shared/errors.ts';
import type { Component } from '../component.ts';
import { Hierarchy } from '../components/hierarchy.ts';
import { DOCUMENT_COMPONENTS } from '../components/index.ts';
import { type Entity, entityIndex, NO_ENTITY } from '../entity.ts';
import { World } from '../world.ts';
import {
  counterOf,
  type EntityId,
  entityId,
  MAX_COUNTER,
  NO_ENTITY_ID,
  siteOf,
} from './entity-id.ts';
import { type Governance, NO_GOVERNANCE } from './governance.ts';
import type { FieldValue, Journal } from './journal.ts';
import { NO_SITE, SiteTable } from './sites.ts';
import { type Stamp, StampColumns } from './stamps.ts';

/** Slot 0 of a component's stamps is its presence; a field's slot is one above its index. */
const PRESENCE_SLOT = 0;
const FIELD_SLOT = 1;

const ID_PATTERN = /^([0-9a-f]{16})-(\d{1,10})-(\d{1,10})$/;

function fieldIndex(component: Component, name: string): number {
  const field = component.fields.find((each) => each.name === name);
  if (!field) throw new RangeError(`${component.name} has no field ${name}.`);
  return field.index;
}

/** Where the place of an entity (its parent and life, one scope) keeps its stamp. */
const PLACE_FIELD = fieldIndex(Hierarchy, 'parent');
export const ORDER_FIELD = fieldIndex(Hierarchy, 'order');

/**
 * The document of a session: a world of entities with the stamps of their writers (O3), tombstones
 * included (O7), addressed by ids that mean the same everywhere (O1). Its writes are primitive:
 * which of them happens is decided by the commands. While a journal is set, each write records in it
 * what it found.
 *
 * The Hierarchy component marks the entities that were created; `parent` and `alive` are one scope,
 * the entity's place.
 */
export class Document {
  readonly world: World;
  readonly sites = new SiteTable();
  readonly components: readonly Component[] = DOCUMENT_COMPONENTS;
  readonly hierarchyIndex: number = DOCUMENT_COMPONENTS.indexOf(Hierarchy as unknown as Component);
  journal: Journal | undefined;
  #governance: Governance = NO_GOVERNANCE;

  readonly #stamps: StampColumns[];
  readonly #indexByName = new Map<string, number>();
  readonly #byId = new Map<EntityId, Entity>();
  #ids = new Float64Array(64);
  readonly #vacant = new Set<Entity>();
  readonly #lastOrder = new Map<Entity, string>();

  constructor(world: World = new World()) {
    this.world = world;
    this.#stamps = this.components.map((component) => new StampColumns(component.fields.length));
    for (const [index, component] of this.components.entries()) {
      this.#indexByName.set(component.name, index);
    }
  }

  // --- who may be here: beside the entities, and no part of what `worldHash` digests ---

  get governance(): Governance {
    return this.#governance;
  }

  writeGovernance(governance: Governance): void {
    this.journal?.record({ kind: 'governance', before: this.#governance });
    this.#governance = governance;
  }

  // --- names ---

  /** The entity of an id, living or tombstone; undefined where none was ever created. */
  entityOf(id: EntityId): Entity | undefined {
    const entity = this.#byId.get(id);
    return entity !== undefined && this.exists(entity) ? entity : undefined;
  }

  idOf(entity: Entity): EntityId {
    if (entity === NO_ENTITY) return NO_ENTITY_ID;
    return (this.#ids[entityIndex(entity)] ?? 0) as EntityId;
  }

  /** `<author, 16 hex digits>-<replica>-<counter>`; the empty string for none. */
  formatId(id: EntityId): string {
    if (id === NO_ENTITY_ID) return '';
    const site = siteOf(id);
    return `${this.sites.authorOf(site)}-${this.sites.replicaOf(site)}-${counterOf(id)}`;
  }

  /** The id of such a text, whether or not the entity exists; undefined when it is not one. */
  parseId(text: string): EntityId | undefined {
    const match = ID_PATTERN.exec(text);
    if (!match) return undefined;
    const replica = Number(match[2]);
    const counter = Number(match[3]);
    if (replica > 0xffffffff || counter > MAX_COUNTER || counter === 0) return undefined;
    return entityId(this.sites.intern(match[1] as string, replica), counter);
  }

  componentIndex(name: string): number | undefined {
    return this.#indexByName.get(name);
  }

  // --- what is ---

  /** Whether it was created: living or tombstone. */
  exists(entity: Entity): boolean {
    return this.world.has(entity, Hierarchy);
  }

  isAlive(entity: Entity): boolean {
    if (!this.exists(entity)) return false;
    return this.world.columns(Hierarchy).alive[entityIndex(entity)] !== 0;
  }

  /** The parent as written, which may be a tombstone. */
  parentOf(entity: Entity): Entity {
    return (this.world.columns(Hierarchy).parent[entityIndex(entity)] ?? 0) as Entity;
  }

  /** O7: the nearest living ancestor. */
  effectiveParent(entity: Entity): Entity {
    let parent = this.parentOf(entity);
    while (parent !== NO_ENTITY && !this.isAlive(parent)) parent = this.parentOf(parent);
    return parent;
  }

  /** The fractional key that orders siblings. */
  orderOf(entity: Entity): string {
    return this.world.columns(Hierarchy).order[entityIndex(entity)] ?? '';
  }

  /** No child of this parent ever had a greater key: what comes after it comes last. */
  lastOrderUnder(parent: Entity): string | null {
    return this.#lastOrder.get(parent) ?? null;
  }

  /** Whether `entity` is `ancestor` or stands below it, tombstones counted as they are written. */
  isWithin(entity: Entity, ancestor: Entity): boolean {
    for (let each = entity; each !== NO_ENTITY; each = this.parentOf(each)) {
      if (each === ancestor) return true;
    }
    return false;
  }

  placeStamp(entity: Entity): Stamp {
    return this.fieldStamp(entity, this.hierarchyIndex, PLACE_FIELD);
  }

  presenceStamp(entity: Entity, component: number): Stamp {
    return this.#columns(component).stamp(entityIndex(entity), PRESENCE_SLOT);
  }

  fieldStamp(entity: Entity, component: number, field: number): Stamp {
    return this.#columns(component).stamp(entityIndex(entity), field + FIELD_SLOT);
  }

  hasComponent(entity: Entity, component: number): boolean {
    return this.world.has(entity, this.#component(component));
  }

  /** Whether the component was ever written on this entity and left a stamp. */
  isStamped(entity: Entity, component: number): boolean {
    return this.#columns(component).any(entityIndex(entity));
  }

  /** Whether a write of this stamp is not older than what a field bears (O3). */
  fieldYields(entity: Entity, component: number, field: number, by: Stamp): boolean {
    return this.#yields(component, entityIndex(entity), field + FIELD_SLOT, by);
  }

  presenceYields(entity: Entity, component: number, by: Stamp): boolean {
    return this.#yields(component, entityIndex(entity), PRESENCE_SLOT, by);
  }

  /** A field's value as numbers or text. Entities are numbers: handles of this world. */
  fieldValue(entity: Entity, component: number, field: number): FieldValue {
    const definition = this.#component(component);
    const { name, stride, kind } = definition.fields[field]!;
    const column = (this.world.columns(definition) as Record<string, ArrayLike<number | string>>)[
      name
    ]!;
    const at = entityIndex(entity) * stride;
    if (kind === 'text' || kind === 'hash') return (column[at] as string | undefined) ?? '';
    const values: number[] = [];
    for (let i = 0; i < stride; i++) values.push(column[at + i] as number);
    return values;
  }

  /** Whether anybody but this author (16 hex digits) is the writer of any of its fields. */
  isWrittenByOthers(entity: Entity, author: string): boolean {
    const row = entityIndex(entity);
    for (const columns of this.#stamps) {
      for (let slot = 0; slot < columns.slots; slot++) {
        const site = columns.site(row, slot);
        if (site !== NO_SITE && this.sites.authorOf(site) !== author) return true;
      }
    }
    return false;
  }

  // --- primitive writes ---

  /** A new entity with an empty place. @throws when the id is taken: ask `entityOf` first */
  create(id: EntityId, parent: Entity, order: string, by: Stamp): Entity {
    if (this.entityOf(id) !== undefined) throw new ThetaError('entity_exists', 'The id is taken.');
    const entity = this.#row(id);
    this.#vacant.delete(entity);
    this.world.add(entity, Hierarchy, { parent, order, alive: true });
    const columns = this.#columns(this.hierarchyIndex);
    columns.set(entityIndex(entity), PLACE_FIELD + FIELD_SLOT, by.lamport, by.site);
    columns.set(entityIndex(entity), ORDER_FIELD + FIELD_SLOT, by.lamport, by.site);
    this.#noteOrder(parent, order);
    this.journal?.record({ kind: 'created', entity, by });
    return entity;
  }

  writePlace(entity: Entity, parent: Entity, alive: boolean, by: Stamp): void {
    this.journal?.record({
      kind: 'place',
      entity,
      parent: this.parentOf(entity),
      alive: this.isAlive(entity),
      stamp: this.placeStamp(entity),
      by,
    });
    this.#putPlace(entity, parent, alive, by);
  }

  /**
   * Adds or removes a component; a new one has its defaults, unstamped. A journal does not record what
   * a removed one held: write its fields first.
   */
  writePresence(entity: Entity, component: number, present: boolean, by: Stamp): void {
    this.journal?.record({
      kind: 'presence',
      entity,
      component,
      present: this.hasComponent(entity, component),
      stamp: this.presenceStamp(entity, component),
      by,
    });
    this.#putPresence(entity, component, present, by);
  }

  /** Writes a field of a component that the entity has. */
  writeField(entity: Entity, component: number, field: number, value: FieldValue, by: Stamp): void {
    this.journal?.record({
      kind: 'field',
      entity,
      component,
      field,
      value: this.fieldValue(entity, component, field),
      stamp: this.fieldStamp(entity, component, field),
      by,
    });
    this.#putField(entity, component, field, value, by);
  }

  /** Gives back, in reverse, what a journal's writes found. */
  rollBack(journal: Journal): void {
    for (let i = journal.images.length - 1; i >= 0; i--) {
      const image = journal.images[i]!;
      switch (image.kind) {
        case 'created':
          this.#vacate(image.entity);
          break;
        case 'place':
          this.#putPlace(image.entity, image.parent, image.alive, image.stamp);
          break;
        case 'presence':
          this.#putPresence(image.entity, image.component, image.present, image.stamp);
          break;
        case 'field':
          this.#putField(image.entity, image.component, image.field, image.value, image.stamp);
          break;
        case 'governance':
          this.#governance = image.before;
          break;
      }
    }
  }

  /**
   * Forgets the entities whose creation was rolled back and not repeated. Between a rollback and this
   * call they keep their handles, so that a rebase does not take a selection away.
   */
  sweep(): void {
    for (const entity of this.#vacant) {
      this.#byId.delete(this.idOf(entity));
      this.world.despawn(entity);
    }
    this.#vacant.clear();
  }

  /** Every entity that was created, tombstones included, in no order that means anything. */
  *entities(): Generator<Entity> {
    for (const entity of this.#byId.values()) if (this.exists(entity)) yield entity;
  }

  // --- wholesale: for codecs of the document itself ---

  /** A component's stamps, by entity index. */
  stampsOf(component: number): StampColumns {
    return this.#columns(component);
  }

  /** Makes room for so many entities more. */
  reserve(count: number): void {
    this.world.reserve(this.world.entityCount + count);
    this.#growIds(this.world.capacity);
  }

  /** An empty row for an entity, in place of what it had, to be filled before anybody looks. */
  restoreRow(id: EntityId): Entity {
    const entity = this.#row(id);
    if (this.exists(entity)) this.#vacate(entity);
    this.#vacant.delete(entity);
    return entity;
  }

  /** The handle of an entity that is here or is about to be restored; swept if neither. */
  rowOf(id: EntityId): Entity {
    const entity = this.#row(id);
    if (!this.exists(entity)) this.#vacant.add(entity);
    return entity;
  }

  /** Takes note of what `restoreRow`'s caller wrote into the Hierarchy columns. */
  restored(entity: Entity): void {
    this.#vacant.delete(entity);
    this.#noteOrder(this.parentOf(entity), this.orderOf(entity));
  }

  /**
   * Empties the document. Until the next `sweep` entities keep their handles: what is loaded in their
   * place has them again, and selections and journals still mean the same.
   */
  clear(): void {
    for (const entity of this.#byId.values()) this.#vacate(entity);
    this.#lastOrder.clear();
    this.#governance = NO_GOVERNANCE;
  }

  #component(index: number): Component {
    return this.components[index]!;
  }

  #columns(component: number): StampColumns {
    return this.#stamps[component]!;
  }

  #yields(component: number, row: number, slot: number, by: Stamp): boolean {
    const columns = this.#columns(component);
    const lamport = columns.lamport(row, slot);
    if (by.lamport !== lamport) return by.lamport > lamport;
    return this.sites.compare(by.site, columns.site(row, slot)) >= 0;
  }

  #row(id: EntityId): Entity {
    const known = this.#byId.get(id);
    if (known !== undefined) return known;
    const entity = this.world.spawn();
    const row = entityIndex(entity);
    if (row >= this.#ids.length) this.#growIds(Math.max(row + 1, this.#ids.length * 2));
    this.#ids[row] = id;
    this.#byId.set(id, entity);
    return entity;
  }

  #growIds(length: number): void {
    if (length <= this.#ids.length) return;
    const grown = new Float64Array(length);
    grown.set(this.#ids);
    this.#ids = grown;
  }

  #vacate(entity: Entity): void {
    const row = entityIndex(entity);
    for (const [index, component] of this.components.entries()) {
      this.world.remove(entity, component);
      this.#columns(index).clear(row);
    }
    this.#vacant.add(entity);
  }

  #noteOrder(parent: Entity, order: string): void {
    const last = this.#lastOrder.get(parent);
    if (last === undefined || order > last) this.#lastOrder.set(parent, order);
  }

  #putPlace(entity: Entity, parent: Entity, alive: boolean, by: Stamp): void {
    const row = entityIndex(entity);
    const columns = this.world.columns(Hierarchy);
    columns.parent[row] = parent;
    columns.alive[row] = alive ? 1 : 0;
    this.#noteOrder(parent, this.orderOf(entity));
    this.#columns(this.hierarchyIndex).set(row, PLACE_FIELD + FIELD_SLOT, by.lamport, by.site);
    this.world.touch(entity, Hierarchy);
  }

  #putPresence(entity: Entity, component: number, present: boolean, by: Stamp): void {
    const definition = this.#component(component);
    if (present) {
      if (!this.world.has(entity, definition)) this.world.add(entity, definition);
    } else {
      this.world.remove(entity, definition);
    }
    this.#columns(component).set(entityIndex(entity), PRESENCE_SLOT, by.lamport, by.site);
  }

  #putField(entity: Entity, component: number, field: number, value: FieldValue, by: Stamp): void {
    const row = entityIndex(entity);
    const definition = this.#component(component);
    this.#columns(component).set(row, field + FIELD_SLOT, by.lamport, by.site);
    if (!this.world.has(entity, definition)) return;
    const { name, stride } = definition.fields[field]!;
    const columns = this.world.columns(definition) as Record<string, (number | string)[]>;
    const column = columns[name]!;
    if (typeof value === 'string') {
      column[row] = value;
      if (component === this.hierarchyIndex) this.#noteOrder(this.parentOf(entity), value);
    } else {
      // O6: adding zero turns −0 into 0 and leaves every other number as it is.
      for (let i = 0; i < stride; i++) column[row * stride + i] = value[i]! + 0;
    }
    this.world.touch(entity, definition);
  }
}
