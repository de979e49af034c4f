import type { CameraRig } from '../../render/camera-rig.ts';
import { Flight, type FlightKeys } from '../../render/flight.ts';

const RIGHT_BUTTON = 2;
/** Farther than this a press of the right button flies; else it is a click, for a menu. CSS pixels. */
const CLICK_SLACK = 3;
/** Degrees a second that an arrow key turns the view. */
const KEY_TURN = 90;
const WHEEL_NOTCH = 100;

/** By the place of the key, whatever is printed on it. */
const MOVES: Readonly<Record<string, readonly ['right' | 'up' | 'ahead', 1 | -1]>> = {
  KeyW: ['ahead', 1],
  KeyS: ['ahead', -1],
  KeyD: ['right', 1],
  KeyA: ['right', -1],
  KeyE: ['up', 1],
  KeyQ: ['up', -1],
};
const TURNS: Readonly<Record<string, readonly [right: number, down: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
const SHIFT = 'Shift';

/** How a flight was begun: it lasts while the right button is held, or until Escape or a click. */
type Mode = 'held' | 'free';

export interface FlyEvents {
  /** Metres a second, or undefined when the flight is over. */
  onFlight(speed: number | undefined): void;
  /** Whether the right button flies now; else it is the camera's. */
  mayFly(event: PointerEvent): boolean;
  /** The right button was pressed and let go in one place. */
  onClick(event: PointerEvent): void;
}

/**
 * Flying by mouse and keyboard: the right button held, or an action and no button at all. The pointer is
 * locked where the browser lets it; keys and wheel are its own meanwhile.
 */
export class FlyControl {
  readonly #element: HTMLElement;
  readonly #rig: CameraRig;
  readonly #events: FlyEvents;
  readonly #flight: Flight;
  readonly #listeners = new AbortController();
  readonly #held = new Set<string>();
  #pressed: { readonly pointer: number; readonly x: number; readonly y: number } | undefined;
  #mode: Mode | undefined;

  constructor(element: HTMLElement, rig: CameraRig, events: FlyEvents) {
    this.#element = element;
    this.#rig = rig;
    this.#events = events;
    this.#flight = new Flight(rig);
    const options = { signal: this.#listeners.signal, capture: true };
    element.addEventListener('pointerdown', (event) => this.#down(event), options);
    element.addEventListener('pointermove', (event) => this.#move(event), options);
    element.addEventListener('pointerup', (event) => this.#up(event), options);
    element.addEventListener('pointercancel', () => this.end(), options);
    element.addEventListener('contextmenu', (event) => this.#menu(event), options);
    element.addEventListener('wheel', (event) => this.#wheel(event), {
      ...options,
      passive: false,
    });
    window.addEventListener('keydown', (event) => this.#key(event), options);
    window.addEventListener('keyup', (event) => this.#key(event), options);
    window.addEventListener('blur', (event) => this.#blur(event), options);
    document.addEventListener('pointerlockchange', () => this.#lockChanged(), options);
  }

  get flying(): boolean {
    return this.#mode !== undefined;
  }

  /** Flies without a button, until Escape or a click. */
  begin(): void {
    this.#begin('free');
  }

  end(): void {
    this.#pressed = undefined;
    if (this.#mode === undefined) return;
    this.#mode = undefined;
    this.#held.clear();
    this.#flight.stop();
    this.#rig.enabled = true;
    if (document.pointerLockElement === this.#element) document.exitPointerLock();
    this.#events.onFlight(undefined);
  }

  /** Once a frame. */
  update(seconds: number): void {
    if (this.#mode === undefined) return;
    for (const [code, [right, down]] of Object.entries(TURNS)) {
      const degrees = KEY_TURN * seconds;
      if (this.#held.has(code)) this.#rig.look(right * degrees, -down * degrees);
    }
    this.#flight.step(this.#keys(), seconds);
  }

  dispose(): void {
    this.end();
    this.#listeners.abort();
  }

  #begin(mode: Mode): void {
    this.#mode = mode;
    this.#rig.enabled = false;
    this.#lockPointer();
    this.#events.onFlight(this.#flight.speed);
  }

  #lockPointer(): void {
    const locked: unknown = this.#element.requestPointerLock();
    // Refused, the flight goes on all the same: only the screen's edge stops the mouse then.
    if (locked instanceof Promise) locked.catch(() => undefined);
  }

  #down(event: PointerEvent): void {
    if (this.#mode === 'free') {
      event.stopImmediatePropagation();
      this.end();
      return;
    }
    if (event.pointerType !== 'mouse' || event.button !== RIGHT_BUTTON) return;
    if (event.buttons !== 2 || !this.#events.mayFly(event)) return;
    this.#pressed = { pointer: event.pointerId, x: event.clientX, y: event.clientY };
    this.#element.setPointerCapture(event.pointerId);
  }

  #move(event: PointerEvent): void {
    const pressed = this.#pressed;
    if (this.#mode === undefined && pressed !== undefined) {
      const far = Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y);
      if (far > CLICK_SLACK) this.#begin('held');
    }
    if (this.#mode === undefined) return;
    event.stopImmediatePropagation();
    this.#flight.look(event.movementX, event.movementY);
  }

  #up(event: PointerEvent): void {
    if (event.button !== RIGHT_BUTTON || this.#pressed === undefined) return;
    const flown = this.#mode !== undefined;
    if (flown) event.stopImmediatePropagation();
    const { pointer } = this.#pressed;
    this.end();
    if (this.#element.hasPointerCapture(pointer)) this.#element.releasePointerCapture(pointer);
    if (!flown) this.#events.onClick(event);
  }

  /** The browser's own menu; on the press, where it opens then, nobody knows yet whether a flight begins. */
  #menu(event: MouseEvent): void {
    event.preventDefault();
  }

  #wheel(event: WheelEvent): void {
    if (this.#mode === undefined) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.#flight.accelerate(-event.deltaY / WHEEL_NOTCH);
    this.#events.onFlight(this.#flight.speed);
  }

  /** W held with the right button begins a flight on the spot. */
  #key(event: KeyboardEvent): void {
    if (this.#mode === undefined && this.#pressed !== undefined && event.code in MOVES) {
      this.#begin('held');
    }
    if (this.#mode === undefined) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (event.type === 'keyup') this.#held.delete(event.code);
    else if (event.key === 'Escape') this.end();
    else this.#held.add(event.code);
  }

  #blur(event: Event): void {
    // The press that begins a flight takes the focus from what had it, and that is told here, too.
    if (event.target === window) this.end();
  }

  #lockChanged(): void {
    // Escape unlocks the pointer, and no key is told of it.
    if (this.#mode === 'free' && document.pointerLockElement !== this.#element) this.end();
  }

  #keys(): FlightKeys {
    const keys = { right: 0, up: 0, ahead: 0, fast: false };
    for (const code of this.#held) {
      if (code.startsWith(SHIFT)) keys.fast = true;
      const move = MOVES[code];
      if (move !== undefined) keys[move[0]] += move[1];
    }
    return keys;
  }
}
