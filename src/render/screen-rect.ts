import { type PerspectiveCamera, type Vector2, Vector3 } from 'three';
import type { Entity } from '../ecs/entity.ts';

/** CSS pixels from the viewport's top left corner. */
export interface ScreenRect {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** An entity and the point in the world that stands for it; the point may be overwritten. */
export interface ScreenTarget {
  readonly entity: Entity;
  readonly point: Vector3;
}

const scratch = new Vector3();

/** Those of `targets` whose point the camera sees in a rectangle of a viewport of `size` CSS pixels. */
export function entitiesInRect(
  rect: ScreenRect,
  camera: PerspectiveCamera,
  size: Vector2,
  targets: Iterable<ScreenTarget>,
): Entity[] {
  const found: Entity[] = [];
  for (const { entity, point } of targets) {
    const at = pointOnScreen(scratch.copy(point), camera, size);
    if (at === undefined) continue;
    const across = at.x >= rect.left && at.x <= rect.right;
    if (across && at.y >= rect.top && at.y <= rect.bottom) found.push(entity);
  }
  return found;
}

/**
 * Where the camera sees a point, in CSS pixels of a viewport of `size`; undefined before its near plane
 * and beyond its far one. Overwrites the point.
 */
export function pointOnScreen(
  point: Vector3,
  camera: PerspectiveCamera,
  size: Vector2,
): { x: number; y: number } | undefined {
  const { x, y, z } = point.project(camera);
  if (z < -1 || z > 1) return undefined;
  return { x: ((x + 1) / 2) * size.x, y: ((1 - y) / 2) * size.y };
}
