import { cross, dot, length, type Vec3 } from './vec3.ts';

/** A rotation as a unit quaternion. */
export type Quat = readonly [x: number, y: number, z: number, w: number];

export const IDENTITY: Quat = [0, 0, 0, 1];

const DEGREES = Math.PI / 180;
/** Beyond this sine of the middle angle the outer two turn about one axis. */
const GIMBAL_LOCK = 0.9999999;
/** How far from -1 the cosine between opposite directions may be: then no axis is shortest. */
const OPPOSITE = 1e-12;
/** How far from 1 the dot product of two equal rotations may be after a trip through 32-bit floats. */
const SAME_ROTATION = 1e-6;

/** The rotation by `b` and then by `a`. */
export function multiplyQuat(a: Quat, b: Quat): Quat {
  const [ax, ay, az, aw] = a;
  const [bx, by, bz, bw] = b;
  return [
    aw * bx + ax * bw + ay * bz - az * by,
    aw * by - ax * bz + ay * bw + az * bx,
    aw * bz + ax * by - ay * bx + az * bw,
    aw * bw - ax * bx - ay * by - az * bz,
  ];
}

/** The inverse of a unit quaternion. */
export function conjugate(q: Quat): Quat {
  return [-q[0], -q[1], -q[2], q[3]];
}

/** A unit quaternion; the identity for zero. */
export function normalizeQuat(q: Quat): Quat {
  const size = Math.sqrt(q[0] * q[0] + q[1] * q[1] + q[2] * q[2] + q[3] * q[3]);
  if (!(size > 0)) return IDENTITY;
  return [q[0] / size, q[1] / size, q[2] / size, q[3] / size];
}

export function rotateVector(q: Quat, v: Vec3): Vec3 {
  const axis: Vec3 = [q[0], q[1], q[2]];
  const t = cross(axis, v);
  const u = cross(axis, t);
  const w = q[3];
  return [v[0] + 2 * (w * t[0] + u[0]), v[1] + 2 * (w * t[1] + u[1]), v[2] + 2 * (w * t[2] + u[2])];
}

/** A turn of `angle` radians about a unit axis, counter-clockwise seen from its tip. */
export function fromAxisAngle(axis: Vec3, angle: number): Quat {
  const sine = Math.sin(angle / 2);
  return [axis[0] * sine, axis[1] * sine, axis[2] * sine, Math.cos(angle / 2)];
}

/** The shortest turn from one unit vector to another. */
export function fromTo(from: Vec3, to: Vec3): Quat {
  const cosine = dot(from, to);
  if (1 + cosine < OPPOSITE) {
    const side: Vec3 = Math.abs(from[0]) > 0.9 ? [0, 1, 0] : [1, 0, 0];
    const axis = cross(from, side);
    const size = length(axis);
    return [axis[0] / size, axis[1] / size, axis[2] / size, 0];
  }
  const axis = cross(from, to);
  return normalizeQuat([axis[0], axis[1], axis[2], 1 + cosine]);
}

/** Whether both turn alike, within what 32-bit floats keep. */
export function sameRotation(a: Quat, b: Quat): boolean {
  const product = a[0] * b[0] + a[1] * b[1] + a[2] * b[2] + a[3] * b[3];
  return Math.abs(product) > 1 - SAME_ROTATION;
}

/** From degrees about X, then the turned Y, then the turned Z (the order "XYZ" of three and Blender's panels). */
export function fromEuler(degrees: Vec3): Quat {
  const [x, y, z] = degrees.map((angle) => (angle * DEGREES) / 2) as [number, number, number];
  const [c1, c2, c3] = [Math.cos(x), Math.cos(y), Math.cos(z)];
  const [s1, s2, s3] = [Math.sin(x), Math.sin(y), Math.sin(z)];
  return [
    s1 * c2 * c3 + c1 * s2 * s3,
    c1 * s2 * c3 - s1 * c2 * s3,
    c1 * c2 * s3 + s1 * s2 * c3,
    c1 * c2 * c3 - s1 * s2 * s3,
  ];
}

/** Degrees as `fromEuler` takes them; the middle one within ±90. */
export function toEuler(q: Quat): Vec3 {
  const [x, y, z, w] = q;
  const m13 = 2 * (x * z + w * y);
  const middle = Math.asin(Math.min(1, Math.max(-1, m13))) / DEGREES;
  if (Math.abs(m13) > GIMBAL_LOCK) {
    const first = Math.atan2(2 * (y * z + w * x), 1 - 2 * (x * x + z * z));
    return [first / DEGREES, middle, 0];
  }
  const first = Math.atan2(-2 * (y * z - w * x), 1 - 2 * (x * x + y * y));
  const last = Math.atan2(-2 * (x * y - w * z), 1 - 2 * (y * y + z * z));
  return [first / DEGREES, middle, last / DEGREES];
}
