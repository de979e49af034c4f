import {
  CanvasTexture,
  DoubleSide,
  Group,
  LinearFilter,
  LinearMipmapLinearFilter,
  Mesh,
  MeshBasicMaterial,
  PlaneGeometry,
  Quaternion,
  SRGBColorSpace,
  Vector3,
} from 'three';
import type { Context2D } from '../../render/canvas-texture.ts';
import type { Hand } from '../interaction/hand.ts';
import type { RayTarget } from '../interaction/ray-target.ts';
import type { Side } from '../interaction/settings.ts';
import { paintPanel } from './paint.ts';
import {
  isPressable,
  layOut,
  type PanelShape,
  type PlacedWidget,
  type Widget,
  type WidgetRow,
  widgetAt,
} from './widget.ts';

/** Pixels of a metre of a panel: a headset shows some 1,400 of them at arm's length. */
const DENSITY = 2000;
/** A press that goes farther than this, in metres, is a drag. */
const DRAGS_M = 0.006;
const RENDER_ORDER = 940;

export interface PanelControl {
  readonly label: string;
  /** Metres of the room. */
  readonly position: readonly [number, number, number];
}

/** A hand that holds down a widget. */
interface Pressed {
  readonly placed: PlacedWidget;
  readonly from: number;
  moved: boolean;
}

/**
 * A panel in the headset: widgets painted on a canvas, shown on one rectangle, pressed by rays. It is
 * painted again only when what it says has changed. Its `root` is in the person's metres.
 */
export class Panel implements RayTarget {
  readonly root = new Group();
  /** The hand that holds the panel: it does not press it as well. */
  carrier: Side | undefined;
  readonly shape: PanelShape;
  readonly #rows: () => readonly WidgetRow[];
  readonly #context: Context2D | undefined;
  readonly #texture: CanvasTexture<OffscreenCanvas> | undefined;
  readonly #mesh: Mesh<PlaneGeometry, MeshBasicMaterial>;
  readonly #pointed = new Map<Side, Widget | undefined>();
  readonly #pressed = new Map<Side, Pressed>();
  #placed: readonly PlacedWidget[] = [];
  #painted = '';

  /** @param rows what it says now; asked once a frame */
  constructor(shape: PanelShape, rows: () => readonly WidgetRow[]) {
    this.shape = shape;
    this.#rows = rows;
    const geometry = new PlaneGeometry(shape.width, shape.height);
    const material = new MeshBasicMaterial({
      transparent: true,
      side: DoubleSide,
      toneMapped: false,
    });
    if (typeof OffscreenCanvas !== 'undefined') {
      const canvas = new OffscreenCanvas(shape.width * DENSITY, shape.height * DENSITY);
      this.#context = canvas.getContext('2d') ?? undefined;
      this.#texture = new CanvasTexture(canvas);
      this.#texture.colorSpace = SRGBColorSpace;
      this.#texture.minFilter = LinearMipmapLinearFilter;
      this.#texture.magFilter = LinearFilter;
      this.#texture.anisotropy = 8;
      material.map = this.#texture;
    }
    this.#mesh = new Mesh(geometry, material);
    this.#mesh.renderOrder = RENDER_ORDER;
    this.root.add(this.#mesh);
  }

  /** What is on it, for tests and for whoever reads it aloud. */
  get widgets(): readonly Widget[] {
    return this.#placed.map(({ widget }) => widget);
  }

  /** The middle of a widget, in the space that the panel stands in. */
  placeOf(label: string): Vector3 | undefined {
    const found = this.#placed.find(({ widget }) => widget.label === label);
    if (found === undefined) return undefined;
    const x = (found.left + found.width / 2 - 0.5) * this.shape.width;
    const y = (0.5 - found.top - found.height / 2) * this.shape.height;
    return new Vector3(x, y, 0).applyMatrix4(this.root.matrixWorld);
  }

  /** What can be pressed now, and where it is, in the space that the panel stands in. */
  controls(): PanelControl[] {
    if (!this.visible) return [];
    this.root.updateMatrix();
    return this.#placed
      .filter(({ widget }) => isPressable(widget))
      .map(({ widget, left, top, width, height }) => {
        const x = (left + width / 2 - 0.5) * this.shape.width;
        const y = (0.5 - top - height / 2) * this.shape.height;
        return {
          label: widget.label,
          position: new Vector3(x, y, 0).applyMatrix4(this.root.matrix).toArray(),
        };
      });
  }

  get visible(): boolean {
    return this.root.visible;
  }

  set visible(visible: boolean) {
    this.root.visible = visible;
  }

  /** Paints what has changed. */
  update(): void {
    if (!this.visible) return;
    const rows = this.#rows();
    this.#placed = layOut(rows, this.shape);
    for (const [side, pointed] of this.#pointed) this.#pointed.set(side, this.#again(pointed));
    const hovered = new Set([...this.#pointed.values()].filter((each) => each !== undefined));
    const key = keyOf(this.#placed, hovered);
    if (key === this.#painted || this.#context === undefined || !this.#texture) return;
    this.#painted = key;
    const { width, height } = this.#texture.image;
    const line = this.shape.line * DENSITY;
    paintPanel(this.#context, { placed: this.#placed, hovered, width, height, line });
    this.#texture.needsUpdate = true;
  }

  hover(hand: Hand): number | undefined {
    const at = this.#meet(hand);
    if (at === undefined) return undefined;
    if (!this.#pressed.has(hand.side)) {
      this.#pointed.set(hand.side, widgetAt(this.#placed, at.x, at.y)?.widget);
    }
    return at.distance;
  }

  leave(side: Side): void {
    if (!this.#pressed.has(side)) this.#pointed.delete(side);
  }

  press(hand: Hand): void {
    const at = this.#meet(hand);
    const placed = at && widgetAt(this.#placed, at.x, at.y);
    if (at === undefined || placed === undefined) return;
    this.#pressed.set(hand.side, { placed, from: at.x, moved: false });
    this.#pointed.set(hand.side, placed.widget);
    placed.widget.drag?.begin();
  }

  drag(hand: Hand): void {
    const pressed = this.#pressed.get(hand.side);
    if (pressed === undefined) return;
    pressed.placed.widget.hold?.(hand);
    const at = this.#meet(hand, true);
    if (at === undefined) return;
    const metres = (at.x - pressed.from) * this.shape.width;
    pressed.moved ||= Math.abs(metres) > DRAGS_M;
    if (pressed.moved) pressed.placed.widget.drag?.move(metres);
  }

  release(hand: Hand | undefined, side: Side): void {
    const pressed = this.#pressed.get(side);
    this.#pressed.delete(side);
    if (pressed === undefined) return;
    const { widget } = pressed.placed;
    widget.drag?.end(pressed.moved);
    const at = hand && this.#meet(hand);
    const { left, top, width, height } = pressed.placed;
    const over = at && at.x >= left && at.x <= left + width && at.y >= top && at.y <= top + height;
    if (over && !(widget.drag && pressed.moved)) widget.run?.();
  }

  dispose(): void {
    this.#texture?.dispose();
    this.#mesh.geometry.dispose();
    this.#mesh.material.dispose();
    this.root.removeFromParent();
  }

  /** The widget that now stands for one of before: rows are made anew each frame. */
  #again(widget: Widget | undefined): Widget | undefined {
    return (
      widget &&
      this.#placed.find(
        ({ widget: each }) =>
          each.label === widget.label && each.look === widget.look && each.color === widget.color,
      )?.widget
    );
  }

  /** Where the ray meets the panel: shares of its width and height, and world metres. */
  #meet(
    { ray, side }: Hand,
    beside = false,
  ): { x: number; y: number; distance: number } | undefined {
    if (!this.visible || side === this.carrier) return undefined;
    this.root.updateWorldMatrix(true, false);
    const inverse = this.root.matrixWorld.clone().invert();
    const origin = new Vector3(...ray.origin);
    const from = origin.clone().applyMatrix4(inverse);
    const to = origin
      .clone()
      .add(new Vector3(...ray.direction))
      .applyMatrix4(inverse)
      .sub(from);
    if (to.z === 0 || from.z / to.z >= 0) return undefined;
    const along = -from.z / to.z;
    const x = (from.x + to.x * along) / this.shape.width + 0.5;
    const y = 0.5 - (from.y + to.y * along) / this.shape.height;
    if (!beside && (x < 0 || x > 1 || y < 0 || y > 1)) return undefined;
    return { x, y, distance: along };
  }
}

/** Everything that shows, in a text. */
function keyOf(placed: readonly PlacedWidget[], hovered: ReadonlySet<Widget>): string {
  return placed
    .map(
      ({ widget, left, top }) =>
        `${widget.look}|${widget.label}|${widget.detail}|${widget.color}|${widget.active}|${widget.disabled}|${widget.depth}|${hovered.has(widget)}|${left}|${top}`,
    )
    .join('\n');
}

/** Turns an object so that its front (+z) looks at a point, standing upright. Both in one space. */
export function faceTo(object: Group, point: Vector3, tilt = 0): void {
  const away = point.clone().sub(object.position);
  const yaw = Math.atan2(away.x, away.z);
  object.quaternion
    .setFromAxisAngle(new Vector3(0, 1, 0), yaw)
    .multiply(new Quaternion().setFromAxisAngle(new Vector3(1, 0, 0), -tilt));
}
