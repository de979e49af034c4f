import { type Camera, Group, Mesh, PlaneGeometry, Vector3 } from 'three';
import type { GridMaterial, ShaderKit } from './shaders/shader-kit.ts';

const QUARTER_TURN = Math.PI / 2;
const FINEST_CELL = 0.1;
const COARSEST_CELL = 1000;
/** A viewer this many times a cell's size away sees the cell as the finest. */
const CELLS_TO_VIEWER = 18;
/** How far the grid reaches, in distances of the viewer. */
const REACH = 9;
const LEAST_REACH = 12;
/** Drawn before everything else that is transparent. */
const RENDER_ORDER = -10;

/** Which cells are drawn from `distance` metres away, and how far the finest have faded. */
export function gridLevel(distance: number): { cell: number; fade: number } {
  const ideal = Math.max(distance / CELLS_TO_VIEWER, FINEST_CELL);
  const level = Math.min(Math.log10(ideal / FINEST_CELL), Math.log10(COARSEST_CELL / FINEST_CELL));
  const whole = Math.floor(level);
  return { cell: FINEST_CELL * 10 ** whole, fade: level - whole };
}

/** A ground grid that seems endless: a plane that follows the viewer, with lines made by a shader. */
export class Grid {
  readonly root = new Group();
  readonly #plane: Mesh;
  readonly #grid: GridMaterial;
  readonly #centre = new Vector3();

  constructor(shaders: ShaderKit) {
    this.#grid = shaders.grid();
    this.#plane = new Mesh(new PlaneGeometry(2, 2).rotateX(-QUARTER_TURN), this.#grid.material);
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
  update(camera: Camera, target: Vector3): void {
    const distance = Math.max(camera.position.distanceTo(target), Math.abs(camera.position.y));
    const radius = Math.max(distance * REACH, LEAST_REACH);
    this.#centre.set(target.x, 0, target.z);
    this.#plane.position.copy(this.#centre);
    this.#plane.scale.setScalar(radius);
    this.#grid.update({ ...gridLevel(distance), centre: this.#centre, radius });
  }

  dispose(): void {
    this.root.removeFromParent();
    this.#plane.geometry.dispose();
    this.#grid.material.dispose();
  }
}
