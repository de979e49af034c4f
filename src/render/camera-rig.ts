import CameraControlsClass from 'camera-controls';
import {
  Box3,
  Matrix4,
  PerspectiveCamera,
  Quaternion,
  Raycaster,
  Sphere,
  Spherical,
  Vector2,
  Vector3,
  Vector4,
} from 'three';

CameraControlsClass.install({
  THREE: { Vector2, Vector3, Vector4, Quaternion, Matrix4, Spherical, Box3, Sphere, Raycaster },
});

const { ACTION } = CameraControlsClass;

const DEGREES = Math.PI / 180;
const FIELD_OF_VIEW = 45;
const HOME_POSITION = [6, 4.5, 8] as const;
const SMOOTH_SECONDS = 0.12;
const DRAGGING_SMOOTH_SECONDS = 0.04;
const NEAREST = 0.02;
const FARTHEST = 50_000;
/** Near and far plane, in distances to what is looked at. */
const NEAR_SHARE = 0.005;
const FAR_SHARE = 400;
const LEAST_FAR = 400;
/** What is framed fills the view up to this share of its own size around it. */
const FRAME_MARGIN = 1.25;
const LEAST_FRAME_RADIUS = 0.25;
/** Fastest step in seconds: after a pause the camera shall not jump. */
const LONGEST_STEP = 0.1;

/** Where a camera stands and what it looks at, in world metres. */
export interface CameraPose {
  readonly position: readonly [number, number, number];
  readonly target: readonly [number, number, number];
}

/** Which buttons move the camera: `theta` the left one, `blender` the middle one, `maya` any with Alt. */
export type Navigation = 'theta' | 'blender' | 'maya';

/** Directions to look from; what a view cube offers. */
export const AXIS_VIEWS = {
  front: [0, 0, 1],
  back: [0, 0, -1],
  right: [1, 0, 0],
  left: [-1, 0, 0],
  top: [0, 1, 0],
  bottom: [0, -1, 0],
} as const;
export type AxisView = keyof typeof AXIS_VIEWS;

/**
 * The viewport's camera: drags orbit and pan by `navigation`, the wheel dollies to the pointer, one
 * finger orbits, two pan and dolly. It outlives the canvas it listens to.
 */
export class CameraRig {
  readonly camera = new PerspectiveCamera(FIELD_OF_VIEW, 1, NEAREST, LEAST_FAR);
  /** Called when input begins to move the camera, so that somebody draws. */
  onWake: () => void = () => undefined;

  /** What the mouse's buttons do. */
  navigation: Navigation = 'theta';

  readonly #controls = new CameraControlsClass(this.camera);
  readonly #target = new Vector3();
  readonly #restored = new Vector3();
  #disconnect: (() => void) | undefined;

  constructor() {
    const controls = this.#controls;
    controls.smoothTime = SMOOTH_SECONDS;
    controls.draggingSmoothTime = DRAGGING_SMOOTH_SECONDS;
    controls.dollyToCursor = true;
    controls.infinityDolly = true;
    controls.minDistance = NEAREST * 4;
    controls.maxDistance = FARTHEST / 4;
    controls.mouseButtons.right = ACTION.NONE;
    controls.mouseButtons.wheel = ACTION.DOLLY;
    controls.touches.one = ACTION.TOUCH_ROTATE;
    controls.touches.two = ACTION.TOUCH_DOLLY_TRUCK;
    controls.addEventListener('control', () => this.onWake());
    controls.addEventListener('wake', () => this.onWake());
    void controls.setLookAt(...HOME_POSITION, 0, 0, 0, false);
    controls.update(0);
  }

  /** What the camera turns about. Overwritten by the next call. */
  get target(): Vector3 {
    return this.#controls.getTarget(this.#target, false);
  }

  /** Whether a drag or the wheel is moving the camera now. */
  get active(): boolean {
    return this.#controls.currentAction !== ACTION.NONE;
  }

  /** While disabled, input leaves the camera alone: a gizmo has the pointer. */
  set enabled(enabled: boolean) {
    if (!enabled) this.#controls.cancel();
    this.#controls.enabled = enabled;
  }

  /** Listens to an element until `disconnect` or the next `connect`. */
  connect(element: HTMLElement): void {
    this.disconnect();
    this.#controls.connect(element);
    const assign = (event: PointerEvent): void => {
      Object.assign(this.#controls.mouseButtons, buttonActions(this.navigation, event));
    };
    element.addEventListener('pointerdown', assign, { capture: true });
    this.#disconnect = () => {
      element.removeEventListener('pointerdown', assign, { capture: true });
      this.#controls.disconnect();
    };
  }

  disconnect(): void {
    this.#disconnect?.();
    this.#disconnect = undefined;
  }

  /** CSS pixels. */
  resize(width: number, height: number): void {
    this.camera.aspect = width / Math.max(1, height);
    this.camera.updateProjectionMatrix();
  }

  /** Advances by `seconds`; returns whether the camera is still on its way. */
  update(seconds: number): boolean {
    const moving = this.#controls.update(Math.min(seconds, LONGEST_STEP));
    this.#fitPlanes();
    this.camera.updateMatrixWorld();
    return moving;
  }

  get pose(): CameraPose {
    const { position } = this.camera;
    const { target } = this;
    return {
      position: [position.x, position.y, position.z],
      target: [target.x, target.y, target.z],
    };
  }

  setPose(pose: CameraPose, smooth = true): void {
    void this.#controls.setLookAt(...pose.position, ...pose.target, smooth);
    this.onWake();
  }

  /** Looks along an axis at what it looks at now, from as far. */
  setAxisView(view: AxisView): void {
    const target = this.#restored.copy(this.target);
    const distance = this.#controls.distance;
    const [x, y, z] = AXIS_VIEWS[view];
    const position = [target.x + x * distance, target.y + y * distance, target.z + z * distance];
    this.setPose({
      position: position as [number, number, number],
      target: [target.x, target.y, target.z],
    });
  }

  /** Turns round what it looks at by degrees, to the right and up over it. */
  orbitBy(right: number, up: number): void {
    void this.#controls.rotate(right * DEGREES, -up * DEGREES, true);
    this.onWake();
  }

  /** To the other side of what it looks at. */
  flip(): void {
    const [px, py, pz] = this.pose.position;
    const [x, y, z] = this.pose.target;
    this.setPose({ position: [2 * x - px, 2 * y - py, 2 * z - pz], target: [x, y, z] });
  }

  /** Moves sideways, in shares of the view's height. */
  panBy(right: number, up: number): void {
    const height = 2 * this.#controls.distance * Math.tan((FIELD_OF_VIEW / 2) * DEGREES);
    void this.#controls.truck(right * height, -up * height, true);
    this.onWake();
  }

  /** To so many times the distance from what it looks at. */
  dollyBy(factor: number): void {
    void this.#controls.dollyTo(this.#controls.distance * factor, true);
    this.onWake();
  }

  /** Moves so that a box fills the view; keeps the direction. An empty box means the origin. */
  frame(box: Box3, smooth = true): void {
    const sphere = box.isEmpty() ? new Sphere() : box.getBoundingSphere(new Sphere());
    sphere.radius = Math.max(sphere.radius, LEAST_FRAME_RADIUS) * FRAME_MARGIN;
    void this.#controls.fitToSphere(sphere, smooth);
    this.onWake();
  }

  dispose(): void {
    this.disconnect();
    this.#controls.dispose();
  }

  #fitPlanes(): void {
    const distance = this.#controls.distance;
    const near = Math.max(NEAREST, distance * NEAR_SHARE);
    const far = Math.min(FARTHEST, Math.max(LEAST_FAR, distance * FAR_SHARE));
    if (near === this.camera.near && far === this.camera.far) return;
    this.camera.near = near;
    this.camera.far = far;
    this.camera.updateProjectionMatrix();
  }
}

/** What a press of each button does to the camera, with the modifiers held. */
export function buttonActions(
  navigation: Navigation,
  { shiftKey, ctrlKey, altKey }: Pick<PointerEvent, 'shiftKey' | 'ctrlKey' | 'altKey'>,
): Pick<CameraControlsClass['mouseButtons'], 'left' | 'middle' | 'right'> {
  const { ROTATE, TRUCK, DOLLY, NONE } = ACTION;
  switch (navigation) {
    case 'theta':
      return { left: shiftKey ? TRUCK : ROTATE, middle: TRUCK, right: NONE };
    case 'blender':
      return { left: NONE, middle: shiftKey ? TRUCK : ctrlKey ? DOLLY : ROTATE, right: NONE };
    case 'maya':
      return altKey
        ? { left: ROTATE, middle: TRUCK, right: DOLLY }
        : { left: NONE, middle: NONE, right: NONE };
  }
}
