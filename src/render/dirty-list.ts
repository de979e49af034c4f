/** A set of entity indices that is filled and emptied every frame without allocating. */
export class DirtyList {
  #list = new Uint32Array(64);
  #marked = new Uint8Array(64);
  #count = 0;

  /** How many indices are in the set. */
  get count(): number {
    return this.#count;
  }

  /** The index at a place, in the order of marking. */
  at(place: number): number {
    return this.#list[place]!;
  }

  has(index: number): boolean {
    return this.#marked[index] === 1;
  }

  /** Whether the index was new to the set. */
  mark(index: number): boolean {
    if (this.#marked[index] === 1) return false;
    if (index >= this.#marked.length) this.#marked = grown(this.#marked, index + 1);
    if (this.#count === this.#list.length) this.#list = grown(this.#list, this.#count + 1);
    this.#marked[index] = 1;
    this.#list[this.#count] = index;
    this.#count += 1;
    return true;
  }

  /** Empties the set; costs what was in it. */
  clear(): void {
    for (let place = 0; place < this.#count; place++) this.#marked[this.#list[place]!] = 0;
    this.#count = 0;
  }
}

type TypedArray =
  | Uint8Array<ArrayBuffer>
  | Uint32Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | Float32Array<ArrayBuffer>;

/** A copy with room for at least `length` elements, at least twice the old room. */
export function grown<T extends TypedArray>(array: T, length: number): T {
  const room = Math.max(length, array.length * 2);
  const larger = new (array.constructor as new (length: number) => T)(room);
  larger.set(array);
  return larger;
}
