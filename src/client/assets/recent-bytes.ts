import type { Bytes } from '../../shared/bytes.ts';

/** Content by digest, within a budget of bytes: what was not asked for longest goes first. */
export class RecentBytes {
  readonly #budget: number;
  /** In the order of their last use. */
  readonly #contents = new Map<string, Bytes>();
  #size = 0;

  constructor(budget: number) {
    this.#budget = budget;
  }

  /** Bytes held. */
  get size(): number {
    return this.#size;
  }

  get(digest: string): Bytes | undefined {
    const bytes = this.#contents.get(digest);
    if (bytes === undefined) return undefined;
    this.#contents.delete(digest);
    this.#contents.set(digest, bytes);
    return bytes;
  }

  /** Content over the whole budget is not kept. */
  put(digest: string, bytes: Bytes): void {
    this.#remove(digest);
    if (bytes.length > this.#budget) return;
    this.#contents.set(digest, bytes);
    this.#size += bytes.length;
    for (const oldest of this.#contents.keys()) {
      if (this.#size <= this.#budget) break;
      this.#remove(oldest);
    }
  }

  #remove(digest: string): void {
    this.#size -= this.#contents.get(digest)?.length ?? 0;
    this.#contents.delete(digest);
  }
}
