import { DoubleSide, FrontSide, Matrix3, Matrix4, Ray, Vector3 } from 'three';
import { type Entity, NO_ENTITY } from '../ecs/entity.ts';
import type { World } from '../ecs/world.ts';
import { BOX_STRIDE } from './batches/bounds.ts';
import type { EntityBatches } from './batches/entity-batches.ts';
import { MATRIX_STRIDE } from './matrix-math.ts';
import type { Visibility } from './visibility.ts';
import type { WorldMatrices } from './world-matrices.ts';

/** A ray in world space; the direction is a unit vector. */
export interface PickRay {
  readonly origin: readonly [number, number, number];
  readonly direction: readonly [number, number, number];
}

export interface PickHit {
  readonly entity: Entity;
  /** World metres. */
  readonly point: readonly [number, number, number];
  /** Unit vector in world space, towards the ray's side. */
  readonly normal: readonly [number, number, number];
  /** Metres from the ray's origin. */
  readonly distance: number;
}

/** Something besides the batches that can be hit: the icons of lights and cameras. */
export interface ExtraTargets {
  collect(ray: Ray, hits: PickHit[]): void;
}

interface Candidate {
  index: number;
  /** Where the ray enters the entity's box. */
  enter: number;
}

const scratchInverse = new Matrix4();
const scratchMatrix = new Matrix4();
const scratchLocal = new Ray();
const scratchNormals = new Matrix3();
const scratchPoint = new Vector3();
const scratchNormal = new Vector3();

/**
 * Finds what is under a ray: boxes of all entities first, in one pass over packed memory, then the
 * triangles of those it enters, through a bounding volume hierarchy for each shared geometry. What is
 * hidden, deleted or locked is not found.
 */
export class Picking {
  readonly #world: World;
  readonly #matrices: WorldMatrices;
  readonly #visibility: Visibility;
  readonly #batches: EntityBatches;
  readonly #extras: readonly ExtraTargets[];

  constructor(
    world: World,
    matrices: WorldMatrices,
    visibility: Visibility,
    batches: EntityBatches,
    extras: readonly ExtraTargets[] = [],
  ) {
    this.#world = world;
    this.#matrices = matrices;
    this.#visibility = visibility;
    this.#batches = batches;
    this.#extras = extras;
  }

  /** The nearest hit. */
  nearest(pick: PickRay): PickHit | undefined {
    const ray = toRay(pick);
    const extras = this.#extraHits(ray);
    let best = extras[0];
    for (const { index, enter } of this.#candidates(ray)) {
      if (best !== undefined && enter > best.distance) break;
      const hit = this.#test(index, ray);
      if (hit !== undefined && (best === undefined || hit.distance < best.distance)) best = hit;
    }
    return best;
  }

  /** The first hit of every entity along the ray, nearest first. */
  all(pick: PickRay): PickHit[] {
    const ray = toRay(pick);
    const hits = this.#extraHits(ray);
    for (const { index } of this.#candidates(ray)) {
      const hit = this.#test(index, ray);
      if (hit !== undefined) hits.push(hit);
    }
    return hits.sort((a, b) => a.distance - b.distance);
  }

  #extraHits(ray: Ray): PickHit[] {
    const hits: PickHit[] = [];
    for (const extra of this.#extras) extra.collect(ray, hits);
    return hits
      .filter((hit) => !this.#visibility.isLocked(hit.entity))
      .sort((a, b) => a.distance - b.distance);
  }

  #candidates(ray: Ray): Candidate[] {
    const { boxes, count } = this.#batches.bounds;
    const candidates: Candidate[] = [];
    for (let slot = 0; slot < count; slot++) {
      const enter = enterBox(boxes, slot * BOX_STRIDE, ray);
      if (enter >= 0) candidates.push({ index: this.#batches.bounds.memberAt(slot), enter });
    }
    return candidates.sort((a, b) => a.enter - b.enter);
  }

  #test(index: number, ray: Ray): PickHit | undefined {
    const geometry = this.#batches.geometryOf(index);
    const entity = this.#world.entityAtIndex(index);
    if (geometry === undefined || entity === NO_ENTITY) return undefined;
    const world = scratchMatrix.fromArray(this.#matrices.array, index * MATRIX_STRIDE);
    if (world.determinant() === 0) return undefined;
    const local = scratchLocal.copy(ray).applyMatrix4(scratchInverse.copy(world).invert());
    local.direction.normalize();
    const side = this.#batches.isDoubleSided(index) ? DoubleSide : FrontSide;
    const found = geometry.bvh.raycastFirst(local, side);
    if (!found || this.#visibility.isLocked(entity)) return undefined;
    const point = scratchPoint.copy(found.point).applyMatrix4(world);
    const normal = scratchNormal.copy(found.face?.normal ?? local.direction);
    normal.applyMatrix3(scratchNormals.getNormalMatrix(world)).normalize();
    if (normal.dot(ray.direction) > 0) normal.negate();
    return hitOf(entity, point, normal, ray);
  }
}

/** @internal shared with the icons */
export function hitOf(entity: Entity, point: Vector3, normal: Vector3, ray: Ray): PickHit {
  return {
    entity,
    point: [point.x, point.y, point.z],
    normal: [normal.x, normal.y, normal.z],
    distance: point.distanceTo(ray.origin),
  };
}

function toRay(pick: PickRay): Ray {
  return new Ray(new Vector3(...pick.origin), new Vector3(...pick.direction));
}

/** Where the ray enters a box, 0 from inside; -1 when it misses. Slab method (Kay and Kajiya, 1986). */
function enterBox(boxes: Float32Array, at: number, { origin, direction }: Ray): number {
  let near = 0;
  let far = Number.POSITIVE_INFINITY;
  for (let axis = 0; axis < 3; axis++) {
    const from = axis === 0 ? origin.x : axis === 1 ? origin.y : origin.z;
    const along = axis === 0 ? direction.x : axis === 1 ? direction.y : direction.z;
    const low = boxes[at + axis]! - from;
    const high = boxes[at + 3 + axis]! - from;
    if (along === 0) {
      if (low > 0 || high < 0) return -1;
      continue;
    }
    const a = low / along;
    const b = high / along;
    near = Math.max(near, Math.min(a, b));
    far = Math.min(far, Math.max(a, b));
    if (near > far) return -1;
  }
  return near;
}
