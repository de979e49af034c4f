import {
  BoxGeometry,
  type BufferGeometry,
  CircleGeometry,
  ConeGeometry,
  CylinderGeometry,
  PlaneGeometry,
  Quaternion,
  SphereGeometry,
  TorusGeometry,
  Vector3,
} from 'three';
import { DIRECTIONS, type GizmoAxis, type GizmoMode, isMainAxis, isPlane } from './handle.ts';
import {
  ARROW_LENGTH,
  ARROW_RADIUS,
  CENTRE_CUBE_SIDE,
  CENTRE_RADIUS,
  CUBE_SIDE,
  PLANE_SIDE,
  RING_RADIUS,
  RING_TUBE,
  SHAFT_RADIUS,
  SHAFT_START,
  VIEW_RING_RADIUS,
  VIEW_RING_TUBE,
} from './proportions.ts';

const UP = new Vector3(0, 1, 0);
const FORWARD = new Vector3(0, 0, 1);
const ROUND = 24;
const RING_STEPS = 96;
const TUBE_STEPS = 8;

/** What a handle is drawn with; a ring has a whole and a half, of which one shows at a time. */
export interface HandleShape {
  readonly solid: readonly BufferGeometry[];
  readonly half?: BufferGeometry;
}

/** The shape of a handle in gizmo units. The caller disposes. */
export function handleShape(mode: GizmoMode, axis: GizmoAxis): HandleShape {
  if (mode === 'rotate') return ringShape(axis);
  if (isPlane(axis)) return { solid: [planeGeometry(axis)] };
  if (!isMainAxis(axis)) return { solid: [centreGeometry(mode)] };
  const end = mode === 'move' ? arrowHead() : cubeHead();
  return { solid: [shaft(mode), end].map((geometry) => alongAxis(geometry, axis)) };
}

/** Turns a geometry that points along +y to an axis. */
function alongAxis(geometry: BufferGeometry, axis: GizmoAxis): BufferGeometry {
  const direction = new Vector3(...DIRECTIONS[axis]);
  return geometry.applyQuaternion(new Quaternion().setFromUnitVectors(UP, direction));
}

function shaft(mode: GizmoMode): BufferGeometry {
  const end = mode === 'move' ? 1 - ARROW_LENGTH : 1 - CUBE_SIDE;
  const length = end - SHAFT_START;
  const geometry = new CylinderGeometry(SHAFT_RADIUS, SHAFT_RADIUS, length, TUBE_STEPS);
  return geometry.translate(0, SHAFT_START + length / 2, 0);
}

function arrowHead(): BufferGeometry {
  const head = new ConeGeometry(ARROW_RADIUS, ARROW_LENGTH, ROUND);
  return head.translate(0, 1 - ARROW_LENGTH / 2, 0);
}

function cubeHead(): BufferGeometry {
  return new BoxGeometry(CUBE_SIDE, CUBE_SIDE, CUBE_SIDE).translate(0, 1 - CUBE_SIDE / 2, 0);
}

function centreGeometry(mode: GizmoMode): BufferGeometry {
  return mode === 'scale'
    ? new BoxGeometry(CENTRE_CUBE_SIDE, CENTRE_CUBE_SIDE, CENTRE_CUBE_SIDE)
    : new SphereGeometry(CENTRE_RADIUS, ROUND, ROUND / 2);
}

/** Around its own centre: the gizmo moves it into the quadrant that faces the viewer. */
function planeGeometry(axis: GizmoAxis): BufferGeometry {
  const normal = new Vector3(...DIRECTIONS[axis]);
  const turn = new Quaternion().setFromUnitVectors(FORWARD, normal);
  return new PlaneGeometry(PLANE_SIDE, PLANE_SIDE).applyQuaternion(turn);
}

/** In the plane of x and y; the half is the one of positive y. */
function ringShape(axis: GizmoAxis): HandleShape {
  if (axis === 'view') {
    return { solid: [new TorusGeometry(VIEW_RING_RADIUS, VIEW_RING_TUBE, TUBE_STEPS, RING_STEPS)] };
  }
  return {
    solid: [new TorusGeometry(RING_RADIUS, RING_TUBE, TUBE_STEPS, RING_STEPS)],
    half: new TorusGeometry(RING_RADIUS, RING_TUBE, TUBE_STEPS, RING_STEPS / 2, Math.PI),
  };
}

/** A faint disc that shows what the rings of the rotation gizmo go around. The caller disposes. */
export function discGeometry(): BufferGeometry {
  return new CircleGeometry(RING_RADIUS, RING_STEPS);
}
