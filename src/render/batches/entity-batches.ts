import { type Box3, type Camera, Group, type Material as ThreeMaterial } from 'three';
import type { ChangeReader } from '../../ecs/change-log.ts';
import type { Component } from '../../ecs/component.ts';
import { Flags, Hierarchy, Mesh, Primitive, ShapeDetail } from '../../ecs/components/index.ts';
import { type Entity, entityIndex } from '../../ecs/entity.ts';
import type { World } from '../../ecs/world.ts';
import { DirtyList } from '../dirty-list.ts';
import type { FieldOverlay } from '../field-overlay.ts';
import { hasVertexColors } from '../geometry/asset-geometry.ts';
import type { GeometryCache, SharedGeometry } from '../geometry/geometry-cache.ts';
import { MaterialCache, type SharedMaterial } from '../materials/material-cache.ts';
import type { MaterialValue } from '../materials/material-value.ts';
import type { Surfaces } from '../materials/surfaces.ts';
import { determinant3, MATRIX_STRIDE } from '../matrix-math.ts';
import type { Visibility } from '../visibility.ts';
import type { WorldMatrices } from '../world-matrices.ts';
import { Batch } from './batch.ts';
import { BlendedOrder } from './blended-order.ts';
import { Bounds } from './bounds.ts';

/** Components whose change may put an entity into another batch. */
const SHAPING: readonly Component[] = [Primitive, ShapeDetail, Mesh];
/** Components whose change also bears on everything below the entity. */
const INHERITED: readonly Component[] = [Hierarchy, Flags];

/** What an update did: `reshaped` when something may have begun, ceased or changed besides its place. */
export type BatchChange = (typeof BATCH_CHANGES)[number];
/** From the least to the most. */
export const BATCH_CHANGES = ['nothing', 'moved', 'reshaped'] as const;

/**
 * So many entities that let light through are drawn one by one, in their true order. Beyond it those
 * alike are drawn together, which is right among themselves.
 */
const MOST_SINGLE = 256;

/** What `EntityBatches` works with; the caller owns it. */
export interface BatchSources {
  readonly world: World;
  readonly matrices: WorldMatrices;
  readonly visibility: Visibility;
  readonly geometries: GeometryCache;
  readonly materials: MaterialCache;
  readonly surfaces: Surfaces;
  readonly overlay: FieldOverlay;
}

/** A batch with what it shares with others. */
interface SharedBatch {
  readonly key: string;
  readonly batch: Batch;
  readonly geometry: SharedGeometry;
  readonly material: SharedMaterial;
}

/** Where an entity is drawn. */
interface Place {
  readonly shared: SharedBatch;
  slot: number;
}

/**
 * Draws every entity that has a shape, those that share geometry and material in one draw call. An
 * update costs what changed. Owns its batches; the caches it is given own geometries and materials.
 */
export class EntityBatches {
  readonly root = new Group();
  readonly bounds = new Bounds();

  readonly #world: World;
  readonly #matrices: WorldMatrices;
  readonly #visibility: Visibility;
  readonly #geometries: GeometryCache;
  readonly #materials: MaterialCache;
  readonly #surfaces: Surfaces;
  readonly #overlay: FieldOverlay;
  readonly #blended: BlendedOrder;
  readonly #batches = new Map<string, SharedBatch>();
  readonly #places: (Place | undefined)[] = [];
  readonly #stale = new DirtyList();
  /** Whose descendants are all stale too. */
  readonly #walked = new DirtyList();
  readonly #touched = new Set<SharedBatch>();
  #override: ThreeMaterial | undefined;
  readonly #shaping: readonly ChangeReader[];
  readonly #inherited: readonly ChangeReader[];

  constructor(sources: BatchSources) {
    const { world } = sources;
    this.#world = world;
    this.#matrices = sources.matrices;
    this.#visibility = sources.visibility;
    this.#geometries = sources.geometries;
    this.#materials = sources.materials;
    this.#surfaces = sources.surfaces;
    this.#overlay = sources.overlay;
    this.#shaping = SHAPING.map((each) => world.observe(each, { existing: true }));
    this.#inherited = INHERITED.map((each) => world.observe(each));
    this.#blended = new BlendedOrder(this.bounds);
    this.root.name = 'entities';
  }

  /** Draws everything with one material; `undefined` for each one's own again. The caller disposes of it. */
  set override(material: ThreeMaterial | undefined) {
    this.#override = material;
    for (const { batch } of this.#batches.values()) batch.override = material;
  }

  /** How many draw calls the entities take. */
  get batchCount(): number {
    return this.#batches.size;
  }

  get pending(): boolean {
    const readers = [...this.#shaping, ...this.#inherited];
    const waiting = this.#stale.count > 0 || this.#surfaces.pending || this.#overlay.pending;
    return waiting || readers.some((reader) => reader.pending);
  }

  /** The shape an entity is drawn with now. */
  geometryOf(index: number): SharedGeometry | undefined {
    return this.#places[index]?.shared.geometry;
  }

  /** Whether the back of an entity's faces is drawn too. */
  isDoubleSided(index: number): boolean {
    return this.#places[index]?.shared.material.value.doubleSided ?? false;
  }

  /** Looks again at everything that is drawn with this geometry, on the next update. */
  geometryChanged(geometry: SharedGeometry): void {
    for (const { batch, geometry: shown } of this.#batches.values()) {
      if (shown !== geometry) continue;
      for (let slot = 0; slot < batch.count; slot++) this.#stale.mark(batch.memberAt(slot));
    }
  }

  /** Looks again at every shape, on the next update: what is isolated has changed. */
  outdate(): void {
    for (const component of [Primitive, Mesh]) {
      this.#world.query({ all: [component] }).forEach((entity) => {
        this.#stale.mark(entityIndex(entity));
      });
    }
  }

  /** Call after the matrices' update. Says what became of what is drawn. */
  update(): BatchChange {
    this.#readChanges();
    const reshaped = this.#stale.count > 0;
    for (let at = 0; at < this.#stale.count; at++) this.#refresh(this.#stale.at(at));
    this.#move();
    this.#stale.clear();
    this.#walked.clear();
    const moved = this.#touched.size > 0;
    for (const shared of this.#touched) this.#settle(shared);
    this.#touched.clear();
    if (reshaped) return 'reshaped';
    return moved ? 'moved' : 'nothing';
  }

  /** Draws what lets light through from the farthest to the nearest. Call it before a frame. */
  sortBlended(camera: Camera): void {
    this.#blended.sort(camera, (batch, slots) => this.#reorder(batch, slots));
  }

  /** Enlarges `target` by all that is drawn. */
  expandByAll(target: Box3): void {
    for (let slot = 0; slot < this.bounds.count; slot++) {
      this.bounds.expand(target, this.bounds.memberAt(slot));
    }
  }

  dispose(): void {
    for (const reader of [...this.#shaping, ...this.#inherited]) reader.dispose();
    for (const shared of this.#batches.values()) this.#drop(shared);
    this.root.removeFromParent();
  }

  #readChanges(): void {
    for (const reader of this.#shaping) {
      reader.read((entity) => this.#stale.mark(entityIndex(entity)));
    }
    for (const reader of this.#inherited) {
      reader.read((entity) => this.#markSubtree(entityIndex(entity)));
    }
    this.#surfaces.readChanges((index) => this.#stale.mark(index));
    const { orphaned } = this.#matrices;
    for (let at = 0; at < orphaned.count; at++) this.#markSubtree(orphaned.at(at));
  }

  #markSubtree(index: number): void {
    if (!this.#walk(index)) return;
    this.#matrices.links.forEachBelow(index, (below) => this.#walk(below));
  }

  #walk(index: number): boolean {
    this.#stale.mark(index);
    return this.#walked.mark(index);
  }

  #move(): void {
    const { changed, array } = this.#matrices;
    for (let at = 0; at < changed.count; at++) {
      const index = changed.at(at);
      const place = this.#places[index];
      if (place === undefined || this.#stale.has(index)) continue;
      if (isMirrored(array, index) !== place.shared.batch.mirrored) this.#refresh(index);
      else this.#write(index, place);
    }
  }

  #refresh(index: number): void {
    const entity = this.#world.entityAtIndex(index);
    const geometry = this.#visibility.isDrawn(entity) ? this.#acquireShape(entity) : undefined;
    if (geometry === undefined) {
      this.#remove(index);
      return;
    }
    const value = this.#surfaces.valueOf(entity);
    const place = this.#place(index, this.#batchFor(geometry, value, index));
    this.#geometries.release(geometry);
    place.shared.batch.setColor(place.slot, value.color);
    this.#write(index, place);
  }

  /** With a user counted, for the caller to release. */
  #acquireShape(entity: Entity): SharedGeometry | undefined {
    const primitive = this.#overlay.get(entity, Primitive);
    if (primitive !== undefined) {
      const detail = this.#overlay.get(entity, ShapeDetail);
      return this.#geometries.acquirePrimitive(primitive, detail);
    }
    const mesh = this.#world.get(entity, Mesh);
    if (mesh === undefined || mesh.asset === '') return undefined;
    return this.#geometries.acquireAsset(mesh.asset, mesh.index);
  }

  #batchFor(geometry: SharedGeometry, value: MaterialValue, index: number): SharedBatch {
    const mirrored = isMirrored(this.#matrices.array, index);
    const surface = {
      vertexColors: hasVertexColors(geometry.geometry),
      placeholder: geometry.status !== 'ready',
    };
    const like = `${geometry.key}|${MaterialCache.keyOf(value, surface)}|${mirrored ? '-' : '+'}`;
    const key = value.alphaMode === 'blend' ? this.#blendedKey(like, index) : like;
    let shared = this.#batches.get(key);
    if (shared === undefined) {
      geometry.users += 1;
      const material = this.#materials.acquire(value, surface);
      const batch = new Batch(geometry.geometry, material.material, mirrored, this.root);
      batch.override = this.#override;
      shared = { key, batch, geometry, material };
      this.#batches.set(key, shared);
      if (material.material.transparent) this.#blended.add(batch);
    }
    return shared;
  }

  #blendedKey(like: string, index: number): string {
    const single = `${like}|${index}`;
    const alone = this.#batches.has(single) || this.#blended.size < MOST_SINGLE;
    return alone ? single : like;
  }

  #place(index: number, shared: SharedBatch): Place {
    const current = this.#places[index];
    if (current?.shared === shared) return current;
    if (current !== undefined) this.#leave(current);
    const place = { shared, slot: shared.batch.add(index) };
    this.#places[index] = place;
    return place;
  }

  #write(index: number, place: Place): void {
    place.shared.batch.setMatrix(place.slot, this.#matrices.array, index * MATRIX_STRIDE);
    if (place.shared.material.material.transparent) this.#blended.outdate();
    this.bounds.set(index, place.shared.geometry.box, this.#matrices.array);
    this.#touched.add(place.shared);
  }

  #remove(index: number): void {
    const place = this.#places[index];
    if (place === undefined) return;
    this.#places[index] = undefined;
    this.#leave(place);
    this.bounds.remove(index);
  }

  #leave(place: Place): void {
    const moved = place.shared.batch.remove(place.slot);
    if (moved >= 0) this.#places[moved]!.slot = place.slot;
    this.#touched.add(place.shared);
  }

  #settle(shared: SharedBatch): void {
    if (shared.batch.count > 0) shared.batch.flush();
    else this.#drop(shared);
  }

  #reorder(batch: Batch, slots: readonly number[]): void {
    batch.reorder(slots);
    batch.flush();
    for (let slot = 0; slot < batch.count; slot++) this.#places[batch.memberAt(slot)]!.slot = slot;
  }

  #drop(shared: SharedBatch): void {
    this.#batches.delete(shared.key);
    this.#blended.remove(shared.batch);
    shared.batch.dispose();
    this.#materials.release(shared.material);
    this.#geometries.release(shared.geometry);
  }
}

function isMirrored(matrices: Float32Array, index: number): boolean {
  return determinant3(matrices, index * MATRIX_STRIDE) < 0;
}
