import { NO_ENTITY } from '../../../ecs/entity.ts';
import { isDrag } from '../pointer-distance.ts';
import type { PointerInput } from '../pointer-input.ts';
import type { ToolContext, ToolState } from '../tool-state.ts';
import { grabHandle } from '../transform/grab-handle.ts';
import { Pointing } from './pointing.ts';

const MAIN_BUTTON = 0;

/** Nothing is held: the pointer hovers, and a press begins something. */
export class Idle implements ToolState {
  readonly capturing = false;
  readonly #context: ToolContext;
  #lastClick: PointerInput | undefined;

  constructor(context: ToolContext) {
    this.#context = context;
  }

  pointer(input: PointerInput): ToolState {
    this.#hover(input);
    if (input.type !== 'down' || input.button !== MAIN_BUTTON) return this;
    if (input.handle !== undefined) return grabHandle(this.#context, input.handle, input) ?? this;
    return this.#press(input);
  }

  /** Escape disarms a marquee that has not begun. */
  cancel(): boolean {
    const { selection, tools } = this.#context;
    const armed = tools.getState().boxSelecting;
    selection.hover(NO_ENTITY);
    if (armed) tools.setState({ boxSelecting: false });
    return armed;
  }

  #press(input: PointerInput): ToolState {
    const { tools, view } = this.#context;
    const { ctrl, meta, alt } = input.modifiers;
    const { boxSelecting } = tools.getState();
    const { navigation } = view.getState();
    const dragSelects = navigation === 'blender' || (navigation === 'maya' && !alt);
    if (boxSelecting) tools.setState({ boxSelecting: false });
    const press = {
      input,
      selects: input.screen !== undefined && (ctrl || meta || boxSelecting || dragSelects),
      again: this.#lastClick !== undefined && !isDrag(this.#lastClick, input),
    };
    return new Pointing(this.#context, press, (at) => {
      this.#lastClick = at;
    });
  }

  #hover({ hit, handle }: PointerInput): void {
    const entity = handle === undefined ? (hit?.entity ?? NO_ENTITY) : NO_ENTITY;
    const pickable = entity !== NO_ENTITY && this.#context.scene.isPickable(entity);
    this.#context.selection.hover(pickable ? entity : NO_ENTITY);
  }
}
