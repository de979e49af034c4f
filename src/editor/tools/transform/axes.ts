import { rotateVector } from '../../geometry/quat.ts';
import { UNIT_X, UNIT_Y, UNIT_Z, type Vec3 } from '../../geometry/vec3.ts';
import type { Pivot } from '../pivot.ts';
import type { GizmoAxis } from '../pointer-input.ts';

export type AxisName = 'x' | 'y' | 'z';

const UNITS: Readonly<Record<AxisName, Vec3>> = { x: UNIT_X, y: UNIT_Y, z: UNIT_Z };

const NAMES: Readonly<Record<GizmoAxis, readonly AxisName[]>> = {
  x: ['x'],
  y: ['y'],
  z: ['z'],
  xy: ['x', 'y'],
  yz: ['y', 'z'],
  xz: ['x', 'z'],
  uniform: ['x', 'y', 'z'],
  view: ['x', 'y', 'z'],
};

/** The axes along which a handle changes something. */
export function axesOf(axis: GizmoAxis): readonly AxisName[] {
  return NAMES[axis];
}

/** An axis of the gizmo as a unit vector of world space. */
export function directionOf(pivot: Pivot, axis: AxisName): Vec3 {
  return rotateVector(pivot.rotation, UNITS[axis]);
}

/** The axis at a right angle to a plane handle's two. */
export function normalAxisOf(axis: 'xy' | 'yz' | 'xz'): AxisName {
  if (axis === 'xy') return 'z';
  return axis === 'yz' ? 'x' : 'y';
}

/** 1 but along the given axes. */
export function factorsAlong(axes: readonly AxisName[], factor: number): Vec3 {
  const along = (axis: AxisName): number => (axes.includes(axis) ? factor : 1);
  return [along('x'), along('y'), along('z')];
}
