import type { Bytes } from '../../shared/bytes.ts';
import { type Clock, systemClock } from '../../shared/clock.ts';
import { type Random, systemRandom } from '../../shared/random.ts';
import { AssetError, isTransient } from './asset-error.ts';
import { BACKOFF, type Backoff, backoffDelay, cancelled, pause, untilAborted } from './backoff.ts';
import { ask, type Fetch } from './http-answer.ts';

export interface UploadOptions {
  readonly signal?: AbortSignal;
  /** Bytes that the server has, of all of them; never goes back. */
  readonly onProgress?: (sent: number, total: number) => void;
}

/** Brings content to the session. */
export interface BlobUploader {
  /**
   * Resolves once the server has checked the content and has it on disk.
   * @param digest SHA-256 of the bytes, in hexadecimal
   * @throws {AssetError}
   */
  upload(bytes: Bytes, digest: string, options?: UploadOptions): Promise<void>;
}

export interface HttpBlobUploaderOptions {
  readonly sessionId: string;
  /** Asked for each request: joining again brings another one. */
  readonly uploadToken: () => string;
  readonly fetch?: Fetch;
  readonly clock?: Clock;
  readonly random?: Random;
  readonly backoff?: Backoff;
  readonly chunkBytes?: number;
  /**
   * Waits for the connection to the session, after a request with this token failed.
   * @returns whether one joined anew since: the failure was that of a server that went away
   */
  readonly rejoined?: (token: string) => Promise<boolean>;
}

const CHUNK_BYTES = 2 * 1024 * 1024;
const TIMEOUT_MS = 60_000;
const COMPLETE = '?1';

/**
 * Uploads over HTTP, a chunk at a time: asks first how much the server has, goes on from there, and
 * does so again after a failure. Content that the server has already costs no more than a question.
 */
export class HttpBlobUploader implements BlobUploader {
  readonly #options: Required<HttpBlobUploaderOptions>;

  constructor(options: HttpBlobUploaderOptions) {
    this.#options = {
      fetch: (url, init) => fetch(url, init),
      clock: systemClock,
      random: systemRandom,
      backoff: BACKOFF,
      chunkBytes: CHUNK_BYTES,
      rejoined: () => Promise.resolve(false),
      ...options,
    };
  }

  async upload(bytes: Bytes, digest: string, options: UploadOptions = {}): Promise<void> {
    const { backoff, clock, random, uploadToken } = this.#options;
    const transfer = new Transfer(bytes, this.#url(digest), this.#options, options);
    for (let failures = 0; ; ) {
      const before = transfer.sent;
      const token = uploadToken();
      try {
        return await transfer.run();
      } catch (thrown) {
        if (await this.#isOfAnotherServer(thrown, token, options.signal)) {
          failures = 0;
          continue;
        }
        // Whatever got further starts counting anew: a long upload outlives many short breaks.
        failures = transfer.sent > before ? 1 : failures + 1;
        if (!isTransient(thrown) || failures >= backoff.attempts) throw thrown;
        await pause(backoffDelay(failures, backoff, random), clock, options.signal);
      }
    }
  }

  /** Whether the server has gone since, and what it did not answer or would not take says nothing now. */
  async #isOfAnotherServer(
    thrown: unknown,
    token: string,
    signal: AbortSignal | undefined,
  ): Promise<boolean> {
    const refused = thrown instanceof AssetError && thrown.code === 'refused';
    if (!isTransient(thrown) && !refused) return false;
    return Promise.race([this.#options.rejoined(token), untilAborted(signal)]);
  }

  #url(digest: string): string {
    return `/api/sessions/${encodeURIComponent(this.#options.sessionId)}/blobs/${digest}`;
  }
}

/** One upload over as many requests as it takes. */
class Transfer {
  /** The most that the server was known to have. */
  sent = 0;
  readonly #bytes: Bytes;
  readonly #url: string;
  readonly #http: Required<HttpBlobUploaderOptions>;
  readonly #options: UploadOptions;

  constructor(
    bytes: Bytes,
    url: string,
    http: Required<HttpBlobUploaderOptions>,
    options: UploadOptions,
  ) {
    this.#bytes = bytes;
    this.#url = url;
    this.#http = http;
    this.#options = options;
  }

  /** From wherever the server is to the end. */
  async run(): Promise<void> {
    let place = placeIn(await this.#request({ method: 'HEAD' }));
    while (!place.complete) {
      // All bytes without completion are left over from a crash: they are brought once more.
      const start = place.offset < this.#bytes.length ? place.offset : 0;
      place = placeIn(await this.#send(start));
      this.#tell(place.offset);
    }
    this.#tell(this.#bytes.length);
  }

  #send(start: number): Promise<Response> {
    const total = this.#bytes.length;
    const end = Math.min(total, start + this.#http.chunkBytes);
    const range = `bytes ${start}-${end - 1}/${total}`;
    return this.#request(
      { method: 'PUT', body: this.#bytes.subarray(start, end) },
      { 'Content-Range': range, 'Content-Type': 'application/octet-stream' },
    );
  }

  #request(init: RequestInit, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
    const { signal } = this.#options;
    if (signal?.aborted) return Promise.reject(cancelled());
    const authorization = { Authorization: `Bearer ${this.#http.uploadToken()}` };
    const withHeaders = { ...init, headers: { ...headers, ...authorization } };
    return ask(this.#http.fetch, this.#url, withHeaders, TIMEOUT_MS, signal);
  }

  #tell(offset: number): void {
    if (offset <= this.sent) return;
    this.sent = offset;
    this.#options.onProgress?.(offset, this.#bytes.length);
  }
}

/** How far the server says that the upload has got. */
function placeIn(response: Response): { offset: number; complete: boolean } {
  const offset = Number(response.headers.get('Upload-Offset'));
  return {
    offset: Number.isSafeInteger(offset) && offset >= 0 ? offset : 0,
    complete: response.headers.get('Upload-Complete') === COMPLETE,
  };
}
