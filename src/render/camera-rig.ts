import CameraControlsClass from 'camera-controls';
import {
  Box3,
  Matrix4,
  Quaternion,
  Raycaster,
  Sphere,
  Spherical,
  Vector2,
  Vector3,
  Vector4,
} from 'three';
import type { PickRay } from './picking.ts';
import { ViewCamera } from './view-camera.ts';

CameraControlsClass.install({
  THREE: { Vector2, Vector3, Vector4, Quaternion, Matrix4, Spherical, Box3, Sphere, Raycaster },
});

const { ACTION } = CameraControlsClass;

const DEGREES = Math.PI / 180;
const FIELD_OF_VIEW = 45;
const HALF_ANGLE = (FIELD_OF_VIEW / 2) * DEGREES;
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
/** Looking up or down in flight stops so near to straight up. Radians. */
const STEEPEST = 89.5 * DEGREES;
/** Below this length of its horizontal part a direction is straight up or down. */
const UPRIGHT = 1e-3;
const QUARTER_TURN = Math.PI / 2;

type Triple = readonly [number, number, number];

/** Where a camera stands and what it looks at, in world metres. */
export interface CameraPose {
  readonly position: Triple;
  readonly target: Triple;
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
  readonly camera = new ViewCamera(FIELD_OF_VIEW, 1, NEAREST, LEAST_FAR);
  /** Called when input begins to move the camera, so that somebody draws. */
  onWake: () => void = () => undefined;

  /** Called when somebody begins to move the camera: by hand, by a key or by a command. */
  onGrab: () => void = () => undefined;

  /** What the mouse's buttons do. */
  navigation: Navigation = 'theta';

  readonly #controls = new CameraControlsClass(this.camera);
  readonly #target = new Vector3();
  readonly #scratch = new Vector3();
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
    controls.touches.three = ACTION.TOUCH_TRUCK;
    controls.addEventListener('controlstart', () => this.onGrab());
    // The wheel has no beginning.
    controls.addEventListener('control', () => {
      this.onGrab();
      this.onWake();
    });
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

  get parallel(): boolean {
    return this.camera.isOrthographicCamera;
  }

  /** Whether the view is without perspective. What is looked at keeps its size on the screen. */
  set parallel(parallel: boolean) {
    if (parallel === this.camera.isOrthographicCamera) return;
    this.camera.isOrthographicCamera = parallel;
    // Beyond the nearest distance a dolly goes on by moving the target, which a parallel view does not show.
    this.#controls.infinityDolly = !parallel;
    this.#fit(true);
    this.onWake();
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
    this.#fit();
    this.camera.updateMatrixWorld();
    return moving;
  }

  /** Sees again as its own eye does, after somebody gave its camera another lens. */
  restoreLens(parallel: boolean): void {
    this.camera.fov = FIELD_OF_VIEW;
    this.camera.isOrthographicCamera = parallel;
    this.#fit(true);
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
    this.onGrab();
    this.glideTo(pose, smooth);
  }

  /** As `setPose`, when it is not its user's hand that moves the camera. */
  glideTo(pose: CameraPose, smooth = true): void {
    void this.#controls.setLookAt(...pose.position, ...pose.target, smooth);
    this.onWake();
  }

  /** The ray through a point of the view, given from -1 to 1 to the right and up. */
  rayThrough(right: number, up: number): PickRay {
    const { camera } = this;
    if (this.parallel) {
      const origin = this.#scratch.set(right, up, -1).unproject(camera).toArray();
      return { origin, direction: camera.getWorldDirection(this.#scratch).toArray() };
    }
    const ahead = this.#scratch.set(right, up, 0.5).unproject(camera).sub(camera.position);
    return { origin: camera.position.toArray(), direction: ahead.normalize().toArray() };
  }

  /**
   * Looks from a direction at what it looks at now, from as far. From straight above or below, it keeps
   * the side that is nearest to facing it.
   */
  lookFrom(direction: Triple): void {
    const { x, y, z } = this.#scratch.set(...direction).normalize();
    const flat = Math.hypot(x, z);
    const current = this.#controls.azimuthAngle;
    const wanted =
      flat < UPRIGHT ? Math.round(current / QUARTER_TURN) * QUARTER_TURN : Math.atan2(x, z);
    const turn = wanted - current;
    const shortest = turn - 2 * Math.PI * Math.round(turn / (2 * Math.PI));
    void this.#controls.rotateTo(current + shortest, Math.atan2(flat, y), true);
    this.onWake();
  }

  setAxisView(view: AxisView): void {
    this.lookFrom(AXIS_VIEWS[view]);
  }

  /** Turns round what it looks at by degrees, to the right and up over it. */
  orbitBy(right: number, up: number, smooth = true): void {
    this.onGrab();
    void this.#controls.rotate(right * DEGREES, -up * DEGREES, smooth);
    this.onWake();
  }

  /** To the other side of what it looks at. */
  flip(): void {
    const { position, target } = this.pose;
    const [x, y, z] = position.map((each, axis) => target[axis]! - each) as [
      number,
      number,
      number,
    ];
    this.lookFrom([x, y, z]);
  }

  /** Moves sideways, in shares of the view's height. */
  panBy(right: number, up: number): void {
    this.onGrab();
    const height = 2 * this.#halfHeight;
    void this.#controls.truck(right * height, -up * height, true);
    this.onWake();
  }

  /** To so many times the distance from what it looks at. */
  dollyBy(factor: number): void {
    this.onGrab();
    void this.#controls.dollyTo(this.#controls.distance * factor, true);
    this.onWake();
  }

  /** Turns on the spot by degrees, to the right and up. */
  look(right: number, up: number): void {
    const { position, target } = this.pose;
    const view = new Vector3(...target).sub(this.#scratch.set(...position));
    const away = view.length();
    const pitch = Math.asin(view.y / away) + up * DEGREES;
    const yaw = Math.atan2(-view.x, -view.z) - right * DEGREES;
    const steep = Math.min(STEEPEST, Math.max(-STEEPEST, pitch));
    view.set(-Math.sin(yaw) * Math.cos(steep), Math.sin(steep), -Math.cos(yaw) * Math.cos(steep));
    const [x, y, z] = view.multiplyScalar(away).add(this.#scratch).toArray();
    this.setPose({ position, target: [x, y, z] }, false);
  }

  /** Moves by metres along its own axes: to the right, up in the world, and ahead. */
  travel(right: number, up: number, ahead: number): void {
    const { position, target } = this.pose;
    const step = new Vector3(right, 0, -ahead).applyQuaternion(this.camera.quaternion);
    step.y += up;
    this.setPose({ position: added(position, step), target: added(target, step) }, false);
  }

  /** Moves so that a box fills the view; keeps the direction. An empty box means the origin. */
  frame(box: Box3, smooth = true): void {
    this.onGrab();
    const sphere = box.isEmpty() ? new Sphere() : box.getBoundingSphere(new Sphere());
    sphere.radius = Math.max(sphere.radius, LEAST_FRAME_RADIUS) * FRAME_MARGIN;
    const { x, y, z } = sphere.center;
    void this.#controls.moveTo(x, y, z, smooth);
    void this.#controls.dollyTo(this.#distanceFor(sphere.radius), smooth);
    this.onWake();
  }

  dispose(): void {
    this.disconnect();
    this.#controls.dispose();
  }

  /** Of what is seen at the distance of what is looked at, in metres. */
  get #halfHeight(): number {
    return this.#controls.distance * Math.tan(HALF_ANGLE);
  }

  /** From where a sphere fills the view, in either projection. */
  #distanceFor(radius: number): number {
    const narrower = Math.min(1, this.camera.aspect);
    if (this.parallel) return radius / narrower / Math.tan(HALF_ANGLE);
    return radius / Math.sin(Math.atan(Math.tan(HALF_ANGLE) * narrower));
  }

  /** Fits the planes between which is drawn, and the size of a parallel view, to the distance. */
  #fit(always = false): void {
    const { camera } = this;
    const distance = this.camera.position.distanceTo(this.target);
    const far = Math.min(FARTHEST, Math.max(LEAST_FAR, distance * FAR_SHARE));
    // Nothing is behind a parallel view.
    const near = this.parallel ? -far : Math.max(NEAREST, distance * NEAR_SHARE);
    const halfHeight = distance * Math.tan(HALF_ANGLE);
    const same = near === camera.near && far === camera.far && halfHeight === camera.halfHeight;
    if (same && !always) return;
    Object.assign(camera, { near, far, halfHeight });
    camera.updateProjectionMatrix();
  }
}

function added([x, y, z]: Triple, step: Vector3): Triple {
  return [x + step.x, y + step.y, z + step.z];
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
