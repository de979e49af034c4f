import type { CameraRig } from './camera-rig.ts';

/** The directions in which a flight goes, by the keys that are held. */
export interface FlightKeys {
  readonly right: number;
  readonly up: number;
  readonly ahead: number;
  readonly fast: boolean;
}

/** Degrees that the view turns with a pixel of the mouse. */
const DEGREES_PER_PIXEL = 0.15;
/** Metres a second. */
const SPEED = { initial: 5, least: 0.05, most: 2000 } as const;
const FAST = 4;
/** A notch of the wheel makes it so much faster or slower. */
const NOTCH = 1.25;
/** Seconds in which it gets most of the way to the wanted speed. */
const INERTIA = 0.08;
/** Slower than this it stands, in metres a second. */
const STANDSTILL = 0.001;

/** Flying the camera: it looks where the mouse goes, and moves by held keys with a little inertia. */
export class Flight {
  readonly #rig: CameraRig;
  #speed: number = SPEED.initial;
  #velocity: readonly [number, number, number] = [0, 0, 0];

  constructor(rig: CameraRig) {
    this.#rig = rig;
  }

  /** Metres a second while a key is held. */
  get speed(): number {
    return this.#speed;
  }

  /** By the mouse's way in CSS pixels. */
  look(x: number, y: number): void {
    this.#rig.look(x * DEGREES_PER_PIXEL, -y * DEGREES_PER_PIXEL);
  }

  /** Faster with positive notches. */
  accelerate(notches: number): void {
    const speed = this.#speed * NOTCH ** notches;
    this.#speed = Math.min(SPEED.most, Math.max(SPEED.least, speed));
  }

  /** Goes on by `seconds`; returns whether it still moves. */
  step({ right, up, ahead, fast }: FlightKeys, seconds: number): boolean {
    const length = Math.hypot(right, up, ahead) || 1;
    const speed = (this.#speed * (fast ? FAST : 1)) / length;
    const share = 1 - Math.exp(-seconds / INERTIA);
    const towards = (from: number, to: number): number => from + (to - from) * share;
    const [x, y, z] = this.#velocity;
    const velocity = [
      towards(x, right * speed),
      towards(y, up * speed),
      towards(z, ahead * speed),
    ] as const;
    const moving = Math.hypot(...velocity) > STANDSTILL;
    this.#velocity = moving ? velocity : [0, 0, 0];
    if (moving)
      this.#rig.travel(velocity[0] * seconds, velocity[1] * seconds, velocity[2] * seconds);
    return moving;
  }

  /** Stands still. */
  stop(): void {
    this.#velocity = [0, 0, 0];
  }
}
