import type { PointerInput } from './pointer-input.ts';
import { Idle } from './select/idle.ts';
import type { ToolContext, ToolState } from './tool-state.ts';

/** Runs the states of the tools: between gestures it is idle. */
export class ToolMachine {
  readonly #idle: Idle;
  #state: ToolState;

  constructor(context: ToolContext) {
    this.#idle = new Idle(context);
    this.#state = this.#idle;
  }

  /** Whether a gesture owns the pointer. */
  get busy(): boolean {
    return this.#state.capturing;
  }

  /** Whether this input belongs to a gesture, and not to the camera. */
  pointer(input: PointerInput): boolean {
    const before = this.#state.capturing;
    if (input.type === 'cancel') this.cancel();
    else this.#state = this.#state.pointer(input) ?? this.#idle;
    return before || this.#state.capturing;
  }

  /** Ends a gesture without effect. False when there was none. */
  cancel(): boolean {
    const busy = this.#state.capturing;
    this.#state.cancel();
    this.#state = this.#idle;
    return busy;
  }

  /** Cancels a gesture whose objects are gone. */
  update(): void {
    if (this.#state.stillValid?.() === false) this.cancel();
  }
}
