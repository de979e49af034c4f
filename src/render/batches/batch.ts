import {
  type BufferGeometry,
  Color,
  DynamicDrawUsage,
  InstancedMesh,
  type Material,
  type Object3D,
} from 'three';
import { grown } from '../dirty-list.ts';
import { MATRIX_STRIDE } from '../matrix-math.ts';

const INITIAL_CAPACITY = 4;
const COLOR_STRIDE = 3;
const WHITE = new Color(1, 1, 1);

/** The slots from `first` up to, not including, `end` that the GPU does not have yet. */
interface Span {
  first: number;
  end: number;
}

/**
 * Entities that are one draw call: the same geometry, material and handedness. Adding, removing and
 * changing one costs the same however many there are; removing moves the last one into its place.
 */
export class Batch {
  readonly mirrored: boolean;
  readonly #geometry: BufferGeometry;
  readonly #material: Material;
  readonly #parent: Object3D;
  readonly #matrices: Span = { first: 0, end: 0 };
  readonly #colors: Span = { first: 0, end: 0 };
  /** Entity index by slot. */
  #members = new Int32Array(INITIAL_CAPACITY);
  #count = 0;
  #mesh: InstancedMesh;
  #renderOrder = 0;
  /** Drawn with in place of its own material. */
  #override: Material | undefined;

  /**
   * The geometry and the material stay the caller's; the batch adds itself to `parent`. What lets
   * light through casts no shadow.
   */
  constructor(geometry: BufferGeometry, material: Material, mirrored: boolean, parent: Object3D) {
    this.#geometry = geometry;
    this.#material = material;
    this.mirrored = mirrored;
    this.#parent = parent;
    this.#mesh = this.#createMesh(INITIAL_CAPACITY);
  }

  get count(): number {
    return this.#count;
  }

  /** As three's `Object3D.renderOrder`. */
  set renderOrder(order: number) {
    this.#renderOrder = order;
    this.#mesh.renderOrder = order;
  }

  /** Draws with another material; `undefined` for its own again. */
  set override(material: Material | undefined) {
    this.#override = material;
    this.#mesh.material = material ?? this.#material;
  }

  memberAt(slot: number): number {
    return this.#members[slot]!;
  }

  /** The new member's slot. */
  add(index: number): number {
    if (this.#count === this.#mesh.instanceMatrix.count) this.#grow();
    const slot = this.#count;
    this.#members[slot] = index;
    this.#count += 1;
    return slot;
  }

  /** Takes a slot away; returns the entity index that now has it, or -1. */
  remove(slot: number): number {
    this.#count -= 1;
    const last = this.#count;
    if (slot === last) return -1;
    const moved = this.#members[last]!;
    this.#members[slot] = moved;
    const { instanceMatrix, instanceColor } = this.#mesh;
    copyWithin(instanceMatrix.array, MATRIX_STRIDE, last, slot);
    copyWithin(instanceColor!.array, COLOR_STRIDE, last, slot);
    widen(this.#matrices, slot);
    widen(this.#colors, slot);
    return moved;
  }

  /** Copies a world matrix from `source[at…]`. */
  setMatrix(slot: number, source: Float32Array, at: number): void {
    const { array } = this.#mesh.instanceMatrix;
    const to = slot * MATRIX_STRIDE;
    for (let i = 0; i < MATRIX_STRIDE; i++) array[to + i] = source[at + i]!;
    if (this.mirrored) for (let i = 0; i < MATRIX_STRIDE; i += 4) array[to + i] = -array[to + i]!;
    widen(this.#matrices, slot);
  }

  /** Linear red, green and blue. */
  setColor(slot: number, color: ArrayLike<number>): void {
    const { array } = this.#mesh.instanceColor!;
    for (let i = 0; i < COLOR_STRIDE; i++) array[slot * COLOR_STRIDE + i] = color[i]!;
    widen(this.#colors, slot);
  }

  /** Puts the members into this order: slots of now, the one to be drawn first first. */
  reorder(slots: readonly number[]): void {
    const { instanceMatrix, instanceColor } = this.#mesh;
    const matrices = instanceMatrix.array.slice(0, this.#count * MATRIX_STRIDE);
    const colors = instanceColor!.array.slice(0, this.#count * COLOR_STRIDE);
    const members = this.#members.slice(0, this.#count);
    for (const [to, from] of slots.entries()) {
      this.#members[to] = members[from]!;
      copyRow(matrices, instanceMatrix.array, MATRIX_STRIDE, from, to);
      copyRow(colors, instanceColor!.array, COLOR_STRIDE, from, to);
    }
    for (const span of [this.#matrices, this.#colors]) {
      widen(span, 0);
      widen(span, this.#count - 1);
    }
  }

  /** Hands what changed to three: only the span of slots that changed is uploaded. */
  flush(): void {
    this.#mesh.count = this.#count;
    upload(this.#mesh.instanceMatrix, this.#matrices, MATRIX_STRIDE);
    upload(this.#mesh.instanceColor!, this.#colors, COLOR_STRIDE);
  }

  dispose(): void {
    this.#mesh.removeFromParent();
    this.#mesh.dispose();
  }

  #grow(): void {
    const old = this.#mesh;
    const mesh = this.#createMesh(old.instanceMatrix.count * 2);
    mesh.instanceMatrix.array.set(old.instanceMatrix.array);
    mesh.instanceColor!.array.set(old.instanceColor!.array);
    old.removeFromParent();
    old.dispose();
    this.#members = grown(this.#members, mesh.instanceMatrix.count);
    this.#mesh = mesh;
    this.#matrices.end = 0;
    this.#colors.end = 0;
  }

  /**
   * A mirrored batch carries one reflection in its own matrix and again in its members', which undo
   * each other; three then turns the front faces round for it.
   */
  #createMesh(capacity: number): InstancedMesh {
    const mesh = new InstancedMesh(this.#geometry, this.#override ?? this.#material, capacity);
    mesh.setColorAt(0, WHITE);
    mesh.instanceMatrix.setUsage(DynamicDrawUsage);
    mesh.instanceColor!.setUsage(DynamicDrawUsage);
    mesh.count = 0;
    mesh.frustumCulled = false;
    mesh.renderOrder = this.#renderOrder;
    mesh.castShadow = !this.#material.transparent;
    mesh.receiveShadow = true;
    if (this.mirrored) mesh.scale.x = -1;
    mesh.updateMatrix();
    mesh.matrixAutoUpdate = false;
    this.#parent.add(mesh);
    return mesh;
  }
}

function widen(span: Span, slot: number): void {
  if (span.end === 0) {
    span.first = slot;
    span.end = slot + 1;
    return;
  }
  if (slot < span.first) span.first = slot;
  if (slot >= span.end) span.end = slot + 1;
}

function copyWithin(
  array: { copyWithin(target: number, start: number, end: number): unknown },
  stride: number,
  from: number,
  to: number,
): void {
  array.copyWithin(to * stride, from * stride, (from + 1) * stride);
}

function copyRow(
  source: ArrayLike<number>,
  target: { [at: number]: number },
  stride: number,
  from: number,
  to: number,
): void {
  for (let i = 0; i < stride; i++) target[to * stride + i] = source[from * stride + i]!;
}

function upload(attribute: InstancedMesh['instanceMatrix'], span: Span, stride: number): void {
  if (span.end === 0) return;
  attribute.addUpdateRange(span.first * stride, (span.end - span.first) * stride);
  attribute.needsUpdate = true;
  span.end = 0;
}
