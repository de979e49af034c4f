import { type BufferAttribute, Matrix4, Vector3 } from 'three';
import { type Entity, entityIndex, NO_ENTITY } from '../ecs/entity.ts';
import type { World } from '../ecs/world.ts';
import { BOX_STRIDE } from './batches/bounds.ts';
import type { EntityBatches } from './batches/entity-batches.ts';
import { MATRIX_STRIDE } from './matrix-math.ts';
import type { Picking, PickRay } from './picking.ts';
import type { Visibility } from './visibility.ts';
import type { WorldMatrices } from './world-matrices.ts';

type Triple = readonly [number, number, number];

export interface VertexQuery {
  readonly ray: PickRay;
  /** How far from the ray: metres a metre of distance, or metres where the rays of a view are parallel. */
  readonly reach: number;
  readonly parallel: boolean;
  /** Left out, with all below them. */
  readonly without: readonly Entity[];
}

interface Found {
  readonly point: Triple;
  readonly distance: number;
  /** Smaller for what is nearer to the ray, and nearer to the eye. */
  readonly score: number;
}

/** Vertices that one search looks at: beyond them the farther shapes are left out. */
const MOST_VISITED = 200_000;
/** So many of the nearest to the ray are tried for one that nothing hides. */
const MOST_TRIED = 8;
/** A vertex lies on its own surface: what is hit so close before it does not hide it. Of its distance. */
const HIDING_SHARE = 1e-3;

const scratchMatrix = new Matrix4();
const scratchPoint = new Vector3();
const scratchCentre = new Vector3();

/** Finds corners of what is drawn, for snapping. */
export class VertexSearch {
  readonly #world: World;
  readonly #matrices: WorldMatrices;
  readonly #visibility: Visibility;
  readonly #batches: EntityBatches;
  readonly #picking: Picking;

  constructor(
    world: World,
    matrices: WorldMatrices,
    visibility: Visibility,
    batches: EntityBatches,
    picking: Picking,
  ) {
    this.#world = world;
    this.#matrices = matrices;
    this.#visibility = visibility;
    this.#batches = batches;
    this.#picking = picking;
  }

  /** The vertex in sight that a ray passes nearest to, within the reach. */
  nearest(query: VertexQuery): Triple | undefined {
    const without = this.#within(query.without);
    let found: Found[] = [];
    let visited = 0;
    for (const index of this.#near(query, without)) {
      const positions = this.#positionsOf(index);
      if (positions === undefined) continue;
      visited += positions.count;
      if (visited > MOST_VISITED) break;
      this.#eachVertex(index, positions, (point) => {
        const each = measure(point, query);
        if (each !== undefined) found.push(each);
      });
      found = found.sort((a, b) => a.score - b.score).slice(0, MOST_TRIED);
    }
    return found.find((each) => !this.#isHidden(each, query.ray, without))?.point;
  }

  /** Vertices of these and all below, each point once; the corners of their boxes where there are more than `most`. */
  of(entities: readonly Entity[], most: number): Triple[] {
    const indices = [...this.#within(entities)];
    let count = 0;
    for (const index of indices) count += this.#positionsOf(index)?.count ?? 0;
    const points = new Map<string, Triple>();
    const add = ({ x, y, z }: Vector3): void => {
      points.set(`${x},${y},${z}`, [x, y, z]);
    };
    for (const index of indices) {
      const positions = this.#positionsOf(index);
      if (positions === undefined) continue;
      if (count > most) this.#eachCorner(index, add);
      else this.#eachVertex(index, positions, add);
    }
    return [...points.values()].slice(0, most);
  }

  #within(entities: readonly Entity[]): Set<number> {
    const indices = new Set<number>();
    const visit = (index: number): boolean => {
      if (indices.has(index)) return false;
      indices.add(index);
      return true;
    };
    for (const entity of entities) {
      if (visit(entityIndex(entity))) this.#matrices.links.forEachBelow(entityIndex(entity), visit);
    }
    return indices;
  }

  /** What the ray passes by closely enough, the nearest first. */
  #near({ ray, reach, parallel }: VertexQuery, without: ReadonlySet<number>): number[] {
    const { boxes, count } = this.#batches.bounds;
    const near: { readonly index: number; readonly along: number }[] = [];
    for (let slot = 0; slot < count; slot++) {
      const index = this.#batches.bounds.memberAt(slot);
      if (without.has(index)) continue;
      const at = slot * BOX_STRIDE;
      const centre = scratchCentre.set(
        (boxes[at]! + boxes[at + 3]!) / 2,
        (boxes[at + 1]! + boxes[at + 4]!) / 2,
        (boxes[at + 2]! + boxes[at + 5]!) / 2,
      );
      const radius = Math.hypot(
        boxes[at + 3]! - centre.x,
        boxes[at + 4]! - centre.y,
        boxes[at + 5]! - centre.z,
      );
      const { along, aside } = offsets(centre, ray);
      const width = parallel ? reach : reach * Math.max(0, along + radius);
      if (along + radius > 0 && aside - radius <= width) near.push({ index, along });
    }
    return near.sort((a, b) => a.along - b.along).map(({ index }) => index);
  }

  #positionsOf(index: number): BufferAttribute | undefined {
    const entity = this.#world.entityAtIndex(index);
    if (entity === NO_ENTITY || this.#visibility.isLocked(entity)) return undefined;
    const geometry = this.#batches.geometryOf(index)?.geometry;
    return geometry?.getAttribute('position') as BufferAttribute | undefined;
  }

  #eachVertex(index: number, positions: BufferAttribute, visit: (point: Vector3) => void): void {
    const world = scratchMatrix.fromArray(this.#matrices.array, index * MATRIX_STRIDE);
    for (let at = 0; at < positions.count; at++) {
      visit(scratchPoint.fromBufferAttribute(positions, at).applyMatrix4(world));
    }
  }

  #eachCorner(index: number, visit: (point: Vector3) => void): void {
    const { boxes } = this.#batches.bounds;
    const at = this.#batches.bounds.offsetOf(index);
    for (let corner = 0; corner < 8; corner++) {
      const side = (axis: number): number => boxes[at + axis + (corner & (1 << axis) ? 3 : 0)]!;
      visit(scratchPoint.set(side(0), side(1), side(2)));
    }
  }

  #isHidden({ point, distance }: Found, ray: PickRay, without: ReadonlySet<number>): boolean {
    const towards = new Vector3(...point)
      .sub(new Vector3(...ray.origin))
      .normalize()
      .toArray();
    const first = this.#picking
      .all({ origin: ray.origin, direction: towards })
      .find(({ entity }) => !without.has(entityIndex(entity)));
    return first !== undefined && first.distance < distance * (1 - HIDING_SHARE);
  }
}

function measure(point: Vector3, { ray, reach, parallel }: VertexQuery): Found | undefined {
  const { along, aside } = offsets(point, ray);
  const width = parallel ? reach : reach * along;
  if (along <= 0 || aside > width) return undefined;
  return {
    point: [point.x, point.y, point.z],
    distance: Math.hypot(along, aside),
    score: aside * along,
  };
}

/** How far along a ray a point lies, and how far beside it. */
function offsets({ x, y, z }: Vector3, ray: PickRay): { along: number; aside: number } {
  const [ox, oy, oz] = ray.origin;
  const [dx, dy, dz] = ray.direction;
  const along = (x - ox) * dx + (y - oy) * dy + (z - oz) * dz;
  const aside = Math.hypot(x - ox - along * dx, y - oy - along * dy, z - oz - along * dz);
  return { along, aside };
}
