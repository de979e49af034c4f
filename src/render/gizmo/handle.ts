export type GizmoMode = 'move' | 'rotate' | 'scale';
export type GizmoAxis = 'x' | 'y' | 'z' | 'xy' | 'yz' | 'xz' | 'uniform' | 'view';

/** A part of the gizmo that can be grabbed. */
export interface GizmoHandle {
  readonly mode: GizmoMode;
  readonly axis: GizmoAxis;
}

/** Which handles each gizmo has. */
export const HANDLES: Readonly<Record<GizmoMode, readonly GizmoAxis[]>> = {
  move: ['x', 'y', 'z', 'xy', 'yz', 'xz', 'view'],
  rotate: ['x', 'y', 'z', 'view'],
  scale: ['x', 'y', 'z', 'xy', 'yz', 'xz', 'uniform'],
};

export function sameHandle(a: GizmoHandle | undefined, b: GizmoHandle | undefined): boolean {
  return a?.mode === b?.mode && a?.axis === b?.axis;
}

/** Unit vectors of the main axes; of a plane handle, its normal. */
export const DIRECTIONS: Readonly<Record<GizmoAxis, readonly [number, number, number]>> = {
  x: [1, 0, 0],
  y: [0, 1, 0],
  z: [0, 0, 1],
  xy: [0, 0, 1],
  yz: [1, 0, 0],
  xz: [0, 1, 0],
  uniform: [0, 0, 0],
  view: [0, 0, 0],
};

export function isPlane(axis: GizmoAxis): boolean {
  return axis.length === 2;
}

export function isMainAxis(axis: GizmoAxis): boolean {
  return axis.length === 1;
}
