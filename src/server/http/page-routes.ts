import { Hono } from 'hono';
import { isSessionId } from '../session-identity.ts';
import type { SessionStorage } from '../storage/storage.ts';
import { type PageFile, type PageFiles, SCRIPT_TYPE } from './page-files.ts';
import { type AppContext, type AppEnv, refuse, requestHost } from './request-context.ts';
import {
  PERMISSIONS_POLICY,
  pagePolicy,
  SCRIPT_FRAME_POLICY,
  SCRIPT_POLICY,
} from './security-headers.ts';
import { connectOrigins, type TransportOffer } from './transport-route.ts';

export interface PageRoutesOptions {
  readonly files: PageFiles;
  readonly storage: SessionStorage;
  readonly offer: () => TransportOffer;
}

const INDEX = '/index.html';
const SCRIPT_FRAME = '/script-frame.html';
const FOREVER = 'public, max-age=31536000, immutable';
const ASK_AGAIN = 'no-cache';

/** The built page: its index at `/` and at `/s/:id`, and its files. */
export function pageRoutes(options: PageRoutesOptions): Hono<AppEnv> {
  return new Hono<AppEnv>()
    .get('/', (c) => sendIndex(c, options, 200))
    .get('/s/:id', async (c) => {
      const id = c.req.param('id');
      const exists = isSessionId(id) && (await options.storage.getSession(id)) !== undefined;
      // The page itself says so to the person; the status says so to everybody else.
      return sendIndex(c, options, exists ? 200 : 404);
    })
    .get('*', async (c) => {
      const path = decoded(c.req.path);
      const file = await options.files.get(path);
      if (file === undefined) return refuse(c, 404, 'not-found', 'There is nothing here.');
      if (file.type === SCRIPT_TYPE) c.header('Content-Security-Policy', SCRIPT_POLICY);
      if (path === SCRIPT_FRAME) c.header('Content-Security-Policy', SCRIPT_FRAME_POLICY);
      return send(c, file, 200);
    });
}

async function sendIndex(
  c: AppContext,
  options: PageRoutesOptions,
  status: 200 | 404,
): Promise<Response> {
  const index = await options.files.get(INDEX);
  if (index === undefined)
    return refuse(c, 503, 'not-built', 'The page is not built; run `npm run build`, then restart.');
  const connectTo = connectOrigins(requestHost(c), options.offer());
  c.header('Content-Security-Policy', pagePolicy(connectTo));
  c.header('Permissions-Policy', PERMISSIONS_POLICY);
  return send(c, index, status);
}

function send(c: AppContext, file: PageFile, status: 200 | 404): Response {
  c.header('Cache-Control', file.immutable ? FOREVER : ASK_AGAIN);
  c.header('ETag', file.etag);
  c.header('Vary', 'Accept-Encoding');
  if (status === 200 && c.req.header('If-None-Match') === file.etag) return c.body(null, 304);
  c.header('Content-Type', file.type);
  const acceptsGzip = /\bgzip\b/.test(c.req.header('Accept-Encoding') ?? '');
  if (!acceptsGzip || file.gzipped === undefined) return c.body(file.body, status);
  c.header('Content-Encoding', 'gzip');
  return c.body(file.gzipped, status);
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
