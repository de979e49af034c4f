import { Vector3 } from 'three';
import type { SceneView } from '../../render/scene-view.ts';
import type { Rig } from '../stage/rig.ts';
import type { Hand } from './hand.ts';
import type { XrSettings } from './settings.ts';

export interface TeleportAim {
  readonly side: Hand['side'];
  /** The arc, in world space. */
  readonly points: readonly Vector3[];
  /** Where one would stand; undefined where one cannot. */
  readonly spot: Vector3 | undefined;
}

/** How far the stick is pushed to aim, and to turn; and back to be done with it. */
const AIMING = 0.7;
const TURNING = 0.7;
const CENTRED = 0.3;
const SNAP_TURN = Math.PI / 4;
const SMOOTH_TURN_PER_SECOND = (100 * Math.PI) / 180;
/** The arc of a throw, in the person's metres and seconds. */
const THROW_SPEED = 7.5;
const GRAVITY = 9.8;
const STEP_SECONDS = 0.045;
const STEPS = 40;
/** Surfaces steeper than this are no floor: the cosine of 45 degrees. */
const FLAT = Math.SQRT1_2;

/** Getting about without walking: a stick or a hand aims a throw and goes there; a stick also turns. */
export class Locomotion {
  readonly #rig: Rig;
  readonly #view: SceneView;
  #aim: TeleportAim | undefined;
  /** It is a hand that aims, and no stick. */
  #pointed = false;
  readonly #turned = new Set<Hand['side']>();
  #turning = false;

  constructor(rig: Rig, view: SceneView) {
    this.#rig = rig;
    this.#view = view;
  }

  get aim(): TeleportAim | undefined {
    return this.#aim;
  }

  /** Whether the world moves by itself now. */
  get moving(): boolean {
    return this.#turning;
  }

  /** @param head the person's head in the world */
  update(hands: readonly Hand[], head: Vector3, settings: XrSettings, seconds: number): void {
    this.#turning = false;
    for (const hand of hands) {
      const { stick } = hand.controls;
      if (this.#aim === undefined) this.#turn(hand, head, settings, seconds);
      if (this.#pointed) continue;
      const aims = this.#aim?.side === hand.side;
      if (aims ? stick.y < -CENTRED : stick.y < -AIMING && this.#aim === undefined) {
        this.#aim = this.#throwFrom(hand);
      } else if (aims) this.arrive(head);
    }
    const { aim } = this;
    if (aim && !this.#pointed && !hands.some(({ side }) => side === aim.side)) this.cancel();
  }

  /** Aims by where a hand points, until it arrives or is given up: the way of hands without a stick. */
  point(hand: Hand): void {
    this.#pointed = true;
    this.#aim = this.#throwFrom(hand);
  }

  /** Goes where the aim lands; false where one cannot stand there. */
  arrive(head: Vector3): boolean {
    const spot = this.#aim?.spot;
    this.cancel();
    if (spot === undefined) return false;
    // The head comes to be above the spot, and the floor to be at its height.
    const { position, yaw, scale } = this.#rig;
    const moved = new Vector3(position.x + spot.x - head.x, spot.y, position.z + spot.z - head.z);
    this.#rig.set(moved, yaw, scale);
    return true;
  }

  cancel(): void {
    this.#aim = undefined;
    this.#pointed = false;
  }

  #turn({ side, controls }: Hand, head: Vector3, settings: XrSettings, seconds: number): void {
    const { x, y } = controls.stick;
    if (Math.abs(x) < CENTRED) this.#turned.delete(side);
    if (Math.abs(x) < TURNING || Math.abs(y) > Math.abs(x)) return;
    if (settings.turning === 'smooth') {
      this.#turning = true;
      this.#rig.turnAbout(head, -x * SMOOTH_TURN_PER_SECOND * seconds);
    } else if (!this.#turned.has(side)) {
      this.#turned.add(side);
      this.#rig.turnAbout(head, -Math.sign(x) * SNAP_TURN);
    }
  }

  #throwFrom({ side, ray }: Hand): TeleportAim {
    const { scale } = this.#rig;
    const points = [new Vector3(...ray.origin)];
    const velocity = new Vector3(...ray.direction).multiplyScalar(THROW_SPEED * scale);
    for (let step = 0; step < STEPS; step++) {
      const from = points.at(-1)!;
      const to = from.clone().addScaledVector(velocity, STEP_SECONDS);
      velocity.y -= GRAVITY * scale * STEP_SECONDS;
      const landing = this.#landing(from, to);
      points.push(landing?.point ?? to);
      if (landing) return { side, points, spot: landing.floor ? landing.point : undefined };
    }
    return { side, points, spot: undefined };
  }

  /** What a step of the arc runs into: a surface, or the ground. */
  #landing(from: Vector3, to: Vector3): { point: Vector3; floor: boolean } | undefined {
    const way = to.clone().sub(from);
    const length = way.length();
    const hit = this.#view.pick({
      origin: from.toArray(),
      direction: way.clone().divideScalar(length).toArray(),
    });
    if (hit !== undefined && hit.distance <= length) {
      return { point: new Vector3(...hit.point), floor: hit.normal[1] > FLAT };
    }
    if (from.y <= 0 || to.y > 0) return undefined;
    return { point: from.clone().lerp(to, from.y / (from.y - to.y)), floor: true };
  }
}
