import type { Geometry, Submesh } from '../../protocol/generated/types.ts';
import { MAX_ASSET_BYTES } from '../../protocol/limits.ts';
import type { AssetSource, GeometryAsset } from '../../render/assets.ts';
import type { Bytes } from '../../shared/bytes.ts';
import { type Clock, systemClock } from '../../shared/clock.ts';
import { type Logger, silentLogger } from '../../shared/logger.ts';
import { type Random, systemRandom } from '../../shared/random.ts';
import { downloadAsset } from './asset-download.ts';
import { AssetError } from './asset-error.ts';
import { BACKOFF, type Backoff, untilAborted } from './backoff.ts';
import { decodeGeometry } from './decode-geometry.ts';
import { decodeImage } from './decode-image.ts';
import type { Fetch } from './http-answer.ts';
import { RecentBytes } from './recent-bytes.ts';
import { sha256Hex } from './sha256.ts';
import { StoredAssets } from './stored-assets.ts';

export interface AssetCacheOptions {
  /** That one was given on joining the session; empty before that. */
  readonly token: () => string;
  /**
   * Waits for the connection to the session, after a download with this token failed.
   * @returns whether one joined anew since, so that trying again may help
   */
  readonly rejoined?: (token: string) => Promise<boolean>;
  readonly fetch?: Fetch;
  /** The browser's, where it has one (secure contexts alone do). */
  readonly caches?: CacheStorage | undefined;
  readonly decodeImage?: (bytes: Bytes) => Promise<ImageBitmap>;
  readonly clock?: Clock;
  readonly random?: Random;
  readonly logger?: Logger;
  readonly backoff?: Backoff;
  /** Bytes of content kept in memory. */
  readonly memoryBytes?: number;
}

/** Plain counts since the page was opened. */
export interface AssetStats {
  readonly memoryHits: number;
  readonly storedHits: number;
  readonly downloads: number;
  /** Tries that failed, whether or not a later one went well. */
  readonly failedTries: number;
  /** Assets that could not be had or used. */
  readonly failures: number;
  readonly memoryBytes: number;
}

const MEMORY_BYTES = 192 * 1024 * 1024;

/**
 * Where the renderer gets assets: from memory (at once, for what this page imported itself), from the
 * browser's store, or from the server. Everything that comes from outside is checked against its
 * digest, and walked by a verifier before it is used.
 */
export class AssetCache implements AssetSource {
  readonly #token: () => string;
  readonly #rejoined: (token: string) => Promise<boolean>;
  readonly #fetch: Fetch;
  readonly #decodeImage: (bytes: Bytes) => Promise<ImageBitmap>;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #backoff: Backoff;
  readonly #memory: RecentBytes;
  readonly #stored: StoredAssets;
  readonly #closing = new AbortController();
  readonly #loading = new Map<string, Promise<Bytes>>();
  readonly #geometries = new Map<string, WeakRef<Geometry>>();
  readonly #counts = { memoryHits: 0, storedHits: 0, downloads: 0, failedTries: 0, failures: 0 };

  constructor(options: AssetCacheOptions) {
    this.#token = options.token;
    this.#rejoined = options.rejoined ?? (() => Promise.resolve(false));
    this.#fetch = options.fetch ?? ((url, init) => fetch(url, init));
    this.#decodeImage = options.decodeImage ?? decodeImage;
    this.#clock = options.clock ?? systemClock;
    this.#random = options.random ?? systemRandom;
    this.#backoff = options.backoff ?? BACKOFF;
    this.#memory = new RecentBytes(options.memoryBytes ?? MEMORY_BYTES);
    const own = 'caches' in globalThis ? globalThis.caches : undefined;
    const caches = 'caches' in options ? options.caches : own;
    this.#stored = new StoredAssets(caches, options.logger ?? silentLogger);
  }

  get stats(): AssetStats {
    return { ...this.#counts, memoryBytes: this.#memory.size };
  }

  /** Takes content that is at hand, so that it is there at once. The bytes must not change again. */
  put(digest: string, bytes: Bytes): void {
    this.#memory.put(digest, bytes);
    void this.#stored.put(digest, bytes);
  }

  /**
   * One submesh of a geometry asset, as views over its bytes.
   * @throws {AssetError}
   */
  async geometry(digest: string, index: number): Promise<GeometryAsset> {
    return await this.#counting(async () => {
      const geometry = await this.#geometry(digest);
      const submesh = geometry.submeshes[index];
      if (submesh !== undefined) return withoutGaps(submesh);
      const count = geometry.submeshes.length;
      throw new AssetError(
        'invalid',
        `Geometry ${index} is asked for, of an asset that has ${count}.`,
      );
    });
  }

  /**
   * An image. Whoever asks owns it.
   * @throws {AssetError}
   */
  async texture(digest: string): Promise<ImageBitmap> {
    return await this.#counting(async () => await this.#decodeImage(await this.#shown(digest)));
  }

  /**
   * The content itself, checked against its digest. Waits for no connection: what follows the log
   * asks for it between one message of the server and the next.
   * @throws {AssetError}
   */
  async bytes(digest: string): Promise<Bytes> {
    return await this.#counting(async () => await this.#bytes(digest));
  }

  /** The content if this browser has it; asks nobody for it. */
  async held(digest: string): Promise<Bytes | undefined> {
    return this.#memory.get(digest) ?? (await this.#fromStore(digest));
  }

  /**
   * Has the content in the browser's store, where other tabs find it, as what is to go last.
   * @throws {AssetError} where it cannot be had
   */
  async keep(digest: string): Promise<void> {
    await this.#stored.put(digest, await this.#bytes(digest));
  }

  /** Ends transfers that are under way; they reject. */
  dispose(): void {
    this.#closing.abort();
  }

  async #geometry(digest: string): Promise<Geometry> {
    const bytes = await this.#shown(digest);
    const known = this.#geometries.get(digest)?.deref();
    if (known !== undefined) return known;
    const geometry = decodeGeometry(bytes);
    this.#geometries.set(digest, new WeakRef(geometry));
    return geometry;
  }

  /** What is to be seen is asked for once: without a connection it waits for one. */
  async #shown(digest: string): Promise<Bytes> {
    for (;;) {
      const token = this.#token();
      try {
        return await this.#bytes(digest);
      } catch (thrown) {
        if (!isForWantOfConnection(thrown)) throw thrown;
        const rejoined = this.#rejoined(token);
        if (!(await Promise.race([rejoined, untilAborted(this.#closing.signal)]))) throw thrown;
      }
    }
  }

  /** The content; asked for twice at once, it is loaded once. */
  #bytes(digest: string): Promise<Bytes> {
    const held = this.#memory.get(digest);
    if (held !== undefined) {
      this.#counts.memoryHits++;
      return Promise.resolve(held);
    }
    const underWay = this.#loading.get(digest);
    if (underWay !== undefined) return underWay;
    const loading = this.#load(digest).finally(() => this.#loading.delete(digest));
    this.#loading.set(digest, loading);
    return loading;
  }

  async #load(digest: string): Promise<Bytes> {
    const bytes = (await this.#fromStore(digest)) ?? (await this.#download(digest));
    this.#memory.put(digest, bytes);
    return bytes;
  }

  async #fromStore(digest: string): Promise<Bytes | undefined> {
    const bytes = await this.#stored.get(digest);
    if (bytes === undefined) return undefined;
    if ((await sha256Hex(bytes)) === digest) {
      this.#counts.storedHits++;
      return bytes;
    }
    await this.#stored.delete(digest);
    return undefined;
  }

  async #download(digest: string): Promise<Bytes> {
    if (this.#token() === '')
      throw new AssetError('unreachable', 'What is not in this browser comes with the connection.');
    this.#counts.downloads++;
    const bytes = await downloadAsset(digest, {
      fetch: this.#fetch,
      token: this.#token,
      clock: this.#clock,
      random: this.#random,
      backoff: this.#backoff,
      maxBytes: MAX_ASSET_BYTES,
      signal: this.#closing.signal,
      onFailure: () => {
        this.#counts.failedTries++;
      },
    });
    void this.#stored.put(digest, bytes);
    return bytes;
  }

  async #counting<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (thrown) {
      this.#counts.failures++;
      throw thrown;
    }
  }
}

function isForWantOfConnection(thrown: unknown): boolean {
  return thrown instanceof AssetError && ['unreachable', 'refused'].includes(thrown.code);
}

/** Absent attributes as missing properties. */
function withoutGaps({ positions, normals, uvs, colors, indices }: Submesh): GeometryAsset {
  return {
    positions,
    ...(normals && { normals }),
    ...(uvs && { uvs }),
    ...(colors && { colors }),
    ...(indices && { indices }),
  };
}
