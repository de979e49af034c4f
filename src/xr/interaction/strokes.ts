import type { Editor, Vec3 } from '../../editor/editor.ts';
import { type DrawnShape, isDrawn, shapeBetween } from '../../editor/hands/shape-between.ts';
import { snapTo } from '../../editor/snapping/snap.ts';
import { formatNumber } from '../../editor/tools/readout.ts';
import type { BrushState } from './brush.ts';
import { linearColor } from './linear-color.ts';

/** A picture of what is being drawn, before it is anything. World space. */
export type Ghost =
  | { readonly kind: 'shape'; readonly shape: DrawnShape; readonly color: string }
  | { readonly kind: 'measure'; readonly from: Vec3; readonly to: Vec3; readonly label: string };

/** One stroke of a brush: from where the trigger was pressed to where it is let go. */
export interface Stroke {
  readonly ghost: Ghost | undefined;
  move(tip: Vec3): void;
  /** Makes what was drawn. False when there was not enough of it. */
  end(): boolean;
}

export interface StrokeStart {
  readonly editor: Editor;
  readonly brush: BrushState;
  readonly tip: Vec3;
  /** Radians that the person is turned about the vertical. */
  readonly yaw: number;
  /** World metres to one of the person's. */
  readonly scale: number;
}

/** Begins what the brush draws. */
export function beginStroke(start: StrokeStart): Stroke {
  return start.brush.kind === 'measure' ? new Measuring(start) : new DrawingShape(start);
}

/** A primitive between two corners. Snapped where snapping is on: then it stands along the world's axes. */
class DrawingShape implements Stroke {
  readonly #start: StrokeStart;
  readonly #from: Vec3;
  #to: Vec3;

  constructor(start: StrokeStart) {
    this.#start = start;
    this.#from = snappedTo(start.editor, start.tip);
    this.#to = this.#from;
  }

  get ghost(): Ghost {
    return { kind: 'shape', shape: this.#shape(), color: this.#start.brush.color };
  }

  move(tip: Vec3): void {
    this.#to = snappedTo(this.#start.editor, tip);
  }

  end(): boolean {
    const { editor, brush, scale } = this.#start;
    if (!isDrawn(this.#from, this.#to, scale)) return false;
    editor.addDrawnShape(this.#shape(), linearColor(brush.color));
    return true;
  }

  #shape(): DrawnShape {
    const { editor, brush, yaw } = this.#start;
    const along = editor.tools.getState().snap.enabled ? 0 : yaw;
    return shapeBetween(brush.shape, this.#from, this.#to, along);
  }
}

/** How far it is from one point to another; nothing is made. */
class Measuring implements Stroke {
  readonly #editor: Editor;
  readonly #from: Vec3;
  #to: Vec3;

  constructor({ editor, tip }: StrokeStart) {
    this.#editor = editor;
    this.#from = snappedTo(editor, tip);
    this.#to = this.#from;
  }

  get ghost(): Ghost {
    const [from, to] = [this.#from, this.#to];
    return { kind: 'measure', from, to, label: metres(from, to) };
  }

  move(tip: Vec3): void {
    this.#to = snappedTo(this.#editor, tip);
  }

  end(): boolean {
    this.#editor.notify({ kind: 'info', text: `Measured ${metres(this.#from, this.#to)}` });
    return true;
  }
}

function snappedTo(editor: Editor, point: Vec3): Vec3 {
  const { snap } = editor.tools.getState();
  if (!snap.enabled) return point;
  const [x, y, z] = point;
  return [snapTo(x, snap.position), snapTo(y, snap.position), snapTo(z, snap.position)];
}

function metres(a: Vec3, b: Vec3): string {
  const length = Math.hypot(b[0] - a[0], b[1] - a[1], b[2] - a[2]);
  return length < 1 ? `${formatNumber(length * 100, 1)} cm` : `${formatNumber(length, 3)} m`;
}
