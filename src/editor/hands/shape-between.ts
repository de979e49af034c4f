import type { PrimitiveKind } from '../editor.ts';
import { fromAxisAngle, type Quat } from '../geometry/quat.ts';
import { UNIT_Y, type Vec3 } from '../geometry/vec3.ts';

/** A shape that fills the box between two points, and how that box stands. */
export interface DrawnShape {
  readonly position: Vec3;
  readonly rotation: Quat;
  /** Fields of the `primitive` component. */
  readonly primitive: Readonly<Record<string, number | string>>;
}

/** Thinner than this, in metres, a drawn shape is a slip of the hand and no shape. */
export const THINNEST_M = 0.002;
/** A torus drawn flat still has a tube: this share of its radius at least. */
const THINNEST_TUBE = 0.12;

/**
 * The shape between two corners of a box that is turned by `yaw` about the vertical. A sphere is as
 * large as the longest side; a cylinder, a cone and a torus are as wide as the wider of two.
 */
export function shapeBetween(kind: PrimitiveKind, a: Vec3, b: Vec3, yaw = 0): DrawnShape {
  const rotation = fromAxisAngle(UNIT_Y, yaw);
  const [dx, dz] = turned(b[0] - a[0], b[2] - a[2], -yaw);
  const [width, height, depth] = [size(dx), size(b[1] - a[1]), size(dz)];
  const wide = Math.max(width, depth);
  const position: Vec3 = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2, (a[2] + b[2]) / 2];
  const fields = {
    box: { width, height, depth },
    sphere: { radius: Math.max(wide, height) / 2 },
    cylinder: { radius: wide / 2, height },
    cone: { radius: wide / 2, height },
    torus: torusWithin(wide / 2, height / 2),
    plane: { width, depth },
  }[kind];
  return { position, rotation, primitive: { kind, ...fields } };
}

/** Whether two points are far enough apart to draw something between them. */
export function isDrawn(a: Vec3, b: Vec3, scale = 1): boolean {
  return Math.hypot(b[0] - a[0], b[1] - a[1], b[2] - a[2]) > 5 * THINNEST_M * scale;
}

function torusWithin(outer: number, half: number): { radius: number; tube: number } {
  const tube = Math.min(outer / 2, Math.max(half, THINNEST_TUBE * outer));
  return { radius: outer - tube, tube };
}

function turned(x: number, z: number, yaw: number): [x: number, z: number] {
  const [sine, cosine] = [Math.sin(yaw), Math.cos(yaw)];
  return [x * cosine + z * sine, z * cosine - x * sine];
}

function size(length: number): number {
  return Math.max(THINNEST_M, Math.abs(length));
}
