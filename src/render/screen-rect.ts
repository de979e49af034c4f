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
    const { x, y, z } = scratch.copy(point).project(camera);
    if (z < -1 || z > 1) continue;
    const left = ((x + 1) / 2) * size.x;
    const top = ((1 - y) / 2) * size.y;
    const across = left >= rect.left && left <= rect.right;
    if (across && top >= rect.top && top <= rect.bottom) found.push(entity);
  }
  return found;
}
