import { isDrag } from '../pointer-distance.ts';
import type { PointerInput } from '../pointer-input.ts';
import type { ToolContext, ToolState } from '../tool-state.ts';
import { click } from './click.ts';
import { Marquee } from './marquee.ts';

/** What becomes of a press on the scene that was not on a handle. */
export interface Press {
  readonly input: PointerInput;
  /** A drag draws a rectangle; else it is the camera's. */
  readonly selects: boolean;
  /** The last click was here too. */
  readonly again: boolean;
}

/** Pressed on the scene: a click, unless the pointer strays. */
export class Pointing implements ToolState {
  readonly capturing: boolean;
  readonly #context: ToolContext;
  readonly #press: Press;
  readonly #onClick: (input: PointerInput) => void;

  constructor(context: ToolContext, press: Press, onClick: (input: PointerInput) => void) {
    this.#context = context;
    this.#press = press;
    this.#onClick = onClick;
    this.capturing = press.selects;
  }

  pointer(input: PointerInput): ToolState | undefined {
    const { input: start, selects, again } = this.#press;
    if (input.type === 'down') return this;
    if (isDrag(start, input)) {
      if (!selects || start.screen === undefined) return undefined;
      return new Marquee(this.#context, start.screen).pointer(input);
    }
    if (input.type !== 'up') return this;
    click(this.#context, input, again);
    this.#onClick(input);
    return undefined;
  }

  cancel(): void {
    // Nothing was shown.
  }
}
