import { Quaternion, Vector3 } from 'three';
import type { Editor, Vec3 } from '../../editor/editor.ts';
import { type DrawnShape, isDrawn, shapeBetween } from '../../editor/hands/shape-between.ts';
import {
  type DrawnMesh,
  isNextPoint,
  type StrokeKind,
  type StrokePoint,
  strokeMesh,
} from '../../editor/hands/stroke-mesh.ts';
import { snapTo } from '../../editor/snapping/snap.ts';
import { formatNumber } from '../../editor/tools/readout.ts';
import type { BrushState } from './brush.ts';
import type { Hand } from './hand.ts';
import { linearColor } from './linear-color.ts';

/** Of one stroke: at 2 cm, some 13 metres. Beyond them it draws no further. */
const MOST_POINTS = 2000;

/** A picture of what is being drawn, before it is anything. World space. */
export type Ghost =
  | { readonly kind: 'shape'; readonly shape: DrawnShape; readonly color: string }
  | { readonly kind: 'mesh'; readonly mesh: DrawnMesh; readonly color: string }
  | { readonly kind: 'measure'; readonly from: Vec3; readonly to: Vec3; readonly label: string };

/** One stroke of a brush: from where the trigger was pressed to where it is let go. */
export interface Stroke {
  readonly ghost: Ghost | undefined;
  move(hand: StrokeHand): void;
  /** Makes what was drawn. False when there was not enough of it. */
  end(): boolean | Promise<unknown>;
}

/** What a stroke needs of the hand that draws it. */
export type StrokeHand = Pick<Hand, 'tip' | 'grip'>;

export interface StrokeStart {
  readonly editor: Editor;
  readonly brush: BrushState;
  readonly hand: StrokeHand;
  /** Radians that the person is turned about the vertical. */
  readonly yaw: number;
  /** World metres to one of the person's. */
  readonly scale: number;
}

/** Begins what the brush draws. */
export function beginStroke(start: StrokeStart): Stroke {
  const { kind } = start.brush;
  if (kind === 'measure') return new Measuring(start);
  return kind === 'ribbon' || kind === 'tube'
    ? new DrawingFreely(start, kind)
    : new DrawingShape(start);
}

/** A primitive between two corners. Snapped where snapping is on: then it stands along the world's axes. */
class DrawingShape implements Stroke {
  readonly #start: StrokeStart;
  readonly #from: Vec3;
  #to: Vec3;

  constructor(start: StrokeStart) {
    this.#start = start;
    this.#from = snappedTo(start.editor, start.hand.tip);
    this.#to = this.#from;
  }

  get ghost(): Ghost {
    return { kind: 'shape', shape: this.#shape(), color: this.#start.brush.color };
  }

  move({ tip }: StrokeHand): void {
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

/** A ribbon or a tube along the hand's way, which becomes a mesh when the hand lets go. */
class DrawingFreely implements Stroke {
  readonly #start: StrokeStart;
  readonly #kind: StrokeKind;
  readonly #points: StrokePoint[];
  /** Of the points so far; made anew when there is one more, and the same until then. */
  #ghost: Extract<Ghost, { kind: 'mesh' }> | undefined;

  constructor(start: StrokeStart, kind: StrokeKind) {
    this.#start = start;
    this.#kind = kind;
    this.#points = [pointOf(start.hand)];
  }

  get ghost(): Ghost | undefined {
    return this.#ghost;
  }

  move(hand: StrokeHand): void {
    const last = this.#points.at(-1)!;
    if (this.#points.length >= MOST_POINTS || !isNextPoint(last.position, hand.tip, this.#width)) {
      return;
    }
    this.#points.push(pointOf(hand));
    const mesh = strokeMesh(this.#kind, this.#points, this.#width);
    this.#ghost = mesh && { kind: 'mesh', mesh, color: this.#start.brush.color };
  }

  end(): boolean | Promise<unknown> {
    if (this.#ghost === undefined) return false;
    const { mesh, color } = this.#ghost;
    return this.#start.editor.addDrawnMesh(mesh, linearColor(color));
  }

  get #width(): number {
    return this.#start.brush.width * this.#start.scale;
  }
}

function pointOf({ tip, grip }: StrokeHand): StrokePoint {
  const [x, y, z] = new Vector3(1, 0, 0)
    .applyQuaternion(new Quaternion(...grip.rotation))
    .toArray();
  return { position: tip, across: [x!, y!, z!] };
}

/** How far it is from one point to another; nothing is made. */
class Measuring implements Stroke {
  readonly #editor: Editor;
  readonly #from: Vec3;
  #to: Vec3;

  constructor({ editor, hand }: StrokeStart) {
    this.#editor = editor;
    this.#from = snappedTo(editor, hand.tip);
    this.#to = this.#from;
  }

  get ghost(): Ghost {
    const [from, to] = [this.#from, this.#to];
    return { kind: 'measure', from, to, label: metres(from, to) };
  }

  move({ tip }: StrokeHand): void {
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
