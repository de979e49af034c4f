import type { Box3 } from 'three';
import { grown } from '../dirty-list.ts';
import { MATRIX_STRIDE } from '../matrix-math.ts';

/** minX, minY, minZ, maxX, maxY, maxZ. */
export const BOX_STRIDE = 6;
const NO_SLOT = -1;

/**
 * World-space boxes of everything drawn, packed so that a ray tests them in one run over memory.
 */
export class Bounds {
  #boxes = new Float32Array(BOX_STRIDE * 64);
  #members = new Int32Array(64);
  #slotOf = new Int32Array(64).fill(NO_SLOT);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  get boxes(): Float32Array<ArrayBuffer> {
    return this.#boxes;
  }

  /** The entity index in a slot. */
  memberAt(slot: number): number {
    return this.#members[slot]!;
  }

  /** Where this entity's box begins in `boxes`, or -1. */
  offsetOf(index: number): number {
    const slot = this.#slotOf[index] ?? NO_SLOT;
    return slot === NO_SLOT ? NO_SLOT : slot * BOX_STRIDE;
  }

  /** Sets the box of `local` under the world matrix at `matrices[index * 16]`. */
  set(index: number, local: Box3, matrices: Float32Array): void {
    const at = this.#slot(index) * BOX_STRIDE;
    transformBox(this.#boxes, at, local, matrices, index * MATRIX_STRIDE);
  }

  remove(index: number): void {
    const slot = this.#slotOf[index] ?? NO_SLOT;
    if (slot === NO_SLOT) return;
    this.#count -= 1;
    const moved = this.#members[this.#count]!;
    this.#members[slot] = moved;
    this.#slotOf[moved] = slot;
    const last = this.#count * BOX_STRIDE;
    this.#boxes.copyWithin(slot * BOX_STRIDE, last, last + BOX_STRIDE);
    this.#slotOf[index] = NO_SLOT;
  }

  /** Enlarges `target` by this entity's box; returns whether it has one. */
  expand(target: Box3, index: number): boolean {
    const at = this.offsetOf(index);
    if (at < 0) return false;
    const box = this.#boxes;
    const { min, max } = target;
    min.set(
      Math.min(min.x, box[at]!),
      Math.min(min.y, box[at + 1]!),
      Math.min(min.z, box[at + 2]!),
    );
    max.set(
      Math.max(max.x, box[at + 3]!),
      Math.max(max.y, box[at + 4]!),
      Math.max(max.z, box[at + 5]!),
    );
    return true;
  }

  #slot(index: number): number {
    if (index >= this.#slotOf.length) {
      const old = this.#slotOf.length;
      this.#slotOf = grown(this.#slotOf, index + 1).fill(NO_SLOT, old);
    }
    const known = this.#slotOf[index]!;
    if (known !== NO_SLOT) return known;
    if (this.#count === this.#members.length) {
      this.#members = grown(this.#members, this.#count + 1);
      this.#boxes = grown(this.#boxes, this.#members.length * BOX_STRIDE);
    }
    const slot = this.#count;
    this.#members[slot] = index;
    this.#slotOf[index] = slot;
    this.#count += 1;
    return slot;
  }
}

/** J. Arvo, "Transforming axis-aligned bounding boxes", Graphics Gems, 1990. */
function transformBox(
  out: Float32Array,
  at: number,
  local: Box3,
  m: Float32Array,
  i: number,
): void {
  const { min, max } = local;
  for (let row = 0; row < 3; row++) {
    const x = m[i + row]!;
    const y = m[i + 4 + row]!;
    const z = m[i + 8 + row]!;
    const origin = m[i + 12 + row]!;
    out[at + row] =
      origin +
      Math.min(x * min.x, x * max.x) +
      Math.min(y * min.y, y * max.y) +
      Math.min(z * min.z, z * max.z);
    out[at + 3 + row] =
      origin +
      Math.max(x * min.x, x * max.x) +
      Math.max(y * min.y, y * max.y) +
      Math.max(z * min.z, z * max.z);
  }
}
