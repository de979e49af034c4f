import { type Bytes, fromHex, toHex } from '../../shared/bytes.ts';
import { ThetaError } from '../../shared/errors.ts';

/** The number of a (author, replica) in one document of one process; 0 is nobody. */
export type Site = number & { readonly __site: 'site' };

export const NO_SITE = 0 as Site;

/** An author is named by the first bytes of the public key; a session refuses a second such key. */
export const AUTHOR_ID_BYTES = 8;

/** An author, by the first bytes of his key, and one of his replicas. */
export interface SiteIdentity {
  readonly author: Bytes;
  readonly replica: number;
}

/** So many sites keep entity ids within the whole numbers that a double can hold. */
const MAX_SITES = 2 ** 20;

/** The authors and replicas that a document speaks of, numbered in the order of first mention. */
export class SiteTable {
  readonly #authors: string[] = [''];
  readonly #authorBytes: Bytes[] = [new Uint8Array(AUTHOR_ID_BYTES)];
  readonly #replicas: number[] = [0];
  readonly #byKey = new Map<string, Site>();

  get size(): number {
    return this.#authors.length;
  }

  /**
   * The number of a site, a new one at first mention.
   * @param author the author's id, `AUTHOR_ID_BYTES` long, or those bytes in hexadecimal
   */
  intern(author: Uint8Array | string, replica: number): Site {
    const name = typeof author === 'string' ? author : toHex(author);
    const key = `${name}-${replica}`;
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    if (this.#authors.length >= MAX_SITES) {
      throw new ThetaError('limit', 'This document has had too many authors.');
    }
    const site = this.#authors.length as Site;
    this.#authors.push(name);
    this.#authorBytes.push(fromHex(name) ?? new Uint8Array(AUTHOR_ID_BYTES));
    this.#replicas.push(replica);
    this.#byKey.set(key, site);
    return site;
  }

  /** The number of a site that was mentioned before, else `NO_SITE`. */
  find(author: Uint8Array | string, replica: number): Site {
    const name = typeof author === 'string' ? author : toHex(author);
    return this.#byKey.get(`${name}-${replica}`) ?? NO_SITE;
  }

  /** The author's id in hexadecimal. */
  authorOf(site: Site): string {
    return this.#authors[site] ?? '';
  }

  /** The same in bytes, which are not to be changed. */
  authorBytesOf(site: Site): Bytes {
    return this.#authorBytes[site] ?? new Uint8Array(AUTHOR_ID_BYTES);
  }

  replicaOf(site: Site): number {
    return this.#replicas[site] ?? 0;
  }

  /** Who a site is, in a form that means the same everywhere. */
  identityOf(site: Site): SiteIdentity {
    return { author: this.authorBytesOf(site), replica: this.replicaOf(site) };
  }

  /** The order of sites that is the same everywhere: by author, then by replica. */
  compare(a: Site, b: Site): number {
    if (a === b) return 0;
    const authorA = this.authorOf(a);
    const authorB = this.authorOf(b);
    if (authorA !== authorB) return authorA < authorB ? -1 : 1;
    return this.replicaOf(a) - this.replicaOf(b);
  }
}
