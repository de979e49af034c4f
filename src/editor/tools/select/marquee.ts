import type { PointerInput, ScreenPoint, ScreenRect } from '../pointer-input.ts';
import type { ToolContext, ToolState } from '../tool-state.ts';
import { click } from './click.ts';
import { isDrag } from './drag-distance.ts';

/**
 * Ctrl (Cmd) and drag: a rectangle that selects what is in it, with Shift in addition. A plain drag
 * orbits. Released where it was pressed it is a click.
 */
export class Marquee implements ToolState {
  readonly capturing = true;
  readonly #context: ToolContext;
  readonly #start: ScreenPoint;
  #drawn = false;

  constructor(context: ToolContext, start: ScreenPoint) {
    this.#context = context;
    this.#start = start;
  }

  pointer(input: PointerInput): ToolState | undefined {
    this.#drawn ||= isDrag(this.#start, input.screen);
    const rect = rectOf(this.#start, input.screen);
    if (input.type !== 'up') {
      if (this.#drawn) this.#context.tools.setState({ marquee: rect });
      return this;
    }
    this.cancel();
    if (this.#drawn) this.#selectIn(rect, input.modifiers.shift);
    else click(this.#context, input);
    return undefined;
  }

  cancel(): void {
    this.#context.tools.setState({ marquee: null });
  }

  #selectIn(rect: ScreenRect, adding: boolean): void {
    const { scene, selection } = this.#context;
    const inside = this.#context.viewport()?.entitiesIn(rect) ?? [];
    const pickable = inside.filter((entity) => scene.isObject(entity) && !scene.isLocked(entity));
    selection.select(pickable, adding ? 'add' : 'replace');
  }
}

function rectOf(a: ScreenPoint, b: ScreenPoint): ScreenRect {
  return {
    left: Math.min(a.x, b.x),
    top: Math.min(a.y, b.y),
    right: Math.max(a.x, b.x),
    bottom: Math.max(a.y, b.y),
  };
}
