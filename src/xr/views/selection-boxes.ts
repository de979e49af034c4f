import {
  BufferAttribute,
  BufferGeometry,
  type Color,
  Group,
  LineBasicMaterial,
  LineSegments,
} from 'three';
import { type Entity, NO_ENTITY } from '../../ecs/entity.ts';
import type { Editor } from '../../editor/editor.ts';
import { displayColor } from '../../render/neutral-tone.ts';
import { PALETTE } from '../../render/palette.ts';
import type { SceneView } from '../../render/scene-view.ts';

/** More boxes than this say no more than "everything". */
const MOST_BOXES = 128;
/** A corner is drawn with three strokes, each this share of its edge. */
const CORNER = 0.22;
const CORNERS = 8;
const FLOATS_PER_BOX = CORNERS * 3 * 2 * 3;
/** How far the box stands off, as a share of its size. */
const MARGIN = 0.02;
const RENDER_ORDER = 900;

/**
 * What is selected, by the corners of its box: one's own, what a hand points at, and what others have, in
 * their colours. An outline on the screen would need a pass for each eye; this is one draw call.
 */
export class SelectionBoxes {
  readonly root = new Group();
  readonly #editor: Editor;
  readonly #view: SceneView;
  readonly #positions = new BufferAttribute(new Float32Array(MOST_BOXES * FLOATS_PER_BOX), 3);
  readonly #colors = new BufferAttribute(new Float32Array(MOST_BOXES * FLOATS_PER_BOX), 3);
  readonly #lines: LineSegments<BufferGeometry, LineBasicMaterial>;
  #boxes = 0;

  constructor(editor: Editor, view: SceneView) {
    this.#editor = editor;
    this.#view = view;
    const geometry = new BufferGeometry();
    geometry.setAttribute('position', this.#positions);
    geometry.setAttribute('color', this.#colors);
    const material = new LineBasicMaterial({ vertexColors: true, depthTest: false });
    this.#lines = new LineSegments(geometry, material);
    this.#lines.frustumCulled = false;
    this.#lines.renderOrder = RENDER_ORDER;
    this.root.name = 'selection';
    this.root.add(this.#lines);
  }

  update(): void {
    this.#boxes = 0;
    const { entities, hovered } = this.#editor.selection.getState();
    for (const { selection, color } of this.#editor.people.getState().others) {
      for (const entity of selection) this.#add(entity, displayColor(color));
    }
    if (hovered !== NO_ENTITY && !entities.includes(hovered)) {
      this.#add(hovered, displayColor(PALETTE.hover));
    }
    for (const entity of entities) this.#add(entity, displayColor(PALETTE.selection));
    this.#lines.geometry.setDrawRange(0, (this.#boxes * FLOATS_PER_BOX) / 3);
    this.root.visible = this.#boxes > 0;
    this.#positions.needsUpdate = this.root.visible;
    this.#colors.needsUpdate = this.root.visible;
  }

  dispose(): void {
    this.#lines.geometry.dispose();
    this.#lines.material.dispose();
    this.root.removeFromParent();
  }

  #add(entity: Entity, { r, g, b }: Color): void {
    if (this.#boxes >= MOST_BOXES) return;
    const box = this.#view.bounds([entity]);
    if (box.isEmpty()) return;
    box.expandByScalar(MARGIN * box.min.distanceTo(box.max) * 0.5);
    const colors = this.#colors.array as Float32Array;
    const start = this.#boxes * FLOATS_PER_BOX;
    for (let at = start; at < start + FLOATS_PER_BOX; at += 3) colors.set([r, g, b], at);
    const positions = this.#positions.array as Float32Array;
    let at = start;
    const [low, high] = [box.min.toArray(), box.max.toArray()];
    for (let corner = 0; corner < CORNERS; corner++) {
      const from = low.map((value, axis) => (corner & (1 << axis) ? high[axis]! : value));
      for (let axis = 0; axis < 3; axis++) {
        const to = [...from];
        const other = corner & (1 << axis) ? low[axis]! : high[axis]!;
        to[axis] = from[axis]! + (other - from[axis]!) * CORNER;
        positions.set(from, at);
        positions.set(to, at + 3);
        at += 6;
      }
    }
    this.#boxes += 1;
  }
}
