import type { ChangeReader } from '../../ecs/change-log.ts';
import type { Component, Plain } from '../../ecs/component.ts';
import {
  Hierarchy,
  Material,
  MaterialLink,
  SharedMaterial,
  TextureMapping,
} from '../../ecs/components/index.ts';
import { type Entity, entityIndex, NO_ENTITY } from '../../ecs/entity.ts';
import type { World } from '../../ecs/world.ts';
import type { FieldOverlay } from '../field-overlay.ts';
import { DEFAULT_MAPPING, DEFAULT_MATERIAL, type MaterialValue } from './material-value.ts';

const SURFACE: readonly Component[] = [Material, TextureMapping, SharedMaterial];

/**
 * What entities wear: the material that they share, or their own. Objects that share one, and those
 * whose own is equal, are drawn together, for batches go by what a material is and not by whose.
 */
export class Surfaces {
  readonly #world: World;
  readonly #overlay: FieldOverlay;
  readonly #links: ChangeReader;
  readonly #sources: readonly ChangeReader[];
  /** By shared material: who wears it, by entity index. */
  readonly #wearers = new Map<Entity, Set<number>>();
  readonly #worn = new Map<number, Entity>();
  /** Materials with maps that lie as they come: ten thousand may wear one. */
  readonly #plain = new WeakMap<Plain<typeof Material>, MaterialValue>();

  constructor(world: World, overlay: FieldOverlay) {
    this.#world = world;
    this.#overlay = overlay;
    this.#links = world.observe(MaterialLink, { existing: true });
    this.#sources = [...SURFACE, Hierarchy].map((each) => world.observe(each));
  }

  get pending(): boolean {
    return this.#links.pending || this.#sources.some((reader) => reader.pending);
  }

  /** Calls `mark` with the index of every entity that may look different now. */
  readChanges(mark: (index: number) => void): void {
    this.#links.read((entity) => {
      this.#follow(entity);
      mark(entityIndex(entity));
    });
    const changed = (entity: Entity): void => {
      mark(entityIndex(entity));
      for (const wearer of this.#wearers.get(entity) ?? []) mark(wearer);
    };
    for (const reader of this.#sources) reader.read(changed);
    this.#overlay.forEachChanged(changed);
  }

  /** The entity whose material this one shows: a shared one that lives, else itself. */
  sourceOf(entity: Entity): Entity {
    const link = this.#linkOf(entity);
    return link !== NO_ENTITY && this.#isShared(link) ? link : entity;
  }

  valueOf(entity: Entity): MaterialValue {
    const source = this.sourceOf(entity);
    const material = this.#overlay.get(source, Material);
    const mapping = this.#overlay.get(source, TextureMapping);
    if (material === undefined)
      return mapping ? { ...DEFAULT_MATERIAL, ...mapping } : DEFAULT_MATERIAL;
    if (mapping !== undefined) return { ...material, ...mapping };
    let value = this.#plain.get(material);
    if (value === undefined) {
      value = { ...material, ...DEFAULT_MAPPING };
      this.#plain.set(material, value);
    }
    return value;
  }

  dispose(): void {
    this.#links.dispose();
    for (const reader of this.#sources) reader.dispose();
  }

  #linkOf(entity: Entity): Entity {
    if (!this.#world.has(entity, MaterialLink)) return NO_ENTITY;
    return this.#world.columns(MaterialLink).material[entityIndex(entity)] as Entity;
  }

  #isShared(entity: Entity): boolean {
    if (!this.#world.has(entity, SharedMaterial)) return false;
    return this.#world.columns(Hierarchy).alive[entityIndex(entity)] !== 0;
  }

  #follow(entity: Entity): void {
    const index = entityIndex(entity);
    const before = this.#worn.get(index);
    const now = this.#linkOf(entity);
    if (before === now || (before === undefined && now === NO_ENTITY)) return;
    if (before !== undefined) this.#wearers.get(before)?.delete(index);
    if (now === NO_ENTITY) this.#worn.delete(index);
    else {
      this.#worn.set(index, now);
      const wearers = this.#wearers.get(now) ?? new Set();
      this.#wearers.set(now, wearers.add(index));
    }
  }
}
