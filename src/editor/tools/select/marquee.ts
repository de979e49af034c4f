import type { Entity } from '../../../ecs/entity.ts';
import type { Modifiers, PointerInput, ScreenPoint, ScreenRect } from '../pointer-input.ts';
import type { ToolContext, ToolState } from '../tool-state.ts';

/** A rectangle being drawn, that selects what is in it: with Shift in addition, with Alt taken away. */
export class Marquee implements ToolState {
  readonly capturing = true;
  readonly #context: ToolContext;
  readonly #start: ScreenPoint;
  #end: ScreenPoint;

  constructor(context: ToolContext, start: ScreenPoint) {
    this.#context = context;
    this.#start = start;
    this.#end = start;
  }

  pointer({ type, screen, modifiers }: PointerInput): ToolState | undefined {
    this.#end = screen ?? this.#end;
    const rect = rectOf(this.#start, this.#end);
    if (type !== 'up') {
      this.#context.tools.setState({ marquee: rect });
      return this;
    }
    this.cancel();
    this.#selectIn(rect, modifiers);
    return undefined;
  }

  cancel(): void {
    this.#context.tools.setState({ marquee: null });
  }

  #selectIn(rect: ScreenRect, { shift, alt }: Modifiers): void {
    const { scene, selection } = this.#context;
    const inside = this.#context.viewport()?.entitiesIn(rect) ?? [];
    const pickable = inside.filter((entity) => scene.isPickable(entity));
    if (alt) selection.select(without(selection.entities, pickable));
    else selection.select(pickable, shift ? 'add' : 'replace');
  }
}

function without(entities: readonly Entity[], taken: readonly Entity[]): Entity[] {
  const gone = new Set(taken);
  return entities.filter((entity) => !gone.has(entity));
}

function rectOf(a: ScreenPoint, b: ScreenPoint): ScreenRect {
  return {
    left: Math.min(a.x, b.x),
    top: Math.min(a.y, b.y),
    right: Math.max(a.x, b.x),
    bottom: Math.max(a.y, b.y),
  };
}
