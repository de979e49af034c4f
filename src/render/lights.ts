import {
  AmbientLight,
  Color,
  DirectionalLight,
  Group,
  Matrix4,
  PointLight,
  type Sphere,
  SpotLight,
  type Light as ThreeLight,
  type Vector3,
} from 'three';
import type { ChangeReader } from '../ecs/change-log.ts';
import type { Component, Plain } from '../ecs/component.ts';
import { Camera, Flags, Hierarchy, Light } from '../ecs/components/index.ts';
import { type Entity, entityIndex } from '../ecs/entity.ts';
import type { World } from '../ecs/world.ts';
import { DirtyList } from './dirty-list.ts';
import type { FieldOverlay } from './field-overlay.ts';
import { HelperMarks } from './helpers/helper-marks.ts';
import { cameraShape, lightShape } from './helpers/shapes.ts';
import { MATRIX_STRIDE } from './matrix-math.ts';
import { displayColor } from './neutral-tone.ts';
import { castsShadow, fitShadow, redrawShadow, setShadow } from './shadows.ts';
import type { Visibility } from './visibility.ts';
import type { WorldMatrices } from './world-matrices.ts';

export type LightValue = Plain<typeof Light>;

/** Every light costs each pixel: more than these stay dark, and `skipped` counts them. */
export const MAX_LIGHTS = 24;
/** Each shadow takes a texture unit, of which there are 16: more lights than this shine through. */
export const MAX_SHADOWS = 5;
/** As a glTF point light falls off: with the square of the distance. */
const DECAY = 2;
const CAMERA_TINT = '#9db4d8';

const OBSERVED: readonly Component[] = [Light, Camera];
const INHERITED: readonly Component[] = [Hierarchy, Flags];

/** The document's lights as three's, and the marks by which people find and pick lights and cameras. */
export class Lights {
  readonly root = new Group();
  readonly marks = new HelperMarks();

  readonly #world: World;
  readonly #matrices: WorldMatrices;
  readonly #visibility: Visibility;
  readonly #overlay: FieldOverlay;
  readonly #lights = new Map<number, ThreeLight>();
  /** Entity index of everything that has a mark. */
  readonly #marked = new Set<number>();
  readonly #stale = new DirtyList();
  readonly #observed: readonly ChangeReader[];
  readonly #inherited: readonly ChangeReader[];
  readonly #matrix = new Matrix4();
  readonly #cameraTint = displayColor(CAMERA_TINT);
  /** Lights beyond what is drawn; the first of them shines when another goes. */
  readonly #dark = new Set<number>();

  constructor(
    world: World,
    matrices: WorldMatrices,
    visibility: Visibility,
    overlay: FieldOverlay,
  ) {
    this.#world = world;
    this.#overlay = overlay;
    this.#matrices = matrices;
    this.#visibility = visibility;
    this.#observed = OBSERVED.map((each) => world.observe(each, { existing: true }));
    this.#inherited = INHERITED.map((each) => world.observe(each));
    this.root.name = 'lights';
  }

  /** How many of the document's lights shine. */
  get count(): number {
    return this.#lights.size;
  }

  /** The lights and cameras that have an icon. */
  *marked(): Iterable<Entity> {
    for (const index of this.#marked) yield this.#world.entityAtIndex(index);
  }

  get skipped(): number {
    return this.#dark.size;
  }

  get pending(): boolean {
    const readers = [...this.#observed, ...this.#inherited];
    return this.#stale.count > 0 || readers.some((reader) => reader.pending);
  }

  /** Call after the matrices' update. Returns whether anything changed. */
  update(): boolean {
    for (const reader of this.#observed) {
      reader.read((entity) => this.#stale.mark(entityIndex(entity)));
    }
    for (const reader of this.#inherited) {
      reader.read((entity) => this.#markBelow(entityIndex(entity)));
    }
    this.#overlay.forEachChanged((entity) => {
      if (this.#isSource(entityIndex(entity))) this.#stale.mark(entityIndex(entity));
    });
    const { orphaned } = this.#matrices;
    for (let at = 0; at < orphaned.count; at++) this.#markBelow(orphaned.at(at));
    const moved = this.#moveMarked();
    const refreshed = this.#stale.count > 0;
    for (let at = 0; at < this.#stale.count; at++) this.#refresh(this.#stale.at(at));
    this.#stale.clear();
    return moved || refreshed;
  }

  /**
   * Lets the shadows of directional lights reach the scene, and draws shadows anew when something
   * that casts them has `changed`.
   */
  cast(scene: Sphere, focus: Vector3, changed: boolean): void {
    for (const light of this.#lights.values()) {
      if (!light.castShadow) continue;
      if (light instanceof DirectionalLight) fitShadow(light, scene, focus);
      if (changed) redrawShadow(light);
    }
  }

  dispose(): void {
    for (const reader of [...this.#observed, ...this.#inherited]) reader.dispose();
    for (const index of [...this.#lights.keys()]) this.#removeLight(index);
    this.marks.dispose();
    this.root.removeFromParent();
  }

  #markBelow(index: number): void {
    if (this.#marked.has(index) || this.#isSource(index)) this.#stale.mark(index);
    const seen = new Set<number>();
    this.#matrices.links.forEachBelow(index, (below) => {
      if (seen.has(below)) return false;
      seen.add(below);
      if (this.#marked.has(below) || this.#isSource(below)) this.#stale.mark(below);
      return true;
    });
  }

  #isSource(index: number): boolean {
    const entity = this.#world.entityAtIndex(index);
    return this.#world.has(entity, Light) || this.#world.has(entity, Camera);
  }

  #moveMarked(): boolean {
    const { changed, array } = this.#matrices;
    if (changed.count === 0) return false;
    let moved = false;
    for (const index of this.#marked) {
      if (!changed.has(index) || this.#stale.has(index)) continue;
      moved = true;
      this.#matrix.fromArray(array, index * MATRIX_STRIDE);
      this.marks.move(index, this.#matrix);
      const light = this.#lights.get(index);
      if (light !== undefined) place(light, this.#matrix);
    }
    return moved;
  }

  #refresh(index: number): void {
    const entity = this.#world.entityAtIndex(index);
    const visible = this.#visibility.isVisible(entity);
    const light = visible ? this.#overlay.get(entity, Light) : undefined;
    const camera = visible ? this.#overlay.get(entity, Camera) : undefined;
    this.#matrix.fromArray(this.#matrices.array, index * MATRIX_STRIDE);
    if (light === undefined) this.#removeLight(index);
    else this.#setLight(index, light);
    if (light !== undefined) this.#mark(index, entity, light);
    else if (camera !== undefined) {
      const shape = cameraShape(camera);
      this.marks.set(index, entity, 'camera', this.#cameraTint, shape, this.#matrix);
      this.#marked.add(index);
    } else {
      this.marks.remove(index);
      this.#marked.delete(index);
    }
  }

  #mark(index: number, entity: Entity, light: LightValue): void {
    const [r = 1, g = 1, b = 1] = light.color;
    const peak = Math.max(r, g, b, 0.01);
    const tint = new Color(r / peak, g / peak, b / peak).multiplyScalar(0.9);
    this.marks.set(index, entity, light.kind, tint, lightShape(light), this.#matrix);
    this.#marked.add(index);
  }

  #setLight(index: number, value: LightValue): void {
    let light = this.#lights.get(index);
    if (light !== undefined && light.userData.kind !== value.kind) {
      this.#removeLight(index);
      light = undefined;
    }
    if (light === undefined) {
      if (this.#lights.size >= MAX_LIGHTS) {
        this.#dark.add(index);
        return;
      }
      this.#dark.delete(index);
      light = createLight(value.kind);
      this.#lights.set(index, light);
      this.root.add(light);
      if ('target' in light) this.root.add((light as SpotLight).target);
    }
    applyLight(light, value, this.#matrix);
    if (castsShadow(light)) setShadow(light, value.castShadow && this.#hasShadow(light));
  }

  /** Whether this light is among those that may cast shadows. */
  #hasShadow(light: ThreeLight): boolean {
    const others = [...this.#lights.values()].filter((each) => each !== light && each.castShadow);
    return others.length < MAX_SHADOWS;
  }

  #removeLight(index: number): void {
    this.#dark.delete(index);
    const light = this.#lights.get(index);
    if (light === undefined) return;
    this.#lights.delete(index);
    if ('target' in light) (light as SpotLight).target.removeFromParent();
    light.removeFromParent();
    light.dispose();
    const [next] = this.#dark;
    if (next !== undefined) this.#stale.mark(next);
  }
}

function createLight(kind: LightValue['kind']): ThreeLight {
  const light = lightOf(kind);
  light.userData.kind = kind;
  return light;
}

function lightOf(kind: LightValue['kind']): ThreeLight {
  switch (kind) {
    case 'directional':
      return new DirectionalLight();
    case 'point':
      return new PointLight();
    case 'spot':
      return new SpotLight();
    case 'ambient':
      return new AmbientLight();
  }
}

function applyLight(light: ThreeLight, value: LightValue, world: Matrix4): void {
  const [r = 1, g = 1, b = 1] = value.color;
  light.color.setRGB(r, g, b);
  light.intensity = value.intensity;
  place(light, world);
  if (light instanceof PointLight || light instanceof SpotLight) {
    light.distance = value.range;
    light.decay = DECAY;
  }
  if (light instanceof SpotLight) {
    light.angle = value.angle;
    light.penumbra = value.penumbra;
  }
}

function place(light: ThreeLight, world: Matrix4): void {
  light.position.setFromMatrixPosition(world);
  if (light instanceof DirectionalLight || light instanceof SpotLight) aim(light, world);
}

/** Lights shine along their entity's negative z. */
function aim(light: DirectionalLight | SpotLight, world: Matrix4): void {
  const { elements } = world;
  light.target.position.set(-elements[8]!, -elements[9]!, -elements[10]!).normalize();
  light.target.position.add(light.position);
}
