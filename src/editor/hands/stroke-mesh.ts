import {
  add,
  anyPerpendicular,
  cross,
  distance,
  dot,
  normalize,
  scaleBy,
  subtract,
  type Vec3,
} from '../geometry/vec3.ts';

/** What a hand draws along its way: a flat band that turns with the hand, or a round one. */
export type StrokeKind = 'ribbon' | 'tube';

/** The hand at one moment of a stroke. World space. */
export interface StrokePoint {
  readonly position: Vec3;
  /** Unit vector across the hand: a ribbon lies along it. */
  readonly across: Vec3;
}

/** A mesh that was drawn by hand, around its own middle. */
export interface DrawnMesh {
  readonly kind: StrokeKind;
  /** Where its origin is, in world metres. */
  readonly position: Vec3;
  /** Three numbers a vertex, metres. */
  readonly positions: Float32Array<ArrayBuffer>;
  /** Three numbers a vertex, unit vectors. */
  readonly normals: Float32Array<ArrayBuffer>;
  /** Three a triangle, counter-clockwise from outside. */
  readonly indices: Uint32Array<ArrayBuffer>;
}

/** Corners around a tube. */
const SIDES = 10;
/** How far a tube's rounded end stands out, as a share of its radius. */
const CAP = 0.7;

/**
 * The mesh of a stroke through these points, `width` metres across; undefined for fewer than two. A
 * tube's rings are turned as little as possible from one to the next (rotation-minimising frames by
 * projection: each ring keeps the direction of the one before, made square to its own way).
 */
export function strokeMesh(
  kind: StrokeKind,
  points: readonly StrokePoint[],
  width: number,
): DrawnMesh | undefined {
  if (points.length < 2) return undefined;
  const position = middleOf(points);
  const path = points.map(({ position: at, across }) => ({ at: subtract(at, position), across }));
  const ways = path.map((_, i) => wayAt(path, i));
  const builder = new MeshBuilder();
  if (kind === 'ribbon') addRibbon(builder, path, ways, width / 2);
  else addTube(builder, path, ways, width / 2);
  return { kind, position, ...builder.arrays() };
}

/** Whether a hand has gone far enough from the last point of a stroke for another one. */
export function isNextPoint(from: Vec3, to: Vec3, width: number): boolean {
  return distance(from, to) >= width / 3;
}

interface PathPoint {
  readonly at: Vec3;
  readonly across: Vec3;
}

/** Both sides, each with its own normals, so that it is lit as it is seen. */
function addRibbon(
  builder: MeshBuilder,
  path: readonly PathPoint[],
  ways: readonly Vec3[],
  half: number,
): void {
  for (const side of [1, -1]) {
    const first = builder.count;
    for (const [i, { at, across }] of path.entries()) {
      const flat = square(across, ways[i]!);
      const normal = scaleBy(normalize(cross(ways[i]!, flat)), side);
      builder.vertex(add(at, scaleBy(flat, half * side)), normal);
      builder.vertex(add(at, scaleBy(flat, -half * side)), normal);
    }
    for (let i = 0; i + 1 < path.length; i++) {
      const [a, b, c, d] = [0, 1, 2, 3].map((each) => first + i * 2 + each) as Quad;
      builder.quad(a, b, d, c);
    }
  }
}

type Quad = [number, number, number, number];

function addTube(
  builder: MeshBuilder,
  path: readonly PathPoint[],
  ways: readonly Vec3[],
  radius: number,
): void {
  const first = builder.count;
  let up = square(path[0]!.across, ways[0]!);
  for (const [i, { at }] of path.entries()) {
    const way = ways[i]!;
    up = square(up, way);
    const side = cross(way, up);
    for (let corner = 0; corner < SIDES; corner++) {
      const angle = (corner / SIDES) * 2 * Math.PI;
      const out = add(scaleBy(up, Math.cos(angle)), scaleBy(side, Math.sin(angle)));
      builder.vertex(add(at, scaleBy(out, radius)), out);
    }
  }
  const ring = (i: number, corner: number): number => first + i * SIDES + (corner % SIDES);
  for (let i = 0; i + 1 < path.length; i++) {
    for (let corner = 0; corner < SIDES; corner++) {
      builder.quad(
        ring(i, corner),
        ring(i, corner + 1),
        ring(i + 1, corner + 1),
        ring(i + 1, corner),
      );
    }
  }
  const last = path.length - 1;
  const back = scaleBy(ways[0]!, -1);
  const start = builder.vertex(add(path[0]!.at, scaleBy(back, radius * CAP)), back);
  const end = builder.vertex(add(path[last]!.at, scaleBy(ways[last]!, radius * CAP)), ways[last]!);
  for (let corner = 0; corner < SIDES; corner++) {
    builder.triangle(start, ring(0, corner + 1), ring(0, corner));
    builder.triangle(end, ring(last, corner), ring(last, corner + 1));
  }
}

class MeshBuilder {
  readonly #positions: number[] = [];
  readonly #normals: number[] = [];
  readonly #indices: number[] = [];

  get count(): number {
    return this.#positions.length / 3;
  }

  vertex(position: Vec3, normal: Vec3): number {
    this.#positions.push(...position);
    this.#normals.push(...normal);
    return this.count - 1;
  }

  triangle(a: number, b: number, c: number): void {
    this.#indices.push(a, b, c);
  }

  quad(a: number, b: number, c: number, d: number): void {
    this.triangle(a, b, c);
    this.triangle(a, c, d);
  }

  arrays(): Pick<DrawnMesh, 'positions' | 'normals' | 'indices'> {
    return {
      positions: Float32Array.from(this.#positions),
      normals: Float32Array.from(this.#normals),
      indices: Uint32Array.from(this.#indices),
    };
  }
}

function middleOf(points: readonly StrokePoint[]): Vec3 {
  const axis = (each: 0 | 1 | 2): number => {
    const values = points.map(({ position }) => position[each]);
    return (values.reduce((a, b) => Math.min(a, b)) + values.reduce((a, b) => Math.max(a, b))) / 2;
  };
  return [axis(0), axis(1), axis(2)];
}

/** The unit vector along the path at a point: from the one before to the one after. */
function wayAt(path: readonly PathPoint[], i: number): Vec3 {
  const [before, after] = [path[Math.max(0, i - 1)]!, path[Math.min(path.length - 1, i + 1)]!];
  const way = subtract(after.at, before.at);
  if (dot(way, way) > 0) return normalize(way);
  return i > 0 ? wayAt(path, i - 1) : [0, 0, -1];
}

/** A unit vector near `direction` and square to the way. */
function square(direction: Vec3, way: Vec3): Vec3 {
  const flat = subtract(direction, scaleBy(way, dot(direction, way)));
  if (dot(flat, flat) > 1e-8) return normalize(flat);
  // The hand points its side along the way: any square direction does.
  return anyPerpendicular(way);
}
