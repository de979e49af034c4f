import type { ViewportPort } from '../viewport-port.ts';

/** A view of nothing, but for what a test says. */
export function viewportWith(parts: Partial<ViewportPort> = {}): ViewportPort {
  return {
    focus: () => [0, 0, 0],
    viewpoint: () => ({ position: [0, 0, 5], rotation: [0, 0, 0, 1], lens: { fov: 45 } }),
    materialPicture: async () => undefined,
    screenOf: () => undefined,
    frame: () => undefined,
    frameAll: () => undefined,
    entitiesIn: () => [],
    hitsAlong: () => [],
    boundsOf: () => undefined,
    vertexNear: () => undefined,
    verticesOf: () => [],
    lookFrom: () => undefined,
    lookFromBehind: () => undefined,
    orbitBy: () => undefined,
    panBy: () => undefined,
    dollyBy: () => undefined,
    fly: () => undefined,
    ...parts,
  };
}
