import type { PointerInput } from '../pointer-input.ts';
import type { ToolState } from '../tool-state.ts';
import type { TransformGesture } from './transform-gesture.ts';

/** The state while a handle of the gizmo is held: moves show, release writes, `cancel` lets be. */
export class Dragging implements ToolState {
  readonly capturing = true;
  readonly #gesture: TransformGesture;
  readonly #show: (input: PointerInput) => void;

  /** `show` previews where the pointer has dragged to, or keeps the last where it can't tell. */
  constructor(gesture: TransformGesture, show: (input: PointerInput) => void) {
    this.#gesture = gesture;
    this.#show = show;
  }

  pointer(input: PointerInput): ToolState | undefined {
    if (input.type === 'down') return this;
    this.#show(input);
    if (input.type === 'move') return this;
    this.#gesture.commit();
    return undefined;
  }

  cancel(): void {
    this.#gesture.cancel();
  }

  stillValid(): boolean {
    return this.#gesture.stillValid();
  }
}
