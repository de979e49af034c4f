/** As long as a finger rests until it has asked for a menu. */
const PRESS_MS = 500;
/** How far it may stray meanwhile, in CSS pixels. */
const SLACK = 12;

interface Resting {
  readonly pointer: number;
  readonly x: number;
  readonly y: number;
  readonly timer: ReturnType<typeof setTimeout>;
}

export interface LongPressEvents {
  /** Whether the finger is nobody's: it may be on a gizmo. */
  mayPress(): boolean;
  onPress(at: { readonly clientX: number; readonly clientY: number }): void;
}

/**
 * Tells of a finger that rests on an element, as the right button does of a mouse. What that finger does
 * from then on nobody else sees, so it listens before the others.
 */
export class LongPress {
  readonly #element: HTMLElement;
  readonly #events: LongPressEvents;
  readonly #listeners = new AbortController();
  #resting: Resting | undefined;
  /** The finger that has pressed and is not lifted yet. */
  #pressed: number | undefined;

  constructor(element: HTMLElement, events: LongPressEvents) {
    this.#element = element;
    this.#events = events;
    const options = { signal: this.#listeners.signal, capture: true };
    element.addEventListener('pointerdown', (event) => this.#down(event), options);
    element.addEventListener('pointermove', (event) => this.#move(event), options);
    element.addEventListener('pointerup', (event) => this.#end(event), options);
    element.addEventListener('pointercancel', (event) => this.#end(event), options);
  }

  dispose(): void {
    this.#rest(undefined);
    this.#listeners.abort();
  }

  #down(event: PointerEvent): void {
    const { pointerId: pointer, clientX: x, clientY: y } = event;
    // A second finger moves the camera.
    if (event.pointerType !== 'touch' || !event.isPrimary) {
      this.#rest(undefined);
      return;
    }
    const timer = setTimeout(() => this.#press(), PRESS_MS);
    this.#rest({ pointer, x, y, timer });
  }

  #move(event: PointerEvent): void {
    if (event.pointerId === this.#pressed) event.stopImmediatePropagation();
    const resting = this.#resting;
    if (resting?.pointer !== event.pointerId) return;
    if (Math.hypot(event.clientX - resting.x, event.clientY - resting.y) > SLACK) {
      this.#rest(undefined);
    }
  }

  #end(event: PointerEvent): void {
    this.#rest(undefined);
    if (event.pointerId !== this.#pressed) return;
    this.#pressed = undefined;
    event.stopImmediatePropagation();
  }

  #press(): void {
    const resting = this.#resting;
    this.#rest(undefined);
    if (resting === undefined || !this.#events.mayPress()) return;
    this.#pressed = resting.pointer;
    // A browser that sends a click after the finger is lifted would close the menu at once.
    this.#element.addEventListener('touchend', swallow, { once: true, capture: true });
    this.#events.onPress({ clientX: resting.x, clientY: resting.y });
  }

  #rest(resting: Resting | undefined): void {
    clearTimeout(this.#resting?.timer);
    this.#resting = resting;
  }
}

function swallow(event: Event): void {
  if (event.cancelable) event.preventDefault();
}
