import { grown } from './dirty-list.ts';

/** No entity index: the parent of a root, the end of a list of siblings. */
export const NONE = -1;

const INITIAL_ROOM = 64;

/**
 * Who is below whom, by entity index, as doubly linked lists in typed arrays: linking, unlinking and
 * orphaning cost nothing but the links touched. Siblings are in no particular order.
 */
export class HierarchyLinks {
  #parent = filled(INITIAL_ROOM);
  #firstChild = filled(INITIAL_ROOM);
  #next = filled(INITIAL_ROOM);
  #previous = filled(INITIAL_ROOM);

  parentOf(index: number): number {
    return this.#parent[index] ?? NONE;
  }

  /** Puts `index` below `parent`, or at the root with `NONE`. */
  link(index: number, parent: number): void {
    this.#reserve(Math.max(index, parent) + 1);
    if (this.#parent[index] === parent) return;
    this.#unlink(index);
    if (parent === NONE) return;
    const first = this.#firstChild[parent]!;
    this.#parent[index] = parent;
    this.#next[index] = first;
    this.#firstChild[parent] = index;
    if (first !== NONE) this.#previous[first] = index;
  }

  /** Takes `index` out; its children become roots and are told to `orphaned`. */
  remove(index: number, orphaned: (child: number) => void): void {
    this.#reserve(index + 1);
    this.#unlink(index);
    for (let child = this.#firstChild[index]!; child !== NONE; child = this.#firstChild[index]!) {
      this.#unlink(child);
      orphaned(child);
    }
  }

  /**
   * Visits everything below `index`, not itself. `visit` returns whether to go on below; it must
   * return false for what it has seen before, so that a cycle ends.
   */
  forEachBelow(index: number, visit: (descendant: number) => boolean): void {
    let at = this.#firstChild[index] ?? NONE;
    while (at !== NONE) {
      const below = visit(at) ? this.#firstChild[at]! : NONE;
      at = below === NONE ? this.#after(at, index) : below;
    }
  }

  /** What comes after a subtree in the walk below `top`. */
  #after(index: number, top: number): number {
    for (let at = index; at !== top && at !== NONE; at = this.#parent[at]!) {
      const next = this.#next[at]!;
      if (next !== NONE) return next;
    }
    return NONE;
  }

  #unlink(index: number): void {
    const parent = this.#parent[index]!;
    if (parent === NONE) return;
    const previous = this.#previous[index]!;
    const next = this.#next[index]!;
    if (previous === NONE) this.#firstChild[parent] = next;
    else this.#next[previous] = next;
    if (next !== NONE) this.#previous[next] = previous;
    this.#parent[index] = NONE;
    this.#next[index] = NONE;
    this.#previous[index] = NONE;
  }

  #reserve(length: number): void {
    if (length <= this.#parent.length) return;
    this.#parent = extended(this.#parent, length);
    this.#firstChild = extended(this.#firstChild, length);
    this.#next = extended(this.#next, length);
    this.#previous = extended(this.#previous, length);
  }
}

function filled(length: number): Int32Array<ArrayBuffer> {
  return new Int32Array(length).fill(NONE);
}

function extended(array: Int32Array<ArrayBuffer>, length: number): Int32Array<ArrayBuffer> {
  return grown(array, length).fill(NONE, array.length);
}
