import type { ChangeKind, ChangeReader } from '../ecs/change-log.ts';
import { Change } from '../ecs/change-log.ts';
import { Hierarchy, Transform } from '../ecs/components/index.ts';
import { type Entity, entityIndex, NO_ENTITY } from '../ecs/entity.ts';
import type { World } from '../ecs/world.ts';
import { DirtyList, grown } from './dirty-list.ts';
import { HierarchyLinks, NONE } from './hierarchy-links.ts';
import { composeInto, MATRIX_STRIDE, multiplyAffineInto } from './matrix-math.ts';

/** What stands in for an entity's transform while somebody drags it; what is left out stays. */
export interface PreviewTransform {
  /** Metres, in the parent's space. */
  readonly position?: readonly number[];
  /** Unit quaternion x, y, z, w. */
  readonly rotation?: readonly number[];
  readonly scale?: readonly number[];
}

export type Preview = ReadonlyMap<Entity, PreviewTransform>;

const IDENTITY_POSITION = [0, 0, 0];
const IDENTITY_ROTATION = [0, 0, 0, 1];
const IDENTITY_SCALE = [1, 1, 1];
const NO_PREVIEW: Preview = new Map();

/** Progress of an entity within one update. */
const CLEAN = 0;
const WAITING = 1;
const VISITING = 2;
const DONE = 3;

/**
 * World matrices of all entities in one typed array, straight from the ECS columns. An update costs
 * what changed and what is below it. Parents count as they are stored, deleted ones included, so that
 * nothing jumps when a parent is deleted; a cycle, which no accepted command makes, ends at a root.
 */
export class WorldMatrices {
  readonly links = new HierarchyLinks();
  /** Indices whose matrix was written by the last update. */
  readonly changed = new DirtyList();
  /** Indices that the last update made roots, because their parent is gone from the world. */
  readonly orphaned = new DirtyList();

  readonly #world: World;
  readonly #transforms: ChangeReader;
  readonly #hierarchies: ChangeReader;
  readonly #seeds = new DirtyList();
  readonly #local = new Float64Array(MATRIX_STRIDE);
  readonly #chain: number[] = [];
  #matrices = new Float32Array(MATRIX_STRIDE * 64);
  #state = new Uint8Array(64);
  #preview: Preview = NO_PREVIEW;

  constructor(world: World) {
    this.#world = world;
    this.#transforms = world.observe(Transform, { existing: true });
    this.#hierarchies = world.observe(Hierarchy, { existing: true });
  }

  /** Column-major, 16 numbers an entity index. Replaced when it grows: do not keep it. */
  get array(): Float32Array<ArrayBuffer> {
    return this.#matrices;
  }

  /** Whether an update may have something to do. */
  get pending(): boolean {
    return this.#transforms.pending || this.#hierarchies.pending || this.#seeds.count > 0;
  }

  /** Shows these transforms instead of the document's from the next update on. */
  setPreview(preview: Preview): void {
    for (const entity of this.#preview.keys()) this.#seeds.mark(entityIndex(entity));
    this.#preview = new Map(preview);
    for (const entity of this.#preview.keys()) this.#seeds.mark(entityIndex(entity));
  }

  /** Brings all matrices up to date and says in `changed` which ones it wrote. */
  update(): void {
    this.changed.clear();
    this.orphaned.clear();
    if (!this.pending) return;
    this.#reserve(this.#world.capacity);
    this.#hierarchies.read((entity, kind) => this.#relink(entity, kind));
    this.#transforms.read((entity) => this.#seeds.mark(entityIndex(entity)));
    for (let place = 0; place < this.#seeds.count; place++) this.#flood(this.#seeds.at(place));
    this.#seeds.clear();
    for (let place = 0; place < this.changed.count; place++) this.#resolve(this.changed.at(place));
    for (let place = 0; place < this.changed.count; place++) {
      this.#state[this.changed.at(place)] = CLEAN;
    }
  }

  dispose(): void {
    this.#transforms.dispose();
    this.#hierarchies.dispose();
  }

  #relink(entity: Entity, kind: ChangeKind): void {
    const index = entityIndex(entity);
    this.#seeds.mark(index);
    if (kind === Change.removed) this.links.remove(index, (child) => this.#orphan(child));
    else this.links.link(index, this.#parentIndex(index));
  }

  #orphan(index: number): void {
    this.#seeds.mark(index);
    this.orphaned.mark(index);
  }

  #parentIndex(index: number): number {
    const parent = this.#world.columns(Hierarchy).parent[index]! as Entity;
    return parent !== NO_ENTITY && this.#world.isAlive(parent) ? entityIndex(parent) : NONE;
  }

  #flood(index: number): void {
    if (!this.#await(index)) return;
    this.links.forEachBelow(index, (descendant) => this.#await(descendant));
  }

  #await(index: number): boolean {
    if (!this.changed.mark(index)) return false;
    this.#state[index] = WAITING;
    return true;
  }

  /** Computes an entity after the ancestors that wait too. */
  #resolve(index: number): void {
    const chain = this.#chain;
    let at = index;
    while (at !== NONE && this.#state[at] === WAITING) {
      this.#state[at] = VISITING;
      chain.push(at);
      at = this.links.parentOf(at);
    }
    for (let next = chain.pop(); next !== undefined; next = chain.pop()) this.#compute(next);
  }

  #compute(index: number): void {
    const parent = this.links.parentOf(index);
    const at = index * MATRIX_STRIDE;
    if (parent === NONE || this.#state[parent] === VISITING) {
      this.#composeLocal(index, this.#matrices, at);
    } else {
      this.#composeLocal(index, this.#local, 0);
      const above = parent * MATRIX_STRIDE;
      multiplyAffineInto(this.#matrices, at, this.#matrices, above, this.#local, 0);
    }
    this.#state[index] = DONE;
  }

  #composeLocal(index: number, out: Float32Array | Float64Array, at: number): void {
    const entity = this.#world.entityAtIndex(index);
    const preview = this.#preview.size > 0 ? this.#preview.get(entity) : undefined;
    const stored = this.#world.has(entity, Transform);
    if (stored && preview === undefined) {
      const { position, rotation, scale } = this.#world.columns(Transform);
      composeInto(out, at, position, index * 3, rotation, index * 4, scale, index * 3);
      return;
    }
    const value = stored ? this.#world.get(entity, Transform) : undefined;
    const position = preview?.position ?? value?.position ?? IDENTITY_POSITION;
    const rotation = preview?.rotation ?? value?.rotation ?? IDENTITY_ROTATION;
    const scale = preview?.scale ?? value?.scale ?? IDENTITY_SCALE;
    composeInto(out, at, position, 0, rotation, 0, scale, 0);
  }

  #reserve(capacity: number): void {
    if (capacity <= this.#state.length) return;
    this.#state = grown(this.#state, capacity);
    this.#matrices = grown(this.#matrices, this.#state.length * MATRIX_STRIDE);
  }
}
