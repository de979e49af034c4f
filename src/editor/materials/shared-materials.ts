import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ChangeReader } from '../../ecs/change-log.ts';
import {
  Hierarchy,
  Material,
  MaterialLink,
  Name,
  SharedMaterial,
  TextureMapping,
} from '../../ecs/components/index.ts';
import type { Entity } from '../../ecs/entity.ts';
import type { Scene } from '../scene.ts';
import type { Previews } from '../stores/previews.ts';
import type { MaterialsState, SharedMaterialItem } from '../stores/states.ts';

/** Who wears what, and what they are called. */
const LISTING = [SharedMaterial, Name, MaterialLink, Hierarchy] as const;
const LOOKS = [Material, TextureMapping] as const;

/** The materials that objects share, kept up by what changes. */
export class SharedMaterials {
  readonly store: StoreApi<MaterialsState> = createStore<MaterialsState>(() => ({ items: [] }));
  readonly #scene: Scene;
  readonly #listing: readonly ChangeReader[];
  readonly #looks: readonly ChangeReader[];
  readonly #versions = new Map<Entity, number>();
  readonly #unsubscribe: () => void;
  #stale = true;

  constructor(scene: Scene, previews: Previews) {
    const { world } = scene.document;
    this.#scene = scene;
    this.#listing = LISTING.map((component) => world.observe(component));
    this.#looks = LOOKS.map((component) => world.observe(component));
    this.#unsubscribe = previews.store.subscribe(({ fields }) => {
      for (const entity of fields.keys()) this.#outdate(entity);
    });
  }

  update(): void {
    for (const reader of this.#listing) {
      if (reader.pending) reader.read((entity) => this.#look(entity));
    }
    for (const reader of this.#looks) {
      if (reader.pending) reader.read((entity) => this.#outdate(entity));
    }
    if (!this.#stale) return;
    this.#stale = false;
    this.store.setState({ items: this.#list() });
  }

  dispose(): void {
    for (const reader of [...this.#listing, ...this.#looks]) reader.dispose();
    this.#unsubscribe();
  }

  /** The living objects that wear a shared material. */
  wearersOf(material: Entity): Entity[] {
    const wearers: Entity[] = [];
    this.#scene.document.world.query({ all: [MaterialLink] }).forEach((entity) => {
      const worn = this.#scene.sharedMaterialOf(entity) === material;
      if (worn && this.#scene.isObject(entity)) wearers.push(entity);
    });
    return wearers;
  }

  /** Most of what is renamed or moved has nothing to do with materials. */
  #look(entity: Entity): void {
    const { world } = this.#scene.document;
    this.#stale ||=
      this.#versions.has(entity) ||
      world.has(entity, SharedMaterial) ||
      world.has(entity, MaterialLink) ||
      this.store.getState().items.length > 0;
  }

  #outdate(entity: Entity): void {
    if (!this.#scene.isSharedMaterial(entity)) return;
    this.#versions.set(entity, (this.#versions.get(entity) ?? 0) + 1);
    this.#stale = true;
  }

  #list(): SharedMaterialItem[] {
    const { world } = this.#scene.document;
    const wearers = new Map<Entity, number>();
    world.query({ all: [MaterialLink] }).forEach((entity) => {
      if (!this.#scene.isObject(entity)) return;
      const material = this.#scene.sharedMaterialOf(entity);
      wearers.set(material, (wearers.get(material) ?? 0) + 1);
    });
    const items: SharedMaterialItem[] = [];
    world.query({ all: [SharedMaterial] }).forEach((entity) => {
      if (!this.#scene.isSharedMaterial(entity)) return;
      items.push({
        entity,
        name: world.get(entity, Name)?.value || 'Material',
        wearers: wearers.get(entity) ?? 0,
        version: this.#versions.get(entity) ?? 0,
      });
    });
    return items.sort((a, b) => a.name.localeCompare(b.name) || a.entity - b.entity);
  }
}
