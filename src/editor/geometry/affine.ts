import { multiplyQuat, normalizeQuat, type Quat, rotateVector } from './quat.ts';
import { add, cross, dot, length, scaleBy, type Vec3, ZERO } from './vec3.ts';

/** A transform of an entity relative to its parent: scaled, then rotated, then moved. */
export interface Pose {
  readonly position: Vec3;
  readonly rotation: Quat;
  readonly scale: Vec3;
}

/** An affine map: where it takes the three unit vectors and the origin. */
export interface Affine {
  readonly x: Vec3;
  readonly y: Vec3;
  readonly z: Vec3;
  readonly origin: Vec3;
  /** The rotations on the way multiplied, without scales: how axes are oriented. */
  readonly rotation: Quat;
}

export const IDENTITY_AFFINE: Affine = {
  x: [1, 0, 0],
  y: [0, 1, 0],
  z: [0, 0, 1],
  origin: ZERO,
  rotation: [0, 0, 0, 1],
};

/** Below this share of the product of its edges a volume counts as flat. */
const FLAT = 1e-9;

export function affineOf(pose: Pose): Affine {
  const { position, rotation, scale } = pose;
  return {
    x: rotateVector(rotation, [scale[0], 0, 0]),
    y: rotateVector(rotation, [0, scale[1], 0]),
    z: rotateVector(rotation, [0, 0, scale[2]]),
    origin: position,
    rotation,
  };
}

/** A direction with its length; the origin plays no part. */
export function mapVector(map: Affine, v: Vec3): Vec3 {
  return add(add(scaleBy(map.x, v[0]), scaleBy(map.y, v[1])), scaleBy(map.z, v[2]));
}

export function mapPoint(map: Affine, point: Vec3): Vec3 {
  return add(mapVector(map, point), map.origin);
}

/** First `inner`, then `outer`. */
export function composeAffine(outer: Affine, inner: Affine): Affine {
  return {
    x: mapVector(outer, inner.x),
    y: mapVector(outer, inner.y),
    z: mapVector(outer, inner.z),
    origin: mapPoint(outer, inner.origin),
    rotation: multiplyQuat(outer.rotation, inner.rotation),
  };
}

/** What `map` takes to `v`; undefined where the map is flat (a scale of 0). */
export function unmapVector(map: Affine, v: Vec3): Vec3 | undefined {
  const yz = cross(map.y, map.z);
  const volume = dot(map.x, yz);
  const edges = length(map.x) * length(map.y) * length(map.z);
  if (!(Math.abs(volume) > FLAT * edges)) return undefined;
  return [
    dot(v, yz) / volume,
    dot(v, cross(map.z, map.x)) / volume,
    dot(v, cross(map.x, map.y)) / volume,
  ];
}

export function unmapPoint(map: Affine, point: Vec3): Vec3 | undefined {
  const { origin } = map;
  return unmapVector(map, [point[0] - origin[0], point[1] - origin[1], point[2] - origin[2]]);
}

/**
 * The pose below `parent` that comes nearest to standing as `world` does. Exact unless scales of
 * ancestors that differ by axis meet a rotation: a pose has no shear. Undefined for a flat parent.
 */
export function poseWithin(parent: Affine, world: Affine): Pose | undefined {
  const x = unmapVector(parent, world.x);
  const y = unmapVector(parent, world.y);
  const z = unmapVector(parent, world.z);
  const position = unmapPoint(parent, world.origin);
  if (!x || !y || !z || !position) return undefined;
  const mirrored = dot(x, cross(y, z)) < 0;
  const width = mirrored ? -length(x) : length(x);
  const scale: Vec3 = [width, length(y), length(z)];
  const rotation = rotationOf(unit(x, scale[0]), unit(y, scale[1]), unit(z, scale[2]));
  return { position, rotation, scale };
}

function unit(v: Vec3, size: number): Vec3 {
  return size === 0 ? v : scaleBy(v, 1 / size);
}

/** From the columns of a rotation matrix (Shepperd, "Quaternion from Rotation Matrix", 1978). */
function rotationOf(x: Vec3, y: Vec3, z: Vec3): Quat {
  const trace = x[0] + y[1] + z[2];
  if (trace > 0) return normalizeQuat([y[2] - z[1], z[0] - x[2], x[1] - y[0], 1 + trace]);
  if (x[0] >= y[1] && x[0] >= z[2]) {
    return normalizeQuat([1 + x[0] - y[1] - z[2], x[1] + y[0], z[0] + x[2], y[2] - z[1]]);
  }
  if (y[1] >= z[2]) {
    return normalizeQuat([x[1] + y[0], 1 - x[0] + y[1] - z[2], y[2] + z[1], z[0] - x[2]]);
  }
  return normalizeQuat([z[0] + x[2], y[2] + z[1], 1 - x[0] - y[1] + z[2], x[1] - y[0]]);
}
