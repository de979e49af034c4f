import {
  BufferGeometry,
  type Color,
  Float32BufferAttribute,
  Group,
  LineBasicMaterial,
  LineSegments,
  type Matrix4,
  type PerspectiveCamera,
  type Ray,
  Sprite,
  SpriteMaterial,
  type Texture,
  Vector3,
} from 'three';
import type { Entity } from '../../ecs/entity.ts';
import { displayColor } from '../neutral-tone.ts';
import { PALETTE } from '../palette.ts';
import { type ExtraTargets, hitOf, type PickHit } from '../picking.ts';
import { isParallel, spriteScale } from '../view-camera.ts';
import { type IconKind, iconTexture } from './icons.ts';
import type { Segments } from './shapes.ts';

/** Side of an icon as a share of the viewport's height at one metre, kept at any distance. */
const ICON_SIZE = 0.032;
/** A pick counts within this share of the icon's half side. */
const PICK_SHARE = 0.9;
const LINE_ALPHA = 0.8;
const RENDER_ORDER = 20;

interface Mark {
  readonly entity: Entity;
  readonly kind: IconKind;
  readonly sprite: Sprite;
  readonly lines: LineSegments;
}

/**
 * Icons that stand for lights and cameras, of the same size on the screen at any distance, and the
 * lines that show the reach of those selected. Sharing of textures and disposal are its own matter.
 */
export class HelperMarks implements ExtraTargets {
  readonly root = new Group();
  readonly #marks = new Map<number, Mark>();
  readonly #textures = new Map<IconKind, Texture>();
  readonly #lineMaterial = new LineBasicMaterial({
    transparent: true,
    opacity: LINE_ALPHA,
    fog: false,
  });
  readonly #selectedColor = displayColor(PALETTE.selection);
  readonly #viewer = new Vector3();
  #parallel = false;
  #scale = 1;

  constructor() {
    this.root.name = 'helpers';
    this.#lineMaterial.color.copy(displayColor(PALETTE.helper));
  }

  /** Shows or updates what stands for the entity at an index. `tint` is linear. */
  set(
    index: number,
    entity: Entity,
    kind: IconKind,
    tint: Color,
    shape: Segments,
    world: Matrix4,
  ): void {
    const current = this.#marks.get(index);
    if (current !== undefined && (current.kind !== kind || current.entity !== entity)) {
      this.remove(index);
    }
    const mark = this.#marks.get(index) ?? this.#create(index, entity, kind);
    mark.sprite.userData.tint = tint;
    mark.sprite.material.color.copy(tint);
    mark.lines.geometry.dispose();
    mark.lines.geometry = new BufferGeometry();
    mark.lines.geometry.setAttribute('position', new Float32BufferAttribute(shape, 3));
    this.move(index, world);
  }

  move(index: number, world: Matrix4): void {
    const mark = this.#marks.get(index);
    if (mark === undefined) return;
    mark.sprite.position.setFromMatrixPosition(world);
    world.decompose(mark.lines.position, mark.lines.quaternion, mark.lines.scale);
    mark.lines.scale.set(1, 1, 1);
  }

  remove(index: number): void {
    const mark = this.#marks.get(index);
    if (mark === undefined) return;
    this.#marks.delete(index);
    mark.sprite.removeFromParent();
    mark.sprite.material.dispose();
    mark.lines.removeFromParent();
    mark.lines.geometry.dispose();
  }

  /** Shows the lines of these and colours their icons. */
  setSelected(isSelected: (index: number) => boolean): void {
    for (const [index, mark] of this.#marks) {
      const selected = isSelected(index);
      mark.lines.visible = selected && mark.lines.geometry.getAttribute('position').count > 0;
      const tint = selected ? this.#selectedColor : (mark.sprite.userData.tint as Color);
      mark.sprite.material.color.copy(tint);
    }
  }

  /** What the icons are seen by: they are as large on the screen from anywhere. */
  setViewer(camera: PerspectiveCamera): void {
    this.#viewer.copy(camera.position);
    this.#parallel = isParallel(camera);
    const scale = spriteScale(camera);
    if (scale === this.#scale) return;
    this.#scale = scale;
    for (const { sprite } of this.#marks.values()) sprite.scale.setScalar(ICON_SIZE * scale);
  }

  collect(ray: Ray, hits: PickHit[]): void {
    if (!this.root.visible) return;
    for (const { entity, sprite } of this.#marks.values()) {
      const distance = this.#parallel ? this.#scale : sprite.position.distanceTo(this.#viewer);
      const radius = (distance * ICON_SIZE * PICK_SHARE) / 2;
      if (ray.distanceSqToPoint(sprite.position) > radius * radius) continue;
      const point = ray.closestPointToPoint(sprite.position, new Vector3());
      hits.push(hitOf(entity, point, ray.direction.clone().negate(), ray));
    }
  }

  dispose(): void {
    for (const index of [...this.#marks.keys()]) this.remove(index);
    for (const texture of this.#textures.values()) texture.dispose();
    this.#lineMaterial.dispose();
    this.root.removeFromParent();
  }

  #create(index: number, entity: Entity, kind: IconKind): Mark {
    const material = new SpriteMaterial({
      map: this.#texture(kind),
      fog: false,
      sizeAttenuation: false,
      transparent: true,
      depthWrite: false,
    });
    const sprite = new Sprite(material);
    sprite.scale.setScalar(ICON_SIZE * this.#scale);
    sprite.renderOrder = RENDER_ORDER;
    const lines = new LineSegments(new BufferGeometry(), this.#lineMaterial);
    lines.frustumCulled = false;
    lines.visible = false;
    this.root.add(sprite, lines);
    const mark = { entity, kind, sprite, lines };
    this.#marks.set(index, mark);
    return mark;
  }

  #texture(kind: IconKind): Texture {
    let texture = this.#textures.get(kind);
    if (texture === undefined) {
      texture = iconTexture(kind);
      this.#textures.set(kind, texture);
    }
    return texture;
  }
}
