import { createToken } from '../../commands/governance/link-token.ts';

/** D3: content that records name which came back, and that this server has lost with them. */
export interface LostContent {
  /** Digests, 64 hexadecimal digits each; what is there again is not among them. */
  readonly missing: readonly string[];
  /** Lets its bearer bring these, and nothing else. */
  readonly token: string;
}

/** More are asked for when those have come. */
const MOST = 256;

/**
 * What a server restored from a backup asks for: content named by records that the session's own key
 * vouches for, so that it may come from anybody who has it.
 */
export class WantedContent {
  readonly token = createToken();
  /** By digest, the author (public key, hexadecimal) in whose name it counts. */
  readonly #authors = new Map<string, string>();

  want(digest: string, author: string): void {
    if (this.#authors.size < MOST) this.#authors.set(digest, author);
  }

  /** It has come. */
  got(digest: string): void {
    this.#authors.delete(digest);
  }

  authorOf(digest: string): string | undefined {
    return this.#authors.get(digest);
  }

  get lost(): LostContent {
    return { missing: [...this.#authors.keys()], token: this.token };
  }
}
