import {
  BufferAttribute,
  BufferGeometry,
  Float32BufferAttribute,
  Group,
  Line,
  LineBasicMaterial,
  Mesh,
  MeshBasicMaterial,
} from 'three';
import type { DrawnShape } from '../../editor/hands/shape-between.ts';
import {
  type PrimitiveValue,
  primitiveGeometry,
} from '../../render/geometry/primitive-geometry.ts';
import { displayColor } from '../../render/neutral-tone.ts';
import { PALETTE } from '../../render/palette.ts';
import { Label } from '../../render/presence/label.ts';
import type { Ghost } from '../interaction/strokes.ts';

const GHOST_OPACITY = 0.55;

/** With the fields that its kind does not use. */
function whole({ primitive }: DrawnShape): PrimitiveValue {
  const unused = { width: 1, height: 1, depth: 1, radius: 1, tube: 1, segments: 32 };
  return { ...unused, ...primitive } as PrimitiveValue;
}

/** What is being drawn, before it is anything: the shape half there, the distance with its length. */
export class GhostView {
  readonly root = new Group();
  #shown: readonly Ghost[] = [];
  /** Painted once for each text that it says. */
  #label: { readonly text: string; readonly name: Label } | undefined;

  constructor() {
    this.root.name = 'ghosts';
  }

  update(ghosts: readonly Ghost[]): void {
    // What is on its way into the scene, and a stroke whose hand rests, stay as they are.
    const same = ghosts.length === this.#shown.length;
    if (same && ghosts.every((ghost, at) => ghost === this.#shown[at])) return;
    this.#clear();
    this.#shown = ghosts;
    for (const ghost of ghosts) {
      if (ghost.kind === 'shape') this.#showShape(ghost);
      else if (ghost.kind === 'mesh') this.#showMesh(ghost);
      else this.#showMeasure(ghost);
    }
  }

  dispose(): void {
    this.#clear();
    this.#label?.name.dispose();
    this.root.removeFromParent();
  }

  #showShape({ shape, color }: Extract<Ghost, { kind: 'shape' }>): void {
    const material = new MeshBasicMaterial({
      color: displayColor(color),
      transparent: true,
      opacity: GHOST_OPACITY,
    });
    const mesh = new Mesh(primitiveGeometry(whole(shape)), material);
    mesh.position.set(...shape.position);
    mesh.quaternion.set(...shape.rotation);
    this.root.add(mesh);
  }

  #showMesh({ mesh, color }: Extract<Ghost, { kind: 'mesh' }>): void {
    const geometry = new BufferGeometry();
    geometry.setAttribute('position', new BufferAttribute(mesh.positions, 3));
    geometry.setIndex(new BufferAttribute(mesh.indices, 1));
    const shown = new Mesh(geometry, new MeshBasicMaterial({ color: displayColor(color) }));
    shown.position.set(...mesh.position);
    this.root.add(shown);
  }

  #showMeasure({ from, to, label }: Extract<Ghost, { kind: 'measure' }>): void {
    const geometry = new BufferGeometry();
    geometry.setAttribute('position', new Float32BufferAttribute([...from, ...to], 3));
    const color = displayColor(PALETTE.gizmoHighlight);
    const line = new Line(geometry, new LineBasicMaterial({ color, depthTest: false }));
    const { sprite } = this.#labelOf(label);
    sprite.position.set((from[0] + to[0]) / 2, (from[1] + to[1]) / 2, (from[2] + to[2]) / 2);
    sprite.visible = true;
    this.root.add(line);
  }

  #labelOf(text: string): Label {
    if (this.#label?.text !== text) {
      this.#label?.name.dispose();
      this.#label = { text, name: new Label(text, PALETTE.gizmoHighlight) };
      this.root.add(this.#label.name.sprite);
    }
    return this.#label.name;
  }

  #clear(): void {
    if (this.#label) this.#label.name.sprite.visible = false;
    for (const child of [...this.root.children]) {
      if (child === this.#label?.name.sprite) continue;
      const { geometry, material } = child as Mesh<BufferGeometry, MeshBasicMaterial>;
      geometry.dispose();
      material.dispose();
      child.removeFromParent();
    }
  }
}
