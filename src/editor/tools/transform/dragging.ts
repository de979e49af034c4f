import { pixelsApart } from '../pointer-distance.ts';
import {
  type KeyInput,
  type Modifiers,
  type PointerInput,
  sameModifiers,
} from '../pointer-input.ts';
import type { ToolState } from '../tool-state.ts';
import type { Drag } from './drag.ts';
import type { TransformGesture } from './transform-gesture.ts';
import { TypedAmounts } from './typed-amounts.ts';

/** A pointer that has not gone farther is still: a click on a handle snaps nothing. */
const STILL_PIXELS = 1;

/**
 * The state while a handle of the gizmo is held: moves show, release or Enter writes, `cancel` lets be.
 * Numbers that are typed meanwhile take the place of what the pointer draws.
 */
export class Dragging implements ToolState {
  readonly capturing = true;
  readonly #gesture: TransformGesture;
  readonly #drag: Drag;
  readonly #typed: TypedAmounts;
  readonly #start: PointerInput;
  #last: PointerInput;
  #drawn: readonly number[];
  #moved = false;

  constructor(gesture: TransformGesture, drag: Drag, start: PointerInput) {
    this.#gesture = gesture;
    this.#drag = drag;
    this.#typed = new TypedAmounts(drag.rest, drag.unit);
    this.#start = start;
    this.#last = start;
    this.#drawn = drag.rest;
  }

  pointer(input: PointerInput): ToolState | undefined {
    if (input.type === 'down') return this;
    this.#draw(input);
    if (input.type === 'move') return this;
    this.#gesture.commit();
    return undefined;
  }

  key(input: KeyInput): ToolState | undefined {
    if (input.type === 'down' && input.key === 'Enter') {
      this.#gesture.commit();
      return undefined;
    }
    if (this.#typed.take(input)) this.#show();
    else this.#modify(input);
    return this;
  }

  cancel(): void {
    this.#gesture.cancel();
  }

  stillValid(): boolean {
    return this.#gesture.stillValid();
  }

  /** Ctrl, pressed or let go while the pointer rests, snaps or unsnaps at once. */
  #modify({ shift, ctrl, alt, meta }: Modifiers): void {
    const modifiers = { shift, ctrl, alt, meta };
    if (!sameModifiers(modifiers, this.#last.modifiers)) this.#draw({ ...this.#last, modifiers });
  }

  #draw(input: PointerInput): void {
    this.#last = input;
    this.#moved ||= pixelsApart(this.#start, input) > STILL_PIXELS;
    if (!this.#moved) return;
    this.#drawn = this.#drag.measure(input) ?? this.#drawn;
    this.#show();
  }

  #show(): void {
    this.#gesture.typed = this.#typed.shown;
    this.#drag.show(this.#typed.over(this.#drawn));
  }
}
