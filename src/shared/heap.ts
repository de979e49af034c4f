/** A binary heap: gives what was put into it in its order, whatever the order of putting. */
export class Heap<Item> {
  readonly #precedes: (a: Item, b: Item) => boolean;
  readonly #items: Item[] = [];

  /** @param precedes a total order; where neither precedes the other, which comes first is not said */
  constructor(precedes: (a: Item, b: Item) => boolean) {
    this.#precedes = precedes;
  }

  /** The first, which stays; undefined when there is none. */
  get first(): Item | undefined {
    return this.#items[0];
  }

  add(item: Item): void {
    let at = this.#items.length;
    while (at > 0) {
      const parent = (at - 1) >>> 1;
      if (!this.#precedes(item, this.#items[parent]!)) break;
      this.#items[at] = this.#items[parent]!;
      at = parent;
    }
    this.#items[at] = item;
  }

  /** Removes and returns the first; undefined when there is none. */
  take(): Item | undefined {
    const first = this.#items[0];
    const last = this.#items.pop();
    if (last !== undefined && last !== first) this.#sink(last);
    return first;
  }

  #sink(item: Item): void {
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= this.#items.length) break;
      const right = child + 1;
      if (right < this.#items.length && this.#precedes(this.#items[right]!, this.#items[child]!))
        child = right;
      if (!this.#precedes(this.#items[child]!, item)) break;
      this.#items[at] = this.#items[child]!;
      at = child;
    }
    this.#items[at] = item;
  }
}
