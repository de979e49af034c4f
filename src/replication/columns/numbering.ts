import type { Site } from '../../ecs/document/sites.ts';
import type { Stamp } from '../../ecs/document/stamps.ts';

/**
 * Numbers for values as they are met, from 1; 0 is none. `renumber` gives those of a sorted table, so
 * that what was met in any order is written in one.
 */
abstract class Numbering<Value> {
  protected readonly values: Value[] = [];

  /** The table in its order, and for each number given so far the one in that order. */
  sorted(compare: (a: Value, b: Value) => number): { table: Value[]; renumber: Uint32Array } {
    const order = this.values.map((_, at) => at);
    order.sort((a, b) => compare(this.values[a] as Value, this.values[b] as Value));
    const renumber = new Uint32Array(order.length + 1);
    for (const [at, value] of order.entries()) renumber[value + 1] = at + 1;
    return { table: order.map((at) => this.values[at] as Value), renumber };
  }
}

/** The distinct stamps of a document. */
export class StampNumbering extends Numbering<Stamp> {
  readonly #bySite: (Map<number, number> | undefined)[] = [];

  numberOf(lamport: number, site: Site): number {
    if (lamport === 0) return 0;
    let known = this.#bySite[site];
    if (known === undefined) {
      known = new Map();
      this.#bySite[site] = known;
    }
    const number = known.get(lamport);
    if (number !== undefined) return number;
    this.values.push({ lamport, site });
    known.set(lamport, this.values.length);
    return this.values.length;
  }
}

/** The distinct digests of a document, in hexadecimal. */
export class DigestNumbering extends Numbering<string> {
  readonly #known = new Map<string, number>([['', 0]]);

  numberOf(digest: string): number {
    const number = this.#known.get(digest);
    if (number !== undefined) return number;
    this.values.push(digest);
    this.#known.set(digest, this.values.length);
    return this.values.length;
  }
}
