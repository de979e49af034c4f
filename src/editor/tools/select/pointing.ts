import type { PointerInput, ScreenPoint } from '../pointer-input.ts';
import type { ToolContext, ToolState } from '../tool-state.ts';
import { click } from './click.ts';
import { isDrag } from './drag-distance.ts';

/** Pressed on the scene: a click, unless the pointer strays; then the drag is the camera's. */
export class Pointing implements ToolState {
  readonly capturing = false;
  readonly #context: ToolContext;
  readonly #start: ScreenPoint;

  constructor(context: ToolContext, start: ScreenPoint) {
    this.#context = context;
    this.#start = start;
  }

  pointer(input: PointerInput): ToolState | undefined {
    if (isDrag(this.#start, input.screen)) return undefined;
    if (input.type !== 'up') return this;
    click(this.#context, input);
    return undefined;
  }

  cancel(): void {
    // Nothing was shown.
  }
}
