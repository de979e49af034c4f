import { type PerspectiveCamera, Vector3 } from 'three';
import type {
  CameraView,
  Editor,
  GizmoHandle,
  PointerHit,
  PointerInput,
  ScreenPoint,
} from '../../editor/editor.ts';
import type { SceneView } from '../../render/scene-view.ts';
import type { Hand } from './hand.ts';

/** How near the tip of a hand must come to touch, in the person's metres. */
export const TOUCH_M = 0.02;
/** Metres that a pixel of the screen that tools imagine covers at 1 m from the eye. */
const SCREEN_SCALE = 0.0018;
/** A pressed hand trembles: it drags only once its ray has turned so far. Cosine of 1.5 degrees. */
const STEADY = Math.cos((1.5 * Math.PI) / 180);
const NO_MODIFIERS = { shift: false, ctrl: false, alt: false, meta: false } as const;

/** What a hand is at: by touch where it is near, by ray where it is far. */
export interface Aim {
  readonly hit: PointerHit | undefined;
  readonly handle: GizmoHandle | undefined;
  readonly near: boolean;
}

/** A hand as the editor's pointer: it drives the same tools as a mouse. */
export class Pointing {
  readonly #view: SceneView;
  readonly #editor: Editor;
  readonly #camera: PerspectiveCamera;
  /** While pressed: the eye stays where it was, so that moving the head drags nothing. */
  #pressed: { readonly camera: CameraView; readonly from: Vector3; dragging: boolean } | undefined;

  constructor(view: SceneView, editor: Editor, camera: PerspectiveCamera) {
    this.#view = view;
    this.#editor = editor;
    this.#camera = camera;
  }

  aim(hand: Hand, scale: number): Aim {
    const handle = this.#view.gizmo.pick(hand.ray);
    const touched = this.#view.touch(hand.tip, TOUCH_M * scale);
    if (handle !== undefined && touched === undefined) {
      return { hit: undefined, handle, near: false };
    }
    return {
      hit: touched ?? this.#view.pick(hand.ray),
      handle: undefined,
      near: touched !== undefined,
    };
  }

  hover(hand: Hand, aim: Aim): void {
    this.#send('move', hand, -1, aim);
  }

  down(hand: Hand, aim: Aim): void {
    this.#pressed = {
      camera: viewOf(this.#camera),
      from: new Vector3(...hand.ray.direction),
      dragging: false,
    };
    this.#send('down', hand, 0, aim);
  }

  move(hand: Hand): void {
    this.#send('move', hand, -1);
  }

  up(hand: Hand, aim?: Aim): void {
    this.#send('up', hand, 0, aim);
    this.#pressed = undefined;
  }

  cancel(hand: Hand): void {
    this.#send('cancel', hand, -1);
    this.#pressed = undefined;
  }

  #send(type: PointerInput['type'], hand: Hand, button: number, aim?: Aim): void {
    const camera = this.#pressed?.camera ?? viewOf(this.#camera);
    this.#editor.pointer({
      type,
      ray: hand.ray,
      screen: this.#screen(hand, camera),
      button,
      modifiers: NO_MODIFIERS,
      camera,
      ...(aim?.hit && { hit: aim.hit }),
      ...(aim?.handle && { handle: aim.handle }),
    });
  }

  #screen(hand: Hand, camera: CameraView): ScreenPoint {
    const pressed = this.#pressed;
    const direction = new Vector3(...hand.ray.direction);
    if (pressed === undefined) return project(direction, camera);
    pressed.dragging ||= direction.dot(pressed.from) < STEADY;
    return project(pressed.dragging ? direction : pressed.from, camera);
  }
}

function viewOf(camera: PerspectiveCamera): CameraView {
  const [right, up, back] = [new Vector3(), new Vector3(), new Vector3()];
  camera.matrixWorld.extractBasis(right, up, back);
  return {
    position: camera.position.toArray(),
    right: right.normalize().toArray(),
    up: up.normalize().toArray(),
    forward: back.normalize().negate().toArray(),
    perspective: true,
    scale: SCREEN_SCALE,
  };
}

function project(direction: Vector3, { right, up, forward }: CameraView): ScreenPoint {
  const along = (axis: CameraView['right']): number => direction.dot(new Vector3(...axis));
  const depth = Math.max(0.1, along(forward));
  return { x: along(right) / depth / SCREEN_SCALE, y: -along(up) / depth / SCREEN_SCALE };
}
