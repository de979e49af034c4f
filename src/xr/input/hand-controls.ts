import {
  type HandJoints,
  type InputSourceState,
  type RoomPose,
  XR_STANDARD,
} from './input-frame.ts';

/** A button that comes and goes once each, however its value trembles. */
export interface Press {
  readonly held: boolean;
  /** In this frame. */
  readonly started: boolean;
  readonly ended: boolean;
}

export const RELEASED: Press = { held: false, started: false, ended: false };

/** One hand of the person in one frame, whatever it holds. */
export interface HandControls {
  readonly handedness: 'left' | 'right';
  /** Bare, without a controller. */
  readonly bare: boolean;
  readonly source: InputSourceState;
  /** Where it points. Absent while it is not tracked. */
  readonly ray: RoomPose | undefined;
  /** Where it holds things: the controller, or the pinching finger tips. */
  readonly grip: RoomPose | undefined;
  readonly trigger: Press;
  readonly squeeze: Press;
  readonly primary: Press;
  readonly secondary: Press;
  /** -1 to 1: right, and towards the person. */
  readonly stick: { readonly x: number; readonly y: number };
}

/** A press begins above the first and ends below the second. */
const PRESSED = 0.6;
const LET_GO = 0.35;
/** Metres between finger tips. */
const PINCHED = 0.016;
const UNPINCHED = 0.032;
const STICK_DEAD_ZONE = 0.15;

/** Turns input sources into hands with presses that have a beginning and an end. */
export class HandTracker {
  readonly #held = new Map<string, boolean>();

  /** Those hands that are there, each once: a controller before a bare hand of the same side. */
  update(sources: readonly InputSourceState[]): HandControls[] {
    const hands = new Map<XRHandedness, HandControls>();
    for (const source of sources) {
      const { handedness, targetRayMode } = source;
      if (targetRayMode === 'screen' || targetRayMode === 'gaze') continue;
      // A pinch that comes and goes with its ray (visionOS) has a side, or is the right hand's.
      const side = handedness === 'left' ? 'left' : 'right';
      const known = hands.get(side);
      if (known === undefined || (known.bare && source.hand === undefined)) {
        hands.set(side, this.#controls(side, source));
      }
    }
    for (const key of [...this.#held.keys()]) {
      if (!hands.has(key.split(':')[0] as XRHandedness)) this.#held.delete(key);
    }
    return [...hands.values()];
  }

  #controls(side: 'left' | 'right', source: InputSourceState): HandControls {
    const { hand, buttons, axes, targetRayMode } = source;
    const tracked = source.targetRay !== undefined;
    const press = (name: string, value: number): Press =>
      this.#press(`${side}:${name}`, tracked && value >= 1, tracked && value > 0);
    const button = (name: 'trigger' | 'squeeze' | 'primary' | 'secondary'): Press =>
      press(name, level(buttons[XR_STANDARD[name]] ?? 0, PRESSED, LET_GO));
    const pinch = (name: string, tip: keyof HandJoints): Press =>
      press(name, hand ? level(-gap(hand, tip), -PINCHED, -UNPINCHED) : 0);
    const transient = targetRayMode === 'transient-pointer';
    return {
      handedness: side,
      bare: hand !== undefined || transient,
      source,
      ray: source.targetRay,
      grip: gripOf(source),
      trigger: hand
        ? pinch('trigger', 'indexTip')
        : transient
          ? press('trigger', 1)
          : button('trigger'),
      squeeze: hand ? pinch('squeeze', 'middleTip') : button('squeeze'),
      primary: hand ? RELEASED : button('primary'),
      secondary: hand ? RELEASED : button('secondary'),
      stick: {
        x: withoutDrift(axes[XR_STANDARD.thumbstickX]),
        y: withoutDrift(axes[XR_STANDARD.thumbstickY]),
      },
    };
  }

  #press(key: string, pressed: boolean, keeps: boolean): Press {
    const before = this.#held.get(key) ?? false;
    const held = before ? keeps : pressed;
    this.#held.set(key, held);
    return { held, started: held && !before, ended: before && !held };
  }
}

/** 1 from `on` upwards, 0 below `off`, a half between: there it stays as it was. */
function level(value: number, on: number, off: number): number {
  if (value >= on) return 1;
  return value > off ? 0.5 : 0;
}

function gap(hand: HandJoints, tip: keyof HandJoints): number {
  const [a, b] = [hand.thumbTip, hand[tip]];
  return Math.hypot(a[0]! - b[0]!, a[1]! - b[1]!, a[2]! - b[2]!);
}

/** A bare hand holds things between thumb and index finger, turned as the palm is. */
function gripOf({ hand, grip, targetRay }: InputSourceState): RoomPose | undefined {
  if (hand === undefined) return grip ?? targetRay;
  const orientation = (grip ?? targetRay)?.orientation;
  if (orientation === undefined) return undefined;
  const [a, b] = [hand.thumbTip, hand.indexTip];
  return {
    position: [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2, (a[2] + b[2]) / 2],
    orientation,
  };
}

function withoutDrift(value = 0): number {
  const size = Math.abs(value);
  if (size < STICK_DEAD_ZONE) return 0;
  return (Math.sign(value) * (size - STICK_DEAD_ZONE)) / (1 - STICK_DEAD_ZONE);
}
