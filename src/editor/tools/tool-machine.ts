import type { KeyInput, PointerInput } from './pointer-input.ts';
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

  /** Lets a gesture have a key. False when there is none that owns the pointer. */
  key(input: KeyInput): boolean {
    if (!this.busy) return false;
    if (this.#state.key) this.#state = this.#state.key(input) ?? this.#idle;
    return true;
  }

  /** Ends a gesture without effect. False when there was none. */
  cancel(): boolean {
    const busy = this.#state.capturing;
    const armed = this.#state.cancel() === true;
    this.#state = this.#idle;
    return busy || armed;
  }

  /** Cancels a gesture whose objects are gone. */
  update(): void {
    if (this.#state.stillValid?.() === false) this.cancel();
  }
}
