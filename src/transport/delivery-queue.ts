import { Heap } from '../shared/heap.ts';
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

/** What is under way, earliest first. */
export class DeliveryQueue {
  readonly #heap = new Heap<Delivery>(precedes);
  #sent = 0;

  add(dueAt: number, lane: Lane, deliver: Delivery['deliver']): void {
    this.restore({ dueAt, lane, order: this.#sent++, deliver });
  }

  /** Puts back what was taken, in its old place. */
  restore(delivery: Delivery): void {
    this.#heap.add(delivery);
  }

  nextDueAt(): number | undefined {
    return this.#heap.first?.dueAt;
  }

  /** Removes and returns the first whose time has come by `now`. */
  takeDue(now: number): Delivery | undefined {
    const { first } = this.#heap;
    if (!first || first.dueAt > now) return undefined;
    return this.#heap.take();
  }
}
