import type { Bytes } from '../../shared/bytes.ts';
import { messageOf } from '../../shared/errors.ts';
import type { Logger } from '../../shared/logger.ts';

const CACHE_NAME = 'theta-assets-1';
/** The oldest go when there are more. */
const MAX_ENTRIES = 512;

/**
 * Assets in the browser's Cache Storage, so that a reload needs no network for them. It is a help,
 * never a need: where it is missing, full or broken, nothing is found and the log says why.
 */
export class StoredAssets {
  readonly #caches: CacheStorage | undefined;
  readonly #logger: Logger;

  constructor(caches: CacheStorage | undefined, logger: Logger) {
    this.#caches = caches;
    this.#logger = logger;
  }

  /** The content as it was stored: the caller checks it. */
  async get(digest: string): Promise<Bytes | undefined> {
    return await this.#guarded('read', async (cache) => {
      const response = await cache.match(addressOf(digest));
      return response && new Uint8Array(await response.arrayBuffer());
    });
  }

  async put(digest: string, bytes: Bytes): Promise<void> {
    await this.#guarded('written', async (cache) => {
      await cache.put(addressOf(digest), new Response(bytes));
      const keys = await cache.keys();
      const surplus = keys.slice(0, Math.max(0, keys.length - MAX_ENTRIES));
      for (const request of surplus) await cache.delete(request);
    });
  }

  async delete(digest: string): Promise<void> {
    await this.#guarded('changed', (cache) => cache.delete(addressOf(digest)));
  }

  async #guarded<T>(what: string, use: (cache: Cache) => Promise<T>): Promise<T | undefined> {
    if (this.#caches === undefined) return undefined;
    try {
      return await use(await this.#caches.open(CACHE_NAME));
    } catch (thrown) {
      this.#logger.warn(`The asset store could not be ${what}.`, { reason: messageOf(thrown) });
      return undefined;
    }
  }
}

/** Where the server has the content, too. */
export function addressOf(digest: string): string {
  return `/blobs/${digest}`;
}
