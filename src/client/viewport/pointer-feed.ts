import { NO_ENTITY } from '../../ecs/entity.ts';
import type { Editor, GizmoHandle, Modifiers, PointerInput, Vec3 } from '../../editor/editor.ts';
import { sameHandle } from '../../render/gizmo/handle.ts';
import type { PickHit, PickRay } from '../../render/picking.ts';
import type { SceneView } from '../../render/scene-view.ts';
import { cameraView } from './camera-view.ts';

const MAIN_BUTTON = 0;
const NO_BUTTON = -1;
/** Bit of the main button in `PointerEvent.buttons`. */
const MAIN_BUTTON_HELD = 1;

/** A finger covers what it aims at: how far it may stray and still tap, in CSS pixels… */
const FINGER_SLACK = 12;
/** …and how much farther the gizmo's handles reach for it. */
const FINGER_REACH = 2;

/**
 * Turns the pointer events of an element into the editor's input, with what is under the pointer.
 * Moves are looked at once a frame. While a gesture owns the pointer, the camera keeps still. The right
 * button is left to menus.
 */
export class PointerFeed {
  /** Called when another handle is hovered or grabbed. */
  onHandleChange: () => void = () => undefined;

  readonly #element: HTMLElement;
  readonly #view: SceneView;
  readonly #editor: Editor;
  readonly #listeners = new AbortController();
  #pendingMove: PointerEvent | undefined;
  /** While the pointer is over the element. */
  #lastMove: PointerEvent | undefined;
  #captured: number | undefined;
  /** How the pointer came down that is held now. */
  #pressed: PointerEvent | undefined;
  #hovered: GizmoHandle | undefined;
  #grabbed: GizmoHandle | undefined;
  #lastHit: PickHit | undefined;

  constructor(element: HTMLElement, view: SceneView, editor: Editor) {
    this.#element = element;
    this.#view = view;
    this.#editor = editor;
    const options = { signal: this.#listeners.signal, capture: true };
    element.addEventListener('pointerdown', (event) => this.#down(event), options);
    element.addEventListener('pointermove', (event) => this.#move(event), options);
    element.addEventListener('pointerup', (event) => this.#up(event), options);
    element.addEventListener('pointercancel', (event) => this.#cancel(event), options);
    element.addEventListener('lostpointercapture', (event) => this.#lost(event), options);
    element.addEventListener('pointerleave', () => this.#leave(), options);
  }

  get hoveredHandle(): GizmoHandle | undefined {
    return this.#hovered;
  }

  get grabbedHandle(): GizmoHandle | undefined {
    return this.#grabbed;
  }

  /** Where the pointer rests on the scene. */
  get cursor(): { readonly point: Vec3; readonly normal: Vec3 } | undefined {
    return this.#lastHit && { point: this.#lastHit.point, normal: this.#lastHit.normal };
  }

  /** The picture changed: what is under a resting pointer may be something else now. */
  lookAgain(): void {
    if (this.#captured === undefined) this.#pendingMove ??= this.#lastMove;
  }

  /** Looks at the last move that came since the last call. */
  flush(): void {
    const event = this.#pendingMove;
    this.#pendingMove = undefined;
    if (event === undefined) return;
    // While the camera is dragged, what passes below the pointer is not meant.
    const orbiting = this.#captured === undefined && this.#view.camera.active;
    if (orbiting && (event.buttons & MAIN_BUTTON_HELD) === 0) return;
    const owned = this.#send('move', event, NO_BUTTON);
    if (owned && this.#captured === undefined && (event.buttons & MAIN_BUTTON_HELD) !== 0) {
      this.#capture(event);
    }
  }

  /** Ends what the pointer was about, as if it had never been pressed. */
  letGo(): void {
    this.#pendingMove = undefined;
    // A finger that rests has not moved: then its press is all that is known of it.
    if (this.#pressed !== undefined)
      this.#send('cancel', this.#lastMove ?? this.#pressed, NO_BUTTON);
    this.#release();
  }

  /** What is under a point of the page. */
  hitAt(clientX: number, clientY: number): PickHit | undefined {
    return this.#view.pick(this.#ray(this.#screen({ clientX, clientY })));
  }

  dispose(): void {
    this.#listeners.abort();
    if (this.#captured !== undefined) this.#release();
  }

  #down(event: PointerEvent): void {
    if (event.button !== MAIN_BUTTON || !event.isPrimary) return;
    this.flush();
    this.#pressed = event;
    if (!this.#send('down', event, event.button)) return;
    this.#grabbed = this.#hovered;
    this.#capture(event);
    this.onHandleChange();
  }

  #move(event: PointerEvent): void {
    if (!event.isPrimary) return;
    this.#pendingMove = event;
    this.#lastMove = event;
  }

  #up(event: PointerEvent): void {
    if (event.button !== MAIN_BUTTON || !event.isPrimary) return;
    this.flush();
    this.#send('up', event, event.button);
    this.#release();
  }

  #cancel(event: PointerEvent): void {
    if (!event.isPrimary) return;
    this.#pendingMove = undefined;
    this.#send('cancel', event, NO_BUTTON);
    this.#release();
  }

  /** The browser took the pointer away in the middle of a gesture. */
  #lost(event: PointerEvent): void {
    if (this.#captured === event.pointerId) this.#cancel(event);
  }

  #leave(): void {
    if (this.#captured !== undefined) return;
    this.#pendingMove = undefined;
    this.#lastMove = undefined;
    this.#lastHit = undefined;
    this.#setHovered(undefined);
    this.#editor.hover(NO_ENTITY);
  }

  #capture(event: PointerEvent): void {
    this.#captured = event.pointerId;
    this.#view.camera.enabled = false;
    this.#element.setPointerCapture(event.pointerId);
  }

  #release(): void {
    const pointer = this.#captured;
    this.#captured = undefined;
    this.#grabbed = undefined;
    this.#pressed = undefined;
    this.#view.camera.enabled = true;
    if (pointer !== undefined && this.#element.hasPointerCapture(pointer)) {
      this.#element.releasePointerCapture(pointer);
    }
    this.onHandleChange();
  }

  /** Whether a gesture of the editor owns the pointer. */
  #send(type: PointerInput['type'], event: PointerEvent, button: number): boolean {
    const screen = this.#screen(event);
    const ray = this.#ray(screen);
    const coarse = event.pointerType === 'touch';
    const handle = this.#grabbed ?? this.#view.gizmo.pick(ray, coarse ? FINGER_REACH : 1);
    const hit = this.#grabbed === undefined ? this.#view.pick(ray) : undefined;
    this.#lastHit = hit;
    this.#setHovered(handle);
    return this.#editor.pointer({
      type,
      ray,
      screen,
      ...(coarse && { slack: FINGER_SLACK }),
      button,
      modifiers: modifiersOf(event),
      camera: cameraView(this.#view.camera.camera, this.#element.clientHeight),
      ...(hit === undefined ? {} : { hit }),
      ...(handle === undefined ? {} : { handle }),
    });
  }

  #setHovered(handle: GizmoHandle | undefined): void {
    if (sameHandle(handle, this.#hovered)) return;
    this.#hovered = handle;
    this.onHandleChange();
  }

  #screen({ clientX, clientY }: { clientX: number; clientY: number }): { x: number; y: number } {
    const box = this.#element.getBoundingClientRect();
    return { x: clientX - box.left, y: clientY - box.top };
  }

  #ray({ x, y }: { x: number; y: number }): PickRay {
    const { clientWidth, clientHeight } = this.#element;
    return this.#view.camera.rayThrough((x / clientWidth) * 2 - 1, 1 - (y / clientHeight) * 2);
  }
}

function modifiersOf(event: PointerEvent): Modifiers {
  return {
    shift: event.shiftKey,
    ctrl: event.ctrlKey,
    alt: event.altKey,
    meta: event.metaKey,
  };
}
