import { Hono } from 'hono';
import type { Clock } from '../../shared/clock.ts';
import { atLeast } from '../../shared/roles.ts';
import type { RoomHost } from '../room-host.ts';
import { BlobError, type BlobStore, type UploadKey } from '../storage/blob-store.ts';
import type { SessionStorage } from '../storage/storage.ts';
import type { HttpMetrics } from './http-metrics.ts';
import { type AppContext, type AppEnv, refuse } from './request-context.ts';
import { UPLOAD_POLICY } from './security-headers.ts';
import { readUploadPart, type UploadPart } from './upload-request.ts';

export interface BlobRoutesOptions {
  readonly blobs: BlobStore;
  readonly storage: SessionStorage;
  readonly rooms: Pick<RoomHost, 'authorizeUpload' | 'authorOfLost'>;
  readonly metrics: HttpMetrics;
  readonly clock: Clock;
  readonly limits: BlobLimits;
}

export interface BlobLimits {
  readonly maxBlobBytes: number;
  /** All blobs of a session together, unfinished uploads included. */
  readonly maxSessionBytes: number;
}

const MIB = 1024 * 1024;

export const BLOB_LIMITS: BlobLimits = { maxBlobBytes: 64 * MIB, maxSessionBytes: 512 * MIB };

const HASH = ':hash{[0-9a-f]{64}}';
const COMPLETE = '?1';
const INCOMPLETE = '?0';

/**
 * Bringing content to a session, under `/api/sessions`. `HEAD` (Hono routes it as `GET`) tells how far an upload has got
 * (`Upload-Offset`, `Upload-Complete`); `PUT` adds to it from there, or starts anew at 0. Both need
 * the upload token that a peer was given on joining, as a bearer.
 */
export function uploadRoutes(options: BlobRoutesOptions): Hono<AppEnv> {
  const underWay = new Map<string, UnderWay>();
  return new Hono<AppEnv>()
    .get(`/:id/blobs/${HASH}`, async (c) => {
      const key = uploadKeyOf(c, options);
      if (key instanceof Response) return key;
      const size = await sizeIn(key, options);
      const offset = size ?? (await options.blobs.uploadOffset(key));
      return c.body(null, 200, progress(offset, size !== undefined));
    })
    .put(`/:id/blobs/${HASH}`, async (c) => {
      const key = uploadKeyOf(c, options);
      if (key instanceof Response) return key;
      const name = `${key.sessionId}/${key.author}/${key.hash}`;
      if (underWay.has(name))
        return refuse(c, 409, 'upload-busy', 'Another request is bringing this content.');
      // Whole from the start, so that uploads that begin together cannot pass the limit together.
      const bytes = readUploadPart(c)?.total ?? 0;
      const others = bytesUnderWay(underWay, key.sessionId);
      underWay.set(name, { sessionId: key.sessionId, bytes });
      try {
        return await receive(c, key, others, options);
      } finally {
        underWay.delete(name);
      }
    });
}

/** A request that is bringing content now, and how much that will be. */
interface UnderWay {
  readonly sessionId: string;
  readonly bytes: number;
}

function bytesUnderWay(underWay: ReadonlyMap<string, UnderWay>, sessionId: string): number {
  let sum = 0;
  for (const each of underWay.values()) if (each.sessionId === sessionId) sum += each.bytes;
  return sum;
}

export type ContentRoutesOptions = Pick<BlobRoutesOptions, 'blobs' | 'storage'> & {
  readonly rooms: Pick<RoomHost, 'authorizeDownload'>;
};

/**
 * S4: content by its hash, for whoever is in a session that it was brought to, viewers included, by
 * the token of joining as a bearer. What lies here for other sessions alone is not there for him.
 */
export function blobRoutes({ blobs, storage, rooms }: ContentRoutesOptions): Hono<AppEnv> {
  return new Hono<AppEnv>().get(`/${HASH}`, async (c) => {
    const token = tokenOf(c);
    const session = token && rooms.authorizeDownload(token);
    if (!session)
      return refuse(c, 401, 'unauthorized', 'Join the session to read its content.', {
        'WWW-Authenticate': 'Bearer',
      });
    const hash = c.req.param('hash');
    const isGranted = (await storage.getBlobGrant(session, hash)) !== undefined;
    const size = isGranted ? await blobs.size(hash) : undefined;
    const content = size === undefined ? undefined : await blobs.open(hash);
    if (content === undefined) return refuse(c, 404, 'unknown-blob', 'There is no such content.');
    return c.body(content, 200, {
      'Content-Type': 'application/octet-stream',
      'Content-Length': String(size),
      'Content-Disposition': 'attachment',
      'Content-Security-Policy': UPLOAD_POLICY,
      'Cache-Control': 'private, max-age=31536000, immutable',
      ETag: `"${hash}"`,
    });
  });
}

function tokenOf(c: AppContext): string | undefined {
  return /^Bearer ([0-9A-Za-z_-]{16,128})$/.exec(c.req.header('Authorization') ?? '')?.[1];
}

/**
 * The size of what the session has already. What only others have is brought whole all the same:
 * naming content is no proof of having it.
 */
async function sizeIn(
  { sessionId, hash }: UploadKey,
  { blobs, storage }: BlobRoutesOptions,
): Promise<number | undefined> {
  const granted = await storage.getBlobGrant(sessionId, hash);
  return granted && (await blobs.size(hash));
}

/** The upload that a request is about, once its token has been checked; or the refusal. */
function uploadKeyOf(c: AppContext, options: BlobRoutesOptions): UploadKey | Response {
  const sessionId = c.req.param('id') ?? '';
  const token = tokenOf(c);
  if (token === undefined)
    return refuse(c, 401, 'no-token', 'Uploads need the token given on joining.', {
      'WWW-Authenticate': 'Bearer',
    });
  const hash = c.req.param('hash') ?? '';
  // D3: who brings back what a server lost is not in the session yet.
  const lostBy = options.rooms.authorOfLost(sessionId, token, hash);
  if (lostBy !== undefined) return { sessionId, author: lostBy, hash };
  const uploader = options.rooms.authorizeUpload(sessionId, token);
  if (uploader === undefined)
    return refuse(c, 403, 'unknown-token', 'This token does not let you upload here.');
  if (!atLeast(uploader.role, 'editor'))
    return refuse(c, 403, 'role', 'Viewers cannot bring content.');
  return { sessionId, author: uploader.author, hash };
}

async function receive(
  c: AppContext,
  key: UploadKey,
  others: number,
  options: BlobRoutesOptions,
): Promise<Response> {
  const known = await sizeIn(key, options);
  if (known !== undefined)
    return c.json({ hash: key.hash, size: known }, 201, progress(known, true));
  const part = readUploadPart(c);
  if (part === undefined)
    return refuse(c, 411, 'no-length', 'Say how long the content is and where this part belongs.');
  const refusal =
    (await refuseSize(c, key, others, part, options)) ??
    (await refuseOffset(c, key, part, options));
  if (refusal) return refusal;
  const offset = await store(c, key, part, options);
  if (offset > part.total) {
    await options.blobs.dropUpload(key);
    return refuse(c, 400, 'too-long', 'There came more than was announced.');
  }
  if (offset < part.total) return c.body(null, 202, progress(offset, false));
  return finish(c, key, part.total, options);
}

async function refuseSize(
  c: AppContext,
  key: UploadKey,
  others: number,
  { total }: UploadPart,
  { limits, storage, blobs }: BlobRoutesOptions,
): Promise<Response | undefined> {
  if (total > limits.maxBlobBytes)
    return refuse(c, 413, 'too-large', `Content may have ${limits.maxBlobBytes} bytes.`);
  const held = await storage.blobUsage(key.sessionId);
  const pending = await blobs.pendingBytes(key.sessionId);
  const own = await blobs.uploadOffset(key);
  if (held + pending - own + others + total > limits.maxSessionBytes)
    return refuse(c, 413, 'session-full', 'This session holds as much content as it may.');
  return undefined;
}

async function refuseOffset(
  c: AppContext,
  key: UploadKey,
  { start }: UploadPart,
  { blobs }: BlobRoutesOptions,
): Promise<Response | undefined> {
  if (start === 0) await blobs.dropUpload(key);
  const offset = await blobs.uploadOffset(key);
  if (start === offset) return undefined;
  const message = `The upload is at byte ${offset}.`;
  return refuse(c, 409, 'upload-offset', message, progress(offset, false));
}

/** Stores what comes, chunk by chunk; stops one byte past what was announced. */
async function store(
  c: AppContext,
  key: UploadKey,
  { start, total }: UploadPart,
  { blobs, metrics }: BlobRoutesOptions,
): Promise<number> {
  let offset = start;
  for await (const chunk of c.req.raw.body ?? []) {
    if (offset + chunk.length > total) return total + 1;
    offset = await blobs.appendUpload(key, offset, chunk);
    metrics.uploadedBytes.add({}, chunk.length);
  }
  return offset;
}

async function finish(
  c: AppContext,
  key: UploadKey,
  size: number,
  options: BlobRoutesOptions,
): Promise<Response> {
  try {
    await options.blobs.finishUpload(key);
  } catch (thrown) {
    if (thrown instanceof BlobError && thrown.code === 'hash-mismatch')
      return refuse(c, 422, thrown.code, thrown.message);
    throw thrown;
  }
  return grant(c, key, size, options);
}

async function grant(
  c: AppContext,
  { sessionId, author, hash }: UploadKey,
  size: number,
  { storage, clock }: BlobRoutesOptions,
): Promise<Response> {
  await storage.grantBlob({ sessionId, hash, size, author, at: clock.wallTime() });
  return c.json({ hash, size }, 201, progress(size, true));
}

function progress(offset: number, complete: boolean): Record<string, string> {
  return {
    'Upload-Offset': String(offset),
    'Upload-Complete': complete ? COMPLETE : INCOMPLETE,
  };
}
