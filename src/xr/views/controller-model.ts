import { Group, type Object3D, type Quaternion, type Vector3 } from 'three';
import { GLTFLoader } from 'three/addons/loaders/GLTFLoader.js';
import { messageOf } from '../../shared/errors.ts';
import type { Logger } from '../../shared/logger.ts';
import type { InputSourceState } from '../input/input-frame.ts';
import leftUrl from '../input/models/meta-quest-touch-plus-left.glb?url';
import rightUrl from '../input/models/meta-quest-touch-plus-right.glb?url';
import type { Side } from '../interaction/settings.ts';

/** Profiles that these models stand for; others have the same buttons at the same places, or near. */
const MODELS: Readonly<Record<Side, string>> = { left: leftUrl, right: rightUrl };
/** What moves of a model, by what begins its name, and the button that moves it. */
const BUTTONS: readonly (readonly [prefix: string, button: number])[] = [
  ['xr_standard_trigger_pressed', 0],
  ['xr_standard_squeeze_pressed', 1],
  ['xr_standard_thumbstick_pressed', 3],
  ['x_button_pressed', 4],
  ['a_button_pressed', 4],
  ['y_button_pressed', 5],
  ['b_button_pressed', 5],
];

interface MovingPart {
  readonly node: Object3D;
  readonly from: Object3D;
  readonly to: Object3D;
  readonly button: number;
}

/** A controller as it looks in the hand, its buttons pressed as they are. In the person's metres. */
export class ControllerModel {
  readonly root = new Group();
  readonly #parts: MovingPart[] = [];

  constructor(side: Side, logger: Logger) {
    new GLTFLoader().loadAsync(MODELS[side]).then(
      ({ scene }) => {
        this.root.add(scene);
        this.#parts.push(...movingParts(scene));
      },
      (thrown: unknown) =>
        // Hands work without a picture of what they hold.
        logger.warn('A controller model did not load.', { side, reason: messageOf(thrown) }),
    );
  }

  update({ grip, buttons, hand }: InputSourceState): void {
    this.root.visible = grip !== undefined && hand === undefined;
    if (grip === undefined) return;
    this.root.position.set(...grip.position);
    this.root.quaternion.set(...grip.orientation);
    for (const { node, from, to, button } of this.#parts) {
      const pressed = buttons[button] ?? 0;
      node.position.lerpVectors(from.position as Vector3, to.position as Vector3, pressed);
      node.quaternion.slerpQuaternions(from.quaternion as Quaternion, to.quaternion, pressed);
    }
  }

  hide(): void {
    this.root.visible = false;
  }
}

function movingParts(scene: Object3D): MovingPart[] {
  return BUTTONS.flatMap(([prefix, button]) => {
    const [node, from, to] = ['value', 'min', 'max'].map((end) =>
      scene.getObjectByName(`${prefix}_${end}`),
    );
    return node && from && to ? [{ node, from, to, button }] : [];
  });
}
