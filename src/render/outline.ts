import {
  BufferGeometry,
  Color,
  DoubleSide,
  Float32BufferAttribute,
  Group,
  HalfFloatType,
  type Material,
  Mesh,
  MeshBasicMaterial,
  NearestFilter,
  NoBlending,
  type PerspectiveCamera,
  Scene,
  Vector2,
  WebGLRenderTarget,
} from 'three';
import { type Entity, entityIndex } from '../ecs/entity.ts';
import type { Renderer } from './backends.ts';
import { Batch } from './batches/batch.ts';
import type { BatchChange, EntityBatches } from './batches/entity-batches.ts';
import type { SharedGeometry } from './geometry/geometry-cache.ts';
import { MATRIX_STRIDE } from './matrix-math.ts';
import { displayColor } from './neutral-tone.ts';
import type { ShaderKit } from './shaders/shader-kit.ts';
import type { WorldMatrices } from './world-matrices.ts';

/** Whose outline shows where several meet: a later one in this list covers the earlier. */
export const OUTLINE_LEVELS = ['others', 'hover', 'own'] as const;
export type OutlineLevel = (typeof OUTLINE_LEVELS)[number];

/** Entities to be outlined in a colour (`#rrggbb`), with all that is below them. */
export interface OutlineGroup {
  readonly entities: readonly Entity[];
  readonly color: string;
  readonly level: OutlineLevel;
}

/** The mask's alpha of each level; the shader tells them apart by at least `OUTLINE_LEVEL_STEP`. */
const LEVEL_ALPHA: Readonly<Record<OutlineLevel, number>> = { others: 0.25, hover: 0.5, own: 1 };

/** CSS pixels. */
const WIDTH = 2;
const MASK_SAMPLES = 4;
/** After all that is in the scene, before the gizmo. */
const RENDER_ORDER = 900;

/**
 * Outlines of constant width: the outlined shapes are drawn in flat colours into a mask, and a triangle
 * over the whole screen shows the mask's borders. It holds for any shape, flat and open ones too, and
 * through whatever is in front. One draw call a geometry, and nothing at all while nothing is outlined.
 */
export class Outlines {
  readonly root = new Group();
  readonly #matrices: WorldMatrices;
  readonly #batches: EntityBatches;
  readonly #shaders: ShaderKit;
  readonly #maskScene = new Scene();
  readonly #materials = {
    others: maskMaterial('others'),
    hover: maskMaterial('hover'),
    own: maskMaterial('own'),
  };
  readonly #maskBatches = new Map<string, Batch>();
  readonly #colors = new Map<string, readonly number[]>();
  readonly #size = new Vector2();
  readonly #clear = new Color();
  #groups: readonly OutlineGroup[] = [];
  #mask: WebGLRenderTarget | undefined;
  #screen: Mesh<BufferGeometry, Material> | undefined;
  #stale = false;

  constructor(matrices: WorldMatrices, batches: EntityBatches, shaders: ShaderKit) {
    this.#matrices = matrices;
    this.#batches = batches;
    this.#shaders = shaders;
    this.root.name = 'outlines';
  }

  /** Outlines these and nothing else; an entity in several groups takes the last one's colour. */
  set(groups: readonly OutlineGroup[]): void {
    this.#groups = groups;
    this.#stale = true;
  }

  /** Call after the batches' update, with what it did. */
  update(change: BatchChange): void {
    if (this.#stale || (change === 'reshaped' && this.#groups.length > 0)) this.#rebuild();
    else if (change === 'moved') this.#move();
  }

  /** Draws the mask. Call it before the frame is drawn, outside of any other rendering. */
  renderMask(renderer: Renderer, camera: PerspectiveCamera): void {
    if (!this.root.visible || this.#groups.length === 0) return;
    const mask = this.#maskFor(renderer);
    const target = renderer.getRenderTarget();
    const alpha = renderer.getClearAlpha();
    renderer.getClearColor(this.#clear as Parameters<typeof renderer.getClearColor>[0]);
    const clear = this.#clear.clone();
    renderer.setClearColor(0x000000, 0);
    renderer.setRenderTarget(mask);
    renderer.render(this.#maskScene, camera);
    renderer.setRenderTarget(target as WebGLRenderTarget | null);
    renderer.setClearColor(clear, alpha);
  }

  dispose(): void {
    this.#empty();
    for (const material of Object.values(this.#materials)) material.dispose();
    this.#dropMask();
    this.root.removeFromParent();
  }

  #rebuild(): void {
    this.#stale = false;
    this.#empty();
    const seen = new Set<number>();
    for (const group of [...this.#groups].reverse()) {
      for (const entity of group.entities) this.#add(entityIndex(entity), group, seen);
    }
    for (const batch of this.#maskBatches.values()) batch.flush();
    this.root.visible = this.#maskBatches.size > 0;
  }

  #move(): void {
    for (const batch of this.#maskBatches.values()) {
      for (let slot = 0; slot < batch.count; slot++) {
        batch.setMatrix(slot, this.#matrices.array, batch.memberAt(slot) * MATRIX_STRIDE);
      }
      batch.flush();
    }
  }

  #add(index: number, group: OutlineGroup, seen: Set<number>): void {
    if (seen.has(index)) return;
    seen.add(index);
    this.#addShape(index, group);
    this.#matrices.links.forEachBelow(index, (below) => {
      if (seen.has(below)) return false;
      seen.add(below);
      this.#addShape(below, group);
      return true;
    });
  }

  #addShape(index: number, { color, level }: OutlineGroup): void {
    const geometry = this.#batches.geometryOf(index);
    if (geometry === undefined) return;
    const batch = this.#batchFor(geometry, level);
    const slot = batch.add(index);
    batch.setMatrix(slot, this.#matrices.array, index * MATRIX_STRIDE);
    batch.setColor(slot, this.#colorOf(color, level));
  }

  #batchFor(geometry: SharedGeometry, level: OutlineLevel): Batch {
    const key = `${level}:${geometry.key}`;
    let batch = this.#maskBatches.get(key);
    if (batch === undefined) {
      batch = new Batch(geometry.geometry, this.#materials[level], false, this.#maskScene);
      batch.renderOrder = OUTLINE_LEVELS.indexOf(level);
      this.#maskBatches.set(key, batch);
    }
    return batch;
  }

  /** Linear, multiplied by the level's alpha, so that a quotient of sums is the colour again. */
  #colorOf(css: string, level: OutlineLevel): readonly number[] {
    const key = `${level}:${css}`;
    let color = this.#colors.get(key);
    if (color === undefined) {
      color = displayColor(css).multiplyScalar(LEVEL_ALPHA[level]).toArray();
      this.#colors.set(key, color);
    }
    return color;
  }

  #empty(): void {
    for (const batch of this.#maskBatches.values()) batch.dispose();
    this.#maskBatches.clear();
  }

  #maskFor(renderer: Renderer): WebGLRenderTarget {
    const { x: width, y: height } = renderer.getDrawingBufferSize(this.#size);
    if (this.#mask === undefined) {
      this.#mask = new WebGLRenderTarget(width, height, {
        type: HalfFloatType,
        samples: MASK_SAMPLES,
        depthBuffer: false,
        minFilter: NearestFilter,
        magFilter: NearestFilter,
      });
      this.#screen = this.#createScreen(this.#mask, renderer.getPixelRatio());
      this.root.add(this.#screen);
    }
    this.#mask.setSize(width, height);
    return this.#mask;
  }

  #createScreen(mask: WebGLRenderTarget, pixelRatio: number): Mesh<BufferGeometry, Material> {
    const geometry = new BufferGeometry();
    const corners = [-1, -1, 0, 3, -1, 0, -1, 3, 0];
    geometry.setAttribute('position', new Float32BufferAttribute(corners, 3));
    const screen = new Mesh(geometry, this.#shaders.outline(mask.texture, WIDTH * pixelRatio));
    screen.frustumCulled = false;
    screen.renderOrder = RENDER_ORDER;
    return screen;
  }

  #dropMask(): void {
    this.#mask?.dispose();
    this.#screen?.geometry.dispose();
    this.#screen?.material.dispose();
    this.#screen?.removeFromParent();
    this.#mask = undefined;
    this.#screen = undefined;
  }
}

function maskMaterial(level: OutlineLevel): MeshBasicMaterial {
  return new MeshBasicMaterial({
    side: DoubleSide,
    transparent: true,
    opacity: LEVEL_ALPHA[level],
    blending: NoBlending,
    depthTest: false,
    depthWrite: false,
  });
}
