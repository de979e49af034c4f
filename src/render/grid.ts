import {
  type Color,
  Group,
  Mesh,
  type PerspectiveCamera,
  PlaneGeometry,
  Quaternion,
  Vector3,
} from 'three';
import { displayColor } from './neutral-tone.ts';
import { PALETTE } from './palette.ts';
import type { GridMaterial, ShaderKit } from './shaders/shader-kit.ts';
import { isParallel } from './view-camera.ts';

const FINEST_CELL = 0.1;
const COARSEST_CELL = 1000;
/** A viewer this many times a cell's size away sees the cell as the finest. */
const CELLS_TO_VIEWER = 18;
/** How far the grid reaches, in distances of the viewer. */
const REACH = 9;
const LEAST_REACH = 12;
/** Drawn before everything else that is transparent. */
const RENDER_ORDER = -10;
/** Cosine of the angle to an axis within which a parallel view looks along it. */
const ALONG_AXIS = 0.99999;

const FORWARD = new Vector3(0, 0, 1);

interface GridPlane {
  readonly normal: Vector3;
  readonly across: Vector3;
  readonly along: Vector3;
  readonly acrossColor: Color;
  readonly alongColor: Color;
}

const [X, Y, Z] = [new Vector3(1, 0, 0), new Vector3(0, 1, 0), new Vector3(0, 0, 1)];
const COLORS = {
  x: displayColor(PALETTE.axisX),
  y: displayColor(PALETTE.axisY),
  z: displayColor(PALETTE.axisZ),
};
const GROUND = { normal: Y, across: X, along: Z, acrossColor: COLORS.x, alongColor: COLORS.z };
/** Of the way to the far plane: where a grid stands that is behind everything. */
const BACKMOST = 0.99;
/** Planes that only parallel views along their normals show. */
const WALLS: readonly GridPlane[] = [
  { normal: Z, across: X, along: Y, acrossColor: COLORS.x, alongColor: COLORS.y },
  { normal: X, across: Y, along: Z, acrossColor: COLORS.y, alongColor: COLORS.z },
];

/** Which cells are drawn from `distance` metres away, and how far the finest have faded. */
export function gridLevel(distance: number): { cell: number; fade: number } {
  const ideal = Math.max(distance / CELLS_TO_VIEWER, FINEST_CELL);
  const level = Math.min(Math.log10(ideal / FINEST_CELL), Math.log10(COARSEST_CELL / FINEST_CELL));
  const whole = Math.floor(level);
  return { cell: FINEST_CELL * 10 ** whole, fade: level - whole };
}

/**
 * A grid that seems endless: a plane that follows the viewer, with lines made by a shader. It lies on the
 * ground. In a view without perspective that looks along an axis it stands upright to it, behind all there
 * is: where along that axis it stands is not seen there, but what it covers is.
 */
export class Grid {
  readonly root = new Group();
  readonly #plane: Mesh;
  readonly #grid: GridMaterial;
  readonly #centre = new Vector3();
  readonly #forward = new Vector3();
  readonly #turn = new Quaternion();

  constructor(shaders: ShaderKit) {
    this.#grid = shaders.grid();
    this.#plane = new Mesh(new PlaneGeometry(2, 2), this.#grid.material);
    this.#plane.frustumCulled = false;
    this.#plane.renderOrder = RENDER_ORDER;
    this.root.add(this.#plane);
    this.root.name = 'grid';
  }

  get visible(): boolean {
    return this.root.visible;
  }

  set visible(visible: boolean) {
    this.root.visible = visible;
  }

  /** Follows a camera that looks at `target` (world metres). */
  update(camera: PerspectiveCamera, target: Vector3): void {
    const forward = camera.getWorldDirection(this.#forward);
    const along = isParallel(camera) ? planeAcross(forward) : undefined;
    const plane = along ?? GROUND;
    const away = isParallel(camera) ? 0 : Math.abs(camera.position.dot(plane.normal));
    const distance = Math.max(camera.position.distanceTo(target), away);
    const radius = Math.max(distance * REACH, LEAST_REACH);
    this.#centre.copy(target).addScaledVector(plane.normal, -target.dot(plane.normal));
    if (along !== undefined) this.#standBehind(camera, forward);
    this.#plane.position.copy(this.#centre);
    this.#plane.quaternion.copy(this.#turn.setFromUnitVectors(FORWARD, plane.normal));
    this.#plane.scale.setScalar(radius);
    this.#grid.update({ ...gridLevel(distance), ...plane, centre: this.#centre, radius });
  }

  dispose(): void {
    this.root.removeFromParent();
    this.#plane.geometry.dispose();
    this.#grid.material.dispose();
  }

  /** Moves along the view's direction, which nobody sees of a parallel view. */
  #standBehind(camera: PerspectiveCamera, forward: Vector3): void {
    const depth = this.#centre.dot(forward) - camera.position.dot(forward);
    this.#centre.addScaledVector(forward, camera.far * BACKMOST - depth);
  }
}

/** The plane that is seen straight from the front. */
function planeAcross(forward: Vector3): GridPlane | undefined {
  return [GROUND, ...WALLS].find(({ normal }) => Math.abs(normal.dot(forward)) > ALONG_AXIS);
}
