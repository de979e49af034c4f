import { NO_ENTITY } from '../../../ecs/entity.ts';
import type { PointerInput } from '../pointer-input.ts';
import type { ToolContext, ToolState } from '../tool-state.ts';
import { grabHandle } from '../transform/grab-handle.ts';
import { Marquee } from './marquee.ts';
import { Pointing } from './pointing.ts';

const MAIN_BUTTON = 0;

/** Nothing is held: the pointer hovers, and a press begins something. */
export class Idle implements ToolState {
  readonly capturing = false;
  readonly #context: ToolContext;

  constructor(context: ToolContext) {
    this.#context = context;
  }

  pointer(input: PointerInput): ToolState {
    this.#hover(input);
    if (input.type !== 'down' || input.button !== MAIN_BUTTON) return this;
    if (input.handle !== undefined) return grabHandle(this.#context, input.handle, input) ?? this;
    const { ctrl, meta } = input.modifiers;
    return ctrl || meta
      ? new Marquee(this.#context, input.screen)
      : new Pointing(this.#context, input.screen);
  }

  cancel(): void {
    this.#context.selection.hover(NO_ENTITY);
  }

  #hover({ hit, handle }: PointerInput): void {
    const entity = handle === undefined ? (hit?.entity ?? NO_ENTITY) : NO_ENTITY;
    const pickable = entity !== NO_ENTITY && !this.#context.scene.isLocked(entity);
    this.#context.selection.hover(pickable ? entity : NO_ENTITY);
  }
}
