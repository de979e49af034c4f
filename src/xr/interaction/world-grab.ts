import { Vector3 } from 'three';
import type { HandControls } from '../input/hand-controls.ts';
import type { Rig } from '../stage/rig.ts';

type Side = HandControls['handedness'];

const CLOSEST_M = 0.04;

/**
 * The world in one hand or two: what the hands took hold of stays with them. One hand moves it; two
 * also scale it, and turn it about the vertical, for a tilted floor makes people fall.
 */
export class WorldGrab {
  readonly #rig: Rig;
  /** What each hand holds, in the world. */
  readonly #held = new Map<Side, Vector3>();

  constructor(rig: Rig) {
    this.#rig = rig;
  }

  get hands(): number {
    return this.#held.size;
  }

  has(side: Side): boolean {
    return this.#held.has(side);
  }

  join(hand: HandControls): void {
    this.#held.set(hand.handedness, this.#rig.toWorld(placeOf(hand)));
  }

  leave(side: Side): void {
    this.#held.delete(side);
  }

  /** Moves the rig so that the hands are again where they took hold. */
  update(hands: readonly HandControls[]): void {
    const held = hands.filter((hand) => this.#held.has(hand.handedness) && hand.grip);
    const [a, b] = held;
    if (a === undefined) return;
    if (b !== undefined) this.#turnAndScale(a, b);
    const here = new Vector3();
    const there = new Vector3();
    for (const hand of held) {
      here.add(this.#rig.toWorld(placeOf(hand)));
      there.add(this.#held.get(hand.handedness)!);
    }
    const move = there.sub(here).divideScalar(held.length);
    this.#rig.set(move.add(this.#rig.position), this.#rig.yaw, this.#rig.scale);
  }

  #turnAndScale(a: HandControls, b: HandControls): void {
    const room = placeOf(b).sub(placeOf(a));
    const world = this.#held.get(b.handedness)!.clone().sub(this.#held.get(a.handedness)!);
    if (room.length() < CLOSEST_M) return;
    const flat = Math.hypot(room.x, room.z) > CLOSEST_M && Math.hypot(world.x, world.z) > 0;
    const yaw = flat ? Math.atan2(world.x, world.z) - Math.atan2(room.x, room.z) : this.#rig.yaw;
    this.#rig.set(this.#rig.position, yaw, world.length() / room.length());
  }
}

function placeOf({ grip }: HandControls): Vector3 {
  return new Vector3(...(grip?.position ?? [0, 0, 0]));
}
