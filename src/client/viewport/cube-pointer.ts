import type { CameraRig } from '../../render/camera-rig.ts';
import {
  CUBE_REACH,
  type CubeRegion,
  cubeCentre,
  cubeRegionAt,
} from '../../render/view-cube/cube-region.ts';
import type { ViewCube } from '../../render/view-cube/view-cube.ts';

/** Farther than this a press drags. CSS pixels. */
const CLICK_SLACK = 3;
/** Degrees that the camera orbits with a pixel. */
const DEGREES_PER_PIXEL = 0.8;

interface Held {
  readonly pointer: number;
  readonly region: CubeRegion | undefined;
  x: number;
  y: number;
  dragging: boolean;
}

/**
 * Lets the pointer use the view cube: a click looks from the part that is clicked, a drag orbits. What it
 * takes nobody else sees, so it listens before the others.
 */
export class CubePointer {
  readonly #element: HTMLElement;
  readonly #rig: CameraRig;
  readonly #cube: ViewCube;
  readonly #onChange: () => void;
  readonly #listeners = new AbortController();
  #held: Held | undefined;

  constructor(element: HTMLElement, rig: CameraRig, cube: ViewCube, onChange: () => void) {
    this.#element = element;
    this.#rig = rig;
    this.#cube = cube;
    this.#onChange = onChange;
    const options = { signal: this.#listeners.signal, capture: true };
    element.addEventListener('pointerdown', (event) => this.#down(event), options);
    element.addEventListener('pointermove', (event) => this.#move(event), options);
    element.addEventListener('pointerup', (event) => this.#up(event), options);
    element.addEventListener('pointercancel', (event) => this.#end(event), options);
    element.addEventListener('lostpointercapture', (event) => this.#end(event), options);
    element.addEventListener('pointerleave', () => this.#hover(undefined), options);
  }

  dispose(): void {
    this.#listeners.abort();
    this.#element.style.cursor = '';
  }

  #down(event: PointerEvent): void {
    if (this.#held !== undefined) event.stopImmediatePropagation();
    const at = this.#fromCentre(event);
    const far = Math.hypot(at.x, at.y) > CUBE_REACH;
    if (this.#held !== undefined || far || event.button !== 0 || event.buttons > 1) return;
    event.stopImmediatePropagation();
    const { clientX: x, clientY: y, pointerId: pointer } = event;
    this.#held = { pointer, region: this.#regionAt(event), x, y, dragging: false };
    this.#element.setPointerCapture(pointer);
  }

  #move(event: PointerEvent): void {
    const held = this.#held;
    if (held === undefined) {
      const over = event.buttons === 0 ? this.#regionAt(event) : undefined;
      this.#hover(over);
      return;
    }
    event.stopImmediatePropagation();
    if (held.pointer !== event.pointerId) return;
    const [right, down] = [event.clientX - held.x, event.clientY - held.y];
    held.dragging ||= Math.hypot(right, down) > CLICK_SLACK;
    if (!held.dragging) return;
    held.x = event.clientX;
    held.y = event.clientY;
    this.#rig.orbitBy(-right * DEGREES_PER_PIXEL, down * DEGREES_PER_PIXEL, false);
  }

  #up(event: PointerEvent): void {
    const held = this.#held;
    if (held === undefined) return;
    event.stopImmediatePropagation();
    if (held.pointer !== event.pointerId) return;
    if (!held.dragging && held.region !== undefined) {
      this.#rig.lookFrom(held.region);
      // Another part turns to where the pointer is.
      this.#hover(undefined);
    }
    this.#end(event);
  }

  #end({ pointerId }: PointerEvent): void {
    if (this.#held?.pointer !== pointerId) return;
    this.#held = undefined;
    if (this.#element.hasPointerCapture(pointerId)) this.#element.releasePointerCapture(pointerId);
  }

  #hover(region: CubeRegion | undefined): void {
    if (`${region}` === `${this.#cube.hovered}`) return;
    this.#cube.hovered = region;
    this.#element.style.cursor = region === undefined ? '' : 'pointer';
    this.#onChange();
  }

  #regionAt(event: PointerEvent): CubeRegion | undefined {
    const { x, y } = this.#fromCentre(event);
    return cubeRegionAt(x, y, this.#rig.camera.quaternion);
  }

  #fromCentre({ clientX, clientY }: PointerEvent): { x: number; y: number } {
    const box = this.#element.getBoundingClientRect();
    const centre = cubeCentre(this.#element.clientWidth);
    return { x: clientX - box.left - centre.x, y: clientY - box.top - centre.y };
  }
}
