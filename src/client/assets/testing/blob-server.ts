import { createHash } from 'node:crypto';
import { type Bytes, concatBytes } from '../../../shared/bytes.ts';
import type { Fetch } from '../http-answer.ts';

export interface Seen {
  readonly method: string;
  readonly range: string | undefined;
  readonly token: string | undefined;
  readonly cache: string | undefined;
}

/** The server's side of bringing and fetching content, as docs of `/api/sessions/:id/blobs` have it. */
export class BlobServer {
  readonly blobs = new Map<string, Bytes>();
  readonly seen: Seen[] = [];
  /** What happens to coming requests instead, first to last; `undefined` lets one through. */
  readonly faults: ((() => Response | Promise<Response>) | undefined)[] = [];
  readonly #partial = new Map<string, Bytes>();

  readonly fetch: Fetch = async (url, init) => {
    const headers = new Headers(init.headers);
    this.seen.push({
      method: init.method ?? 'GET',
      range: headers.get('Content-Range') ?? undefined,
      token: headers.get('Authorization') ?? undefined,
      cache: init.cache,
    });
    init.signal?.throwIfAborted();
    const fault = this.faults.shift();
    if (fault !== undefined) return await fault();
    return this.#answer(url, init, headers);
  };

  /** Bytes of an unfinished upload. */
  setPartial(digest: string, bytes: Bytes): void {
    this.#partial.set(digest, bytes);
  }

  #answer(url: string, init: RequestInit, headers: Headers): Response {
    const digest = url.slice(url.lastIndexOf('/') + 1);
    if (init.method === 'HEAD') return this.#progress(digest, 200);
    if (init.method === 'PUT') return this.#receive(digest, init.body as Bytes, headers);
    const bytes = this.blobs.get(digest);
    return bytes === undefined ? refusal(404, 'There is no such content.') : new Response(bytes);
  }

  #receive(digest: string, body: Bytes, headers: Headers): Response {
    if (this.blobs.has(digest)) return this.#progress(digest, 201);
    const [, start, end, total] =
      /^bytes (\d+)-(\d+)\/(\d+)$/.exec(headers.get('Content-Range') ?? '')?.map(Number) ?? [];
    if (start === undefined || end! - start + 1 !== body.length) return refusal(411, 'No range.');
    const before = start === 0 ? new Uint8Array() : (this.#partial.get(digest) ?? new Uint8Array());
    if (start !== before.length) return this.#progress(digest, 409);
    const bytes = concatBytes(before, body);
    this.#partial.set(digest, bytes);
    if (bytes.length < total!) return this.#progress(digest, 202);
    this.#partial.delete(digest);
    if (sha256(bytes) !== digest) return refusal(422, 'The content is not what its name says.');
    this.blobs.set(digest, bytes);
    return this.#progress(digest, 201);
  }

  #progress(digest: string, status: number): Response {
    const whole = this.blobs.get(digest)?.length;
    const offset = whole ?? this.#partial.get(digest)?.length ?? 0;
    const complete = whole === undefined ? '?0' : '?1';
    const headers = { 'Upload-Offset': String(offset), 'Upload-Complete': complete };
    return new Response(null, { status, headers });
  }
}

export function refusal(status: number, message: string): Response {
  return Response.json({ error: { code: 'x', message } }, { status });
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
