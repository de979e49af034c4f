import type { Editor } from '../editor.ts';
import { fromTo, rotateVector } from '../geometry/quat.ts';
import { normalize, subtract, UNIT_Y, type Vec3 } from '../geometry/vec3.ts';
import {
  type CameraView,
  type GizmoHandle,
  type Modifiers,
  NO_MODIFIERS,
  type PointerHit,
  type PointerInput,
} from '../tools/pointer-input.ts';

const FORWARD: Vec3 = [0, 0, -1];
const PIXELS_PER_METRE = 100;

/** A camera at `position` that looks at a point. */
export function lookAt(position: Vec3, at: Vec3): CameraView {
  const forward = normalize(subtract(at, position));
  const turn = fromTo(FORWARD, forward);
  return {
    position,
    forward,
    right: rotateVector(turn, [1, 0, 0]),
    up: rotateVector(turn, UNIT_Y),
    perspective: true,
    scale: 1 / (PIXELS_PER_METRE * 10),
  };
}

export const CAMERA: CameraView = lookAt([0, 0, 10], [0, 0, 0]);

interface Aim {
  readonly camera?: CameraView;
  readonly modifiers?: Partial<Modifiers>;
  readonly handle?: GizmoHandle;
  readonly hit?: PointerHit;
  /** False for a hand in a headset. */
  readonly screen?: boolean;
}

/** A pointer that aims at points of the world. Screen positions are those of x and y. */
export class Hand {
  readonly #editor: Editor;
  readonly #camera: CameraView;

  constructor(editor: Editor, camera: CameraView = CAMERA) {
    this.#editor = editor;
    this.#camera = camera;
  }

  down(at: Vec3, aim: Aim = {}): boolean {
    return this.#send('down', at, aim);
  }

  move(at: Vec3, aim: Aim = {}): boolean {
    return this.#send('move', at, aim);
  }

  up(at: Vec3, aim: Aim = {}): boolean {
    return this.#send('up', at, aim);
  }

  /** Grabs a handle at one point, drags it to another and lets go. */
  drag(handle: GizmoHandle, from: Vec3, to: Vec3, modifiers: Partial<Modifiers> = {}): void {
    this.down(from, { handle, modifiers });
    this.move(to, { modifiers });
    this.up(to, { modifiers });
  }

  #send(type: PointerInput['type'], at: Vec3, aim: Aim): boolean {
    const camera = aim.camera ?? this.#camera;
    return this.#editor.pointer({
      type,
      ray: { origin: camera.position, direction: normalize(subtract(at, camera.position)) },
      ...(aim.screen !== false && {
        screen: { x: at[0] * PIXELS_PER_METRE, y: -at[1] * PIXELS_PER_METRE },
      }),
      button: type === 'move' ? -1 : 0,
      modifiers: { ...NO_MODIFIERS, ...aim.modifiers },
      ...(aim.hit && { hit: aim.hit }),
      ...(aim.handle && { handle: aim.handle }),
      camera,
    });
  }
}

export function key(name: string, options: Partial<Parameters<Editor['key']>[0]> = {}) {
  const code = /^[a-z]$/i.test(name) ? `Key${name.toUpperCase()}` : name;
  const base = { type: 'down', code, key: name, repeat: false, editable: false } as const;
  return { ...base, ...NO_MODIFIERS, ...options };
}
