import {
  type Color,
  DoubleSide,
  FrontSide,
  Group,
  Matrix4,
  Mesh,
  MeshBasicMaterial,
  type Ray,
  Vector3,
} from 'three';
import { displayColor } from '../neutral-tone.ts';
import { PALETTE } from '../palette.ts';
import { DIRECTIONS, type GizmoHandle, isMainAxis, isPlane } from './handle.ts';
import { distanceToArc, distanceToPoint, distanceToSegment, hitsSquare } from './hit-shapes.ts';
import { handleShape } from './parts.ts';
import {
  AXIS_END_ON,
  CENTRE_REACH,
  GRAB_REACH,
  PLANE_ALPHA,
  PLANE_EDGE_ON,
  PLANE_OFFSET,
  PLANE_SIDE,
  RING_FACE_ON,
  RING_RADIUS,
  SHAFT_START,
  VIEW_RING_RADIUS,
} from './proportions.ts';

const AXIS_COLORS = { x: PALETTE.axisX, y: PALETTE.axisY, z: PALETTE.axisZ } as const;
/** A plane handle has the colour of the axis it leaves alone. */
const PLANE_COLORS = { xy: PALETTE.axisZ, yz: PALETTE.axisX, xz: PALETTE.axisY } as const;
const HIGHLIGHT_ALPHA = 0.65;
const ALPHA = 0.95;
const WHOLE_TURN = 2 * Math.PI;

const scratchBasis = new Matrix4();
const scratchX = new Vector3();

/** How strongly a ray grabs: lower tiers first, then the smaller share of the reach. */
export interface Grab {
  readonly tier: number;
  readonly share: number;
}

/** One handle: what is drawn of it, and how a ray grabs it. All in gizmo space. */
export class HandleView {
  readonly handle: GizmoHandle;
  readonly root = new Group();
  /** How far from the viewer, for drawing what is farther first. */
  depth = 0;
  readonly #material: MeshBasicMaterial;
  readonly #color: Color;
  readonly #highlight = displayColor(PALETTE.gizmoHighlight);
  readonly #whole: Mesh[];
  readonly #half: Mesh | undefined;
  readonly #direction: Vector3;
  readonly #centre = new Vector3();
  /** Of a ring: where it begins, and a quarter further. */
  readonly #ringX = new Vector3();
  readonly #ringY = new Vector3();
  #usable = true;

  constructor(handle: GizmoHandle) {
    this.handle = handle;
    this.#direction = new Vector3(...DIRECTIONS[handle.axis]);
    this.#color = displayColor(colorOf(handle));
    this.#material = new MeshBasicMaterial({
      color: this.#color,
      transparent: true,
      opacity: this.#alpha,
      depthTest: false,
      depthWrite: false,
      side: isPlane(handle.axis) ? DoubleSide : FrontSide,
      fog: false,
    });
    const shape = handleShape(handle.mode, handle.axis);
    this.#whole = shape.solid.map((geometry) => new Mesh(geometry, this.#material));
    this.#half = shape.half && new Mesh(shape.half, this.#material);
    for (const mesh of this.#meshes) {
      mesh.frustumCulled = false;
      this.root.add(mesh);
    }
  }

  set renderOrder(order: number) {
    for (const mesh of this.#meshes) mesh.renderOrder = order;
  }

  /** Shown, highlighted or not; what points at the viewer hides itself in `face`. */
  set highlighted(highlighted: boolean) {
    this.#material.color.copy(highlighted ? this.#highlight : this.#color);
    this.#material.opacity =
      highlighted && isPlane(this.handle.axis) ? HIGHLIGHT_ALPHA : this.#alpha;
  }

  /** Adapts to a viewer in the unit direction `toViewer`; a grabbed handle never hides. */
  face(toViewer: Vector3, grabbed: boolean): void {
    const { axis, mode } = this.handle;
    const along = Math.abs(this.#direction.dot(toViewer));
    this.#usable = true;
    if (mode === 'rotate') this.#faceRing(toViewer, along);
    else if (isPlane(axis)) {
      this.#usable = along > PLANE_EDGE_ON || grabbed;
      this.#placeSquare(toViewer);
    } else if (isMainAxis(axis)) {
      this.#usable = along < AXIS_END_ON || grabbed;
      this.#centre.copy(this.#direction).multiplyScalar(0.6);
    }
    this.root.visible = this.#usable;
    this.depth = -this.#centre.dot(toViewer);
  }

  /** How a ray grabs this handle, `reach` times as far away as usual, or undefined when it does not. */
  grab(ray: Ray, reach: number): Grab | undefined {
    if (!this.#usable) return undefined;
    const { axis, mode } = this.handle;
    if (mode === 'rotate')
      return grabWithin(axis === 'view' ? 2 : 1, this.#ringDistance(ray), GRAB_REACH * reach);
    if (isPlane(axis)) return this.#grabSquare(ray);
    if (!isMainAxis(axis)) {
      return grabWithin(0, distanceToPoint(ray, this.#centre), CENTRE_REACH * reach);
    }
    const start = scratchX.copy(this.#direction).multiplyScalar(SHAFT_START);
    return grabWithin(1, distanceToSegment(ray, start, this.#direction), GRAB_REACH * reach);
  }

  dispose(): void {
    for (const mesh of this.#meshes) mesh.geometry.dispose();
    this.#material.dispose();
    this.root.removeFromParent();
  }

  get #alpha(): number {
    return isPlane(this.handle.axis) ? PLANE_ALPHA : ALPHA;
  }

  get #meshes(): readonly Mesh[] {
    return this.#half === undefined ? this.#whole : [...this.#whole, this.#half];
  }

  #faceRing(toViewer: Vector3, along: number): void {
    const isView = this.handle.axis === 'view';
    const normal = isView ? toViewer : this.#direction;
    const faceOn = isView || along > RING_FACE_ON;
    const toward = faceOn ? anyOrthogonal(normal) : toViewer.clone();
    const y = toward.addScaledVector(normal, -toward.dot(normal)).normalize();
    const x = scratchX.crossVectors(y, normal);
    this.root.quaternion.setFromRotationMatrix(scratchBasis.makeBasis(x, y, normal));
    const radius = isView ? VIEW_RING_RADIUS : RING_RADIUS;
    this.#ringX.copy(x).multiplyScalar(radius);
    this.#ringY.copy(y).multiplyScalar(radius);
    for (const mesh of this.#whole) mesh.visible = faceOn;
    if (this.#half) this.#half.visible = !faceOn;
    this.#centre.copy(isView ? toViewer : y).multiplyScalar(isView ? -1 : radius);
  }

  #ringDistance(ray: Ray): number {
    const whole = this.#half === undefined || !this.#half.visible;
    return distanceToArc(ray, this.#ringX, this.#ringY, whole ? WHOLE_TURN : Math.PI);
  }

  #placeSquare(toViewer: Vector3): void {
    const side = (axis: 'x' | 'y' | 'z'): number =>
      this.handle.axis.includes(axis) ? PLANE_OFFSET * (toViewer[axis] < 0 ? -1 : 1) : 0;
    this.#centre.set(side('x'), side('y'), side('z'));
    this.root.position.copy(this.#centre);
  }

  #grabSquare(ray: Ray): Grab | undefined {
    const [first, second] = [...this.handle.axis] as ('x' | 'y' | 'z')[];
    const u = new Vector3(...DIRECTIONS[first!]);
    const v = new Vector3(...DIRECTIONS[second!]);
    const hit = hitsSquare(ray, this.#centre, u, v, PLANE_SIDE / 2);
    return hit ? { tier: 1, share: 0.5 } : undefined;
  }
}

function colorOf({ axis }: GizmoHandle): string {
  if (axis in AXIS_COLORS) return AXIS_COLORS[axis as keyof typeof AXIS_COLORS];
  if (axis in PLANE_COLORS) return PLANE_COLORS[axis as keyof typeof PLANE_COLORS];
  return PALETTE.gizmoNeutral;
}

function grabWithin(tier: number, distance: number, reach: number): Grab | undefined {
  return distance <= reach ? { tier, share: distance / reach } : undefined;
}

function anyOrthogonal(normal: Vector3): Vector3 {
  const other = Math.abs(normal.y) < 0.9 ? new Vector3(0, 1, 0) : new Vector3(1, 0, 0);
  return other.cross(normal).normalize();
}
