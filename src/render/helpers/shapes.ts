import type { Plain } from '../../ecs/component.ts';
import type { Camera, Light } from '../../ecs/components/index.ts';

/** End points of line segments in the entity's own space, three numbers a point, two points a line. */
export type Segments = number[];

const TAU = 2 * Math.PI;
const CIRCLE_STEPS = 48;
const RAY_LENGTH = 2.5;
const RAY_SPREAD = 0.35;
/** What an endless spot's cone and an unlimited camera's frustum are drawn as, in metres. */
const SHOWN_RANGE = 4;
const SHOWN_FAR = 1.6;
const SHOWN_ASPECT = 16 / 9;
const DEGREE = Math.PI / 180;

/** How far a light reaches and where it points; nothing for an ambient light. */
export function lightShape(light: Plain<typeof Light>): Segments {
  const segments: Segments = [];
  switch (light.kind) {
    case 'directional':
      for (const [x, y] of [
        [0, 0],
        [1, 0],
        [-1, 0],
        [0, 1],
        [0, -1],
      ] as const) {
        segments.push(
          x * RAY_SPREAD,
          y * RAY_SPREAD,
          0,
          x * RAY_SPREAD,
          y * RAY_SPREAD,
          -RAY_LENGTH,
        );
      }
      addCircle(segments, RAY_SPREAD, 0, 'z');
      return segments;
    case 'point':
      if (light.range === 0) return segments;
      for (const axis of ['x', 'y', 'z'] as const) addCircle(segments, light.range, 0, axis);
      return segments;
    case 'spot':
      addCone(segments, light.range || SHOWN_RANGE, light.angle);
      return segments;
    case 'ambient':
      return segments;
  }
}

/** The near part of what a camera sees. */
export function cameraShape(camera: Plain<typeof Camera>): Segments {
  const perspective = camera.kind === 'perspective';
  const far = Math.min(camera.far, SHOWN_FAR);
  const halfHeight = perspective ? far * Math.tan((camera.fov / 2) * DEGREE) : camera.size / 2;
  return frustumSegments(halfHeight * SHOWN_ASPECT, halfHeight, far, perspective ? 0 : 1);
}

/**
 * A frustum along -z whose far side is 2 × `halfWidth` by 2 × `halfHeight`; the near side is the far
 * one scaled by `taper` (0: a pyramid), at the origin. With a small roof that says which way is up.
 */
export function frustumSegments(
  halfWidth: number,
  halfHeight: number,
  far: number,
  taper: number,
): Segments {
  const segments: Segments = [];
  const corners = [
    [-1, -1],
    [1, -1],
    [1, 1],
    [-1, 1],
  ] as const;
  for (const [at, [x, y]] of corners.entries()) {
    const [nextX, nextY] = corners[(at + 1) % corners.length]!;
    const [w, h] = [halfWidth, halfHeight];
    segments.push(x * w * taper, y * h * taper, 0, x * w, y * h, -far);
    segments.push(x * w, y * h, -far, nextX * w, nextY * h, -far);
    if (taper > 0)
      segments.push(x * w * taper, y * h * taper, 0, nextX * w * taper, nextY * h * taper, 0);
  }
  const roof = halfHeight * 1.35;
  const eave = halfHeight * 1.08;
  segments.push(-halfWidth * 0.3, eave, -far, 0, roof, -far);
  segments.push(0, roof, -far, halfWidth * 0.3, eave, -far);
  segments.push(halfWidth * 0.3, eave, -far, -halfWidth * 0.3, eave, -far);
  return segments;
}

function addCone(segments: Segments, range: number, angle: number): void {
  const radius = range * Math.sin(angle);
  const depth = -range * Math.cos(angle);
  addCircle(segments, radius, depth, 'z');
  for (const [x, y] of [
    [1, 0],
    [-1, 0],
    [0, 1],
    [0, -1],
  ] as const) {
    segments.push(0, 0, 0, x * radius, y * radius, depth);
  }
}

function addCircle(segments: Segments, radius: number, at: number, axis: 'x' | 'y' | 'z'): void {
  for (let step = 0; step < CIRCLE_STEPS; step++) {
    for (const end of [step, step + 1]) {
      const a = Math.cos((end / CIRCLE_STEPS) * TAU) * radius;
      const b = Math.sin((end / CIRCLE_STEPS) * TAU) * radius;
      if (axis === 'x') segments.push(at, a, b);
      else if (axis === 'y') segments.push(a, at, b);
      else segments.push(a, b, at);
    }
  }
}
