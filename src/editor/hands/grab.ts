import { unmapPoint } from '../geometry/affine.ts';
import {
  conjugate,
  fromEuler,
  multiplyQuat,
  type Quat,
  rotateVector,
  toEuler,
} from '../geometry/quat.ts';
import { add, distance, length, scaleBy, subtract, type Vec3 } from '../geometry/vec3.ts';
import { snapFactor, snapTo } from '../snapping/snap.ts';
import type { SnapState } from '../stores/states.ts';
import { factorReadout, lengthReadout } from '../tools/readout.ts';
import type { ToolContext } from '../tools/tool-state.ts';
import { type Target, turnPose } from '../tools/transform/change.ts';
import { TransformGesture } from '../tools/transform/transform-gesture.ts';

/**
 * What hands do to what they hold, in world space: turned by `rotation` and scaled by `scale` about
 * `pivot`, then moved by `move`.
 */
export interface Similarity {
  readonly pivot: Vec3;
  readonly rotation: Quat;
  readonly scale: number;
  readonly move: Vec3;
}

/** Objects in somebody's hands: shown at once, written as one undo step when let go. */
export interface Grab {
  /** The middle of what is held, as it was when it was taken up. */
  readonly pivot: Vec3;
  /** Shows them so; snapped where snapping is on. Returns whether another step of it was reached. */
  show(change: Similarity): boolean;
  /** False when they were deleted or locked, or the role changed: cancel it then. */
  stillValid(): boolean;
  commit(): void;
  cancel(): void;
}

/** Below this, in radians, a turn has no axis to speak of. */
const NO_TURN = 1e-9;

/**
 * Takes up the selection; undefined where the role, or a lock, leaves nothing to hold.
 * @param madeBy the transaction that made the selection, where making and moving are to be one step
 */
export function beginGrab(context: ToolContext, madeBy?: string): Grab | undefined {
  const gesture = TransformGesture.begin(context, 'move');
  return gesture && new HeldObjects(context, gesture, madeBy);
}

class HeldObjects implements Grab {
  readonly #context: ToolContext;
  readonly #gesture: TransformGesture;
  readonly #madeBy: string | undefined;
  #step = '';

  constructor(context: ToolContext, gesture: TransformGesture, madeBy: string | undefined) {
    this.#context = context;
    this.#gesture = gesture;
    this.#madeBy = madeBy;
  }

  get pivot(): Vec3 {
    return this.#gesture.pivot.position;
  }

  show(change: Similarity): boolean {
    const { snap } = this.#context.tools.getState();
    const shown = snap.enabled ? snapped(aboutPivot(change, this.pivot), snap) : change;
    const position = mapPoint(shown, this.pivot);
    const rotation = multiplyQuat(shown.rotation, this.#gesture.pivot.rotation);
    this.#gesture.preview((target) => held(target, shown), {
      readout: readoutOf(shown, this.pivot),
      pivot: { position, rotation },
    });
    return snap.enabled && this.#stepped(shown);
  }

  stillValid(): boolean {
    return this.#gesture.stillValid();
  }

  commit(): void {
    this.#gesture.commit(this.#madeBy);
  }

  cancel(): void {
    this.#gesture.cancel();
  }

  #stepped({ move, rotation, scale }: Similarity): boolean {
    const step = [...move, ...rotation, scale].map((value) => value.toFixed(4)).join();
    const changed = step !== this.#step && this.#step !== '';
    this.#step = step;
    return changed;
  }
}

/** Where a similarity takes a point. */
export function mapPoint({ pivot, rotation, scale, move }: Similarity, point: Vec3): Vec3 {
  const arm = rotateVector(rotation, scaleBy(subtract(point, pivot), scale));
  return add(add(pivot, arm), move);
}

/** The same similarity, said about another point. */
function aboutPivot(change: Similarity, pivot: Vec3): Similarity {
  return { ...change, pivot, move: subtract(mapPoint(change, pivot), pivot) };
}

/** The pivot comes to lie on the world's grid, as with the gizmo; turns and sizes go in steps. */
function snapped({ pivot, rotation, scale, move }: Similarity, snap: SnapState): Similarity {
  const place = add(pivot, move).map((value) => snapTo(value, snap.position));
  const turn = toEuler(rotation).map((angle) => snapTo(angle, snap.angle));
  return {
    pivot,
    rotation: fromEuler(turn as unknown as Vec3),
    scale: scale === 1 ? 1 : snapFactor(scale, snap.scale),
    move: subtract(place as unknown as Vec3, pivot),
  };
}

function held(target: Target, change: Similarity): Target['pose'] {
  const { pose, parent, world } = target;
  const position = unmapPoint(parent, mapPoint(change, world.origin));
  if (position === undefined) return pose;
  const { axis, angle } = axisAngle(change.rotation);
  const rotation =
    angle < NO_TURN ? pose.rotation : turnPose(target, change.pivot, axis, angle).rotation;
  return { position, rotation, scale: scaleBy(pose.scale, change.scale) };
}

function axisAngle(rotation: Quat): { axis: Vec3; angle: number } {
  const [x, y, z, w] = rotation[3] < 0 ? negated(rotation) : rotation;
  const sine = length([x, y, z]);
  if (sine < NO_TURN) return { axis: [0, 1, 0], angle: 0 };
  return { axis: scaleBy([x, y, z], 1 / sine), angle: 2 * Math.atan2(sine, w) };
}

function negated([x, y, z, w]: Quat): Quat {
  return [-x, -y, -z, -w];
}

function readoutOf(change: Similarity, pivot: Vec3): string {
  const moved = lengthReadout('', distance(mapPoint(change, pivot), pivot), 'm').trimStart();
  return Math.abs(change.scale - 1) < 1e-3 ? moved : `${moved}  ${factorReadout('', change.scale)}`;
}

/** The turn that takes one orientation to another. */
export function turnBetween(from: Quat, to: Quat): Quat {
  return multiplyQuat(to, conjugate(from));
}
