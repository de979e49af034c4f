import { Box3, DoubleSide, Matrix4, Ray, Vector3 } from 'three';
import type { HitPointInfo, MeshBVH } from 'three-mesh-bvh';
import { type Entity, NO_ENTITY } from '../ecs/entity.ts';
import type { World } from '../ecs/world.ts';
import { BOX_STRIDE } from './batches/bounds.ts';
import type { EntityBatches } from './batches/entity-batches.ts';
import { MATRIX_STRIDE } from './matrix-math.ts';
import type { PickHit } from './picking.ts';
import type { Visibility } from './visibility.ts';
import type { WorldMatrices } from './world-matrices.ts';

type Point = readonly [number, number, number];

const box = new Box3();
const world = new Matrix4();
const inverse = new Matrix4();
const local = new Vector3();
const nearest = new Vector3();
const ray = new Ray();
const toHere = new Vector3();

/** Finds what a hand touches: the entity whose surface is nearest to a point, or that it is inside of. */
export class Touching {
  readonly #world: World;
  readonly #matrices: WorldMatrices;
  readonly #visibility: Visibility;
  readonly #batches: EntityBatches;

  constructor(ecs: World, matrices: WorldMatrices, visibility: Visibility, batches: EntityBatches) {
    this.#world = ecs;
    this.#matrices = matrices;
    this.#visibility = visibility;
    this.#batches = batches;
  }

  /** The touched entity within `radius` world metres; of several the nearest surface. */
  at(point: Point, radius: number): PickHit | undefined {
    const here = new Vector3(...point);
    const { bounds } = this.#batches;
    let best: PickHit | undefined;
    for (let slot = 0; slot < bounds.count; slot++) {
      if (!isNear(bounds.boxes, slot * BOX_STRIDE, here, radius)) continue;
      const hit = this.#test(bounds.memberAt(slot), here, radius);
      if (hit !== undefined && (best === undefined || hit.distance < best.distance)) best = hit;
    }
    return best;
  }

  /** The unlocked entities whose middle lies in a box of the world. */
  within(volume: Box3): Entity[] {
    const { bounds } = this.#batches;
    const found: Entity[] = [];
    for (let slot = 0; slot < bounds.count; slot++) {
      const index = bounds.memberAt(slot);
      bounds.expand(box.makeEmpty(), index);
      if (!volume.containsPoint(box.getCenter(local))) continue;
      const entity = this.#world.entityAtIndex(index);
      if (!this.#visibility.isLocked(entity)) found.push(entity);
    }
    return found;
  }

  #test(index: number, here: Vector3, radius: number): PickHit | undefined {
    const geometry = this.#batches.geometryOf(index);
    const entity = this.#world.entityAtIndex(index);
    if (geometry === undefined || entity === NO_ENTITY || this.#visibility.isLocked(entity)) {
      return undefined;
    }
    world.fromArray(this.#matrices.array, index * MATRIX_STRIDE);
    if (world.determinant() === 0) return undefined;
    local.copy(here).applyMatrix4(inverse.copy(world).invert());
    const found: HitPointInfo = { point: nearest, distance: 0, faceIndex: 0 };
    if (!geometry.bvh.closestPointToPoint(local, found)) return undefined;
    nearest.copy(found.point).applyMatrix4(world);
    const distance = nearest.distanceTo(here);
    const inside = isInside(geometry.bvh, local);
    if (distance > radius && !inside) return undefined;
    toHere.subVectors(here, nearest).normalize();
    if (inside) toHere.negate();
    return {
      entity,
      point: [nearest.x, nearest.y, nearest.z],
      normal: [toHere.x, toHere.y, toHere.z],
      distance: inside ? 0 : distance,
    };
  }
}

/** Whether the first surface upwards is seen from behind. For open shapes this means nothing much. */
function isInside(bvh: MeshBVH, point: Vector3): boolean {
  ray.origin.copy(point);
  ray.direction.set(0.0123, 1, 0.0071).normalize();
  const first = bvh.raycastFirst(ray, DoubleSide);
  return first?.face ? first.face.normal.dot(ray.direction) > 0 : false;
}

function isNear(boxes: Float32Array, at: number, { x, y, z }: Vector3, radius: number): boolean {
  return (
    x >= boxes[at]! - radius &&
    y >= boxes[at + 1]! - radius &&
    z >= boxes[at + 2]! - radius &&
    x <= boxes[at + 3]! + radius &&
    y <= boxes[at + 4]! + radius &&
    z <= boxes[at + 5]! + radius
  );
}
