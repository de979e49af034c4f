import type { Entity } from '../../ecs/entity.ts';
import { addScaled, distance, dot, subtract, type Vec3 } from '../geometry/vec3.ts';
import type { Scene } from '../scene.ts';
import type { PointerInput } from '../tools/pointer-input.ts';
import type { Box, SceneProbe } from '../viewport-port.ts';

/** How near to a vertex the pointer snaps to it. CSS pixels. */
const REACH_PIXELS = 24;

/** What is being moved, as it was when that began. */
export interface SnapSubject {
  readonly entities: readonly Entity[];
  readonly pivot: Vec3;
  readonly vertices: readonly Vec3[];
  readonly box: Box | undefined;
}

/** A move that brings something onto another shape. */
export interface ShapeSnap {
  readonly move: Vec3;
  /** The point of the other shape. */
  readonly at: Vec3;
}

/**
 * Brings a vertex of the subject onto the vertex of another shape that is pointed at: the one that
 * `move` has brought nearest to it. The pivot where the subject has no vertices.
 */
export function snapToVertex(
  probe: SceneProbe,
  subject: SnapSubject,
  { ray, camera }: PointerInput,
  move: Vec3,
): ShapeSnap | undefined {
  const at = probe.vertexNear({
    ray,
    reach: REACH_PIXELS * camera.scale,
    parallel: !camera.perspective,
    without: subject.entities,
  });
  if (at === undefined) return undefined;
  const wanted = subtract(at, move);
  let own = subject.pivot;
  let least = subject.vertices.length === 0 ? 0 : Number.POSITIVE_INFINITY;
  for (const vertex of subject.vertices) {
    const away = distance(vertex, wanted);
    if (away >= least) continue;
    least = away;
    own = vertex;
  }
  return { move: subtract(at, own), at };
}

/** Puts the subject onto the surface that is pointed at, so that it touches it from outside. */
export function snapToSurface(
  probe: SceneProbe,
  scene: Scene,
  subject: SnapSubject,
  { ray }: PointerInput,
): ShapeSnap | undefined {
  const moving = new Set(subject.entities);
  const hit = probe.hitsAlong(ray).find(({ entity }) => !scene.isWithin(entity, moving));
  if (hit === undefined) return undefined;
  const toHit = subtract(hit.point, subject.pivot);
  const lowest = subject.box === undefined ? 0 : reachOf(subject.box, subject.pivot, hit.normal);
  return { move: addScaled(toHit, hit.normal, lowest), at: hit.point };
}

/** How far a box reaches behind a point, against a unit direction. */
function reachOf({ min, max }: Box, from: Vec3, direction: Vec3): number {
  const least = direction.map((along, axis) => along * (along > 0 ? min[axis]! : max[axis]!));
  return dot(from, direction) - (least[0]! + least[1]! + least[2]!);
}
