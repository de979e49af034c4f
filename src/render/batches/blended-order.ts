import { type Camera, Vector3 } from 'three';
import type { Batch } from './batch.ts';
import { BOX_STRIDE, type Bounds } from './bounds.ts';

/** Their render orders stand between those of opaque things (0) and of the editor's own (1 and up). */
const FIRST_ORDER = 0.1;
const LAST_ORDER = 0.9;

/** What a sort needs of a batch: how far away its members are. */
interface Depths {
  readonly batch: Batch;
  readonly slots: readonly number[];
  readonly farthest: number;
}

/**
 * The order in which batches that let light through are drawn: the farthest first, by the middle of
 * their bounds; within a batch of several likewise. It sorts again only when the camera or something
 * in them moved.
 */
export class BlendedOrder {
  readonly #bounds: Bounds;
  readonly #batches = new Set<Batch>();
  readonly #seenFrom = new Vector3();
  readonly #towards = new Vector3();
  #stale = false;

  constructor(bounds: Bounds) {
    this.#bounds = bounds;
  }

  get size(): number {
    return this.#batches.size;
  }

  add(batch: Batch): void {
    this.#batches.add(batch);
    this.#stale = true;
  }

  remove(batch: Batch): void {
    this.#batches.delete(batch);
  }

  /** Something in one of them moved. */
  outdate(): void {
    this.#stale = true;
  }

  /** Calls `reorder` for a batch whose members have to change places; `slots` of now, in the new order. */
  sort(camera: Camera, reorder: (batch: Batch, slots: readonly number[]) => void): void {
    if (this.#batches.size === 0 || !this.#look(camera)) return;
    const sorted = [...this.#batches].map((batch) => this.#depths(batch));
    sorted.sort((a, b) => b.farthest - a.farthest);
    const step = (LAST_ORDER - FIRST_ORDER) / sorted.length;
    for (const [at, { batch, slots }] of sorted.entries()) {
      batch.renderOrder = FIRST_ORDER + at * step;
      if (slots.some((slot, place) => slot !== place)) reorder(batch, slots);
    }
  }

  #look(camera: Camera): boolean {
    const from = scratch.setFromMatrixPosition(camera.matrixWorld);
    const moved = !from.equals(this.#seenFrom);
    this.#seenFrom.copy(from);
    const towards = camera.getWorldDirection(scratch);
    const turned = !towards.equals(this.#towards);
    this.#towards.copy(towards);
    const needed = moved || turned || this.#stale;
    this.#stale = false;
    return needed;
  }

  #depths(batch: Batch): Depths {
    const depths = Array.from({ length: batch.count }, (_, slot) =>
      this.#depthOf(batch.memberAt(slot)),
    );
    const slots = depths.map((_, slot) => slot).sort((a, b) => depths[b]! - depths[a]!);
    return { batch, slots, farthest: depths[slots[0] ?? 0] ?? 0 };
  }

  /** Metres along the view from the camera to the middle of an entity's bounds. */
  #depthOf(index: number): number {
    const at = this.#bounds.offsetOf(index);
    if (at < 0) return 0;
    const { boxes } = this.#bounds;
    let depth = 0;
    for (let axis = 0; axis < BOX_STRIDE / 2; axis++) {
      const middle = (boxes[at + axis]! + boxes[at + axis + 3]!) / 2;
      depth += (middle - this.#seenFrom.getComponent(axis)) * this.#towards.getComponent(axis);
    }
    return depth;
  }
}

const scratch = new Vector3();
