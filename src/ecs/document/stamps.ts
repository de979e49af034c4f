import { NO_SITE, type Site, type SiteTable } from './sites.ts';

/** O1, O3: an entry's id, and the mark of the writer on what it wrote. Lamport 0: nobody yet. */
export interface Stamp {
  readonly lamport: number;
  readonly site: Site;
}

export const NO_STAMP: Stamp = Object.freeze({ lamport: 0, site: NO_SITE });

export function sameStamp(a: Stamp, b: Stamp): boolean {
  return a.lamport === b.lamport && a.site === b.site;
}

/** The order of writers: by clock, then by author, then by replica. */
export function compareStamps(sites: SiteTable, a: Stamp, b: Stamp): number {
  return a.lamport - b.lamport || sites.compare(a.site, b.site);
}

/**
 * The stamps of one component: for each row its presence's (slot 0) and each field's (slot i + 1).
 * Rows are a world's entity indices.
 */
export class StampColumns {
  readonly slots: number;
  #lamports: Float64Array<ArrayBuffer>;
  #sites: Uint32Array<ArrayBuffer>;

  constructor(fieldCount: number) {
    this.slots = fieldCount + 1;
    this.#lamports = new Float64Array(0);
    this.#sites = new Uint32Array(0);
  }

  lamport(row: number, slot: number): number {
    return this.#lamports[row * this.slots + slot] ?? 0;
  }

  site(row: number, slot: number): Site {
    return (this.#sites[row * this.slots + slot] ?? 0) as Site;
  }

  stamp(row: number, slot: number): Stamp {
    return { lamport: this.lamport(row, slot), site: this.site(row, slot) };
  }

  set(row: number, slot: number, lamport: number, site: Site): void {
    const at = row * this.slots + slot;
    if (at >= this.#lamports.length) this.#grow(row);
    this.#lamports[at] = lamport;
    this.#sites[at] = site;
  }

  /** Forgets a row's stamps. */
  clear(row: number): void {
    const from = row * this.slots;
    if (from >= this.#lamports.length) return;
    this.#lamports.fill(0, from, from + this.slots);
    this.#sites.fill(0, from, from + this.slots);
  }

  /** Whether the row bears any stamp. */
  any(row: number): boolean {
    for (let slot = 0; slot < this.slots; slot++) if (this.lamport(row, slot) !== 0) return true;
    return false;
  }

  #grow(row: number): void {
    const rows = Math.max(row + 1, Math.ceil((this.#lamports.length / this.slots) * 2), 64);
    const lamports = new Float64Array(rows * this.slots);
    lamports.set(this.#lamports);
    this.#lamports = lamports;
    const sites = new Uint32Array(rows * this.slots);
    sites.set(this.#sites);
    this.#sites = sites;
  }
}
