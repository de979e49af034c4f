import type { Lane } from './transport.ts';

/** Something under way. Of those due at once, commands go first and bulk last (T1). */
export interface Delivery {
  readonly dueAt: number;
  readonly lane: Lane;
  /** The order of sending, given by the queue. */
  readonly order: number;
  /** Called with the delivery itself: hands it over; false when there was nobody to take it. */
  readonly deliver: (delivery: Delivery) => boolean;
}

const LANE_RANK: Readonly<Record<Lane, number>> = { reliable: 0, unreliable: 1, bulk: 2 };

function precedes(a: Delivery, b: Delivery): boolean {
  if (a.dueAt !== b.dueAt) return a.dueAt < b.dueAt;
  if (a.lane !== b.lane) return LANE_RANK[a.lane] < LANE_RANK[b.lane];
  return a.order < b.order;
}

/** A binary heap of what is under way, earliest first. */
export class DeliveryQueue {
  readonly #heap: Delivery[] = [];
  #sent = 0;

  add(dueAt: number, lane: Lane, deliver: Delivery['deliver']): void {
    this.restore({ dueAt, lane, order: this.#sent++, deliver });
  }

  /** Puts back what was taken, in its old place. */
  restore(delivery: Delivery): void {
    let at = this.#heap.length;
    while (at > 0) {
      const parent = (at - 1) >>> 1;
      if (!precedes(delivery, this.#heap[parent]!)) break;
      this.#heap[at] = this.#heap[parent]!;
      at = parent;
    }
    this.#heap[at] = delivery;
  }

  nextDueAt(): number | undefined {
    return this.#heap[0]?.dueAt;
  }

  /** Removes and returns the first whose time has come by `now`. */
  takeDue(now: number): Delivery | undefined {
    const first = this.#heap[0];
    if (!first || first.dueAt > now) return undefined;
    const last = this.#heap.pop()!;
    if (last !== first) this.#sink(last);
    return first;
  }

  #sink(delivery: Delivery): void {
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= this.#heap.length) break;
      const right = child + 1;
      if (right < this.#heap.length && precedes(this.#heap[right]!, this.#heap[child]!))
        child = right;
      if (!precedes(this.#heap[child]!, delivery)) break;
      this.#heap[at] = this.#heap[child]!;
      at = child;
    }
    this.#heap[at] = delivery;
  }
}
