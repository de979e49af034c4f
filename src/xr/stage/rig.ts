import type { WebXRManager } from 'three';
import { Group, Matrix4, type PerspectiveCamera, Quaternion, Vector3 } from 'three';

/** How much larger than life a person may be, and how much smaller. */
export const LARGEST_SCALE = 1000;
export const SMALLEST_SCALE = 0.001;

/** Metres as the person feels them. */
const NEAR = 0.04;
const FAR = 1000;

const UP = new Vector3(0, 1, 0);

/**
 * Where the real floor of the person in the headset stands in the world: a place, a turn about the
 * vertical, and how many world metres one of their own is. What hangs below `root` is in their metres.
 */
export class Rig {
  readonly root = new Group();
  readonly #matrix = new Matrix4();
  readonly #position = new Vector3();
  readonly #turn = new Quaternion();
  readonly #unit = new Vector3();
  readonly #floor = new Vector3();
  #lift = 0;

  constructor() {
    this.root.name = 'rig';
    this.root.rotation.order = 'YXZ';
  }

  /** Of the floor under a standing person, in the world. Do not change it; `set` does. */
  get position(): Vector3 {
    return this.#floor;
  }

  /** How much higher somebody who sits shall be, in their own metres. */
  set lift(lift: number) {
    if (lift === this.#lift) return;
    this.#lift = lift;
    this.set(this.#floor, this.yaw, this.scale);
  }

  /** Radians about the vertical, counter-clockwise seen from above. */
  get yaw(): number {
    return this.root.rotation.y;
  }

  /** World metres to one of the person's. */
  get scale(): number {
    return this.root.scale.x;
  }

  set(position: Vector3, yaw: number, scale: number): void {
    this.#floor.copy(position);
    this.root.rotation.set(0, yaw, 0);
    this.root.scale.setScalar(Math.min(LARGEST_SCALE, Math.max(SMALLEST_SCALE, scale)));
    this.root.position.copy(position).addScaledVector(UP, this.#lift * this.scale);
    this.root.updateMatrixWorld();
  }

  /** A point of the real room in the world; in place. */
  toWorld(point: Vector3): Vector3 {
    return point.multiplyScalar(this.scale).applyAxisAngle(UP, this.yaw).add(this.root.position);
  }

  /** A point of the world in the real room; in place. */
  toRoom(point: Vector3): Vector3 {
    return point.sub(this.root.position).applyAxisAngle(UP, -this.yaw).divideScalar(this.scale);
  }

  /** Turns about a point of the world. */
  turnAbout(point: Vector3, angle: number): void {
    const arm = this.#floor.clone().sub(point).applyAxisAngle(UP, angle);
    this.set(arm.add(point), this.yaw + angle, this.scale);
  }

  /**
   * Moves the eyes, which three has just put where they are in the real room, to where they are in the
   * world. Their distances grow with the scale and their axes do not, so that light falls as ever.
   */
  placeEyes(xr: WebXRManager, camera: PerspectiveCamera): void {
    const eyes = xr.getCamera();
    for (const eye of [eyes, ...eyes.cameras]) this.#place(eye.matrix);
    // Planes in powers of two: a session is asked for new ones only now and then while scaling.
    const size = 2 ** Math.round(Math.log2(this.scale));
    camera.near = NEAR * size;
    camera.far = FAR * size;
    xr.updateCamera(camera);
  }

  #place(matrix: Matrix4): void {
    matrix.decompose(this.#position, this.#turn, this.#unit);
    this.#matrix.makeRotationY(this.yaw).setPosition(this.root.position);
    this.#position.multiplyScalar(this.scale);
    matrix.compose(this.#position, this.#turn, this.#unit).premultiply(this.#matrix);
  }
}
