import { Hono } from 'hono';
import type { Clock } from '../../shared/clock.ts';
import type { Logger } from '../../shared/logger.ts';
import type { Metrics } from '../../telemetry/prometheus.ts';
import type { RoomHost } from '../room-host.ts';
import type { Sessions } from '../sessions.ts';
import type { BlobStore } from '../storage/blob-store.ts';
import type { SessionStorage } from '../storage/storage.ts';
import { BLOB_LIMITS, type BlobLimits, blobRoutes, uploadRoutes } from './blob-routes.ts';
import { createHttpMetrics, type HttpMetrics } from './http-metrics.ts';
import { logRoutes } from './log-routes.ts';
import { operatorRoutes } from './operator-routes.ts';
import type { OriginPolicy } from './origins.ts';
import type { PageFiles } from './page-files.ts';
import { pageRoutes } from './page-routes.ts';
import type { RateLimitOptions } from './rate-limit.ts';
import { type AppContext, type AppEnv, refuse, requestHost } from './request-context.ts';
import { COMMON_HEADERS, DATA_POLICY } from './security-headers.ts';
import { CREATE_LIMIT, sessionRoutes } from './session-routes.ts';
import { type TransportOffer, transportRoute } from './transport-route.ts';
import { type WebRtcRoutesOptions, webRtcRoutes } from './webrtc-routes.ts';

export interface AppOptions {
  readonly sessions: Sessions;
  readonly storage: SessionStorage;
  readonly blobs: BlobStore;
  readonly rooms: RoomHost;
  readonly files: PageFiles;
  readonly origins: OriginPolicy;
  readonly offer: () => TransportOffer;
  readonly operatorSecret: string;
  readonly gateway: WebRtcRoutesOptions['gateway'];
  readonly turn: WebRtcRoutesOptions['turn'];
  readonly metrics: Metrics;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly createLimit?: RateLimitOptions;
  readonly blobLimits?: BlobLimits;
}

/** Everything that is not asked for by name is refused: only these methods mean anything here. */
const METHODS: readonly string[] = ['GET', 'HEAD', 'POST', 'PUT'];

/** Those that change nothing. */
const READING: readonly string[] = ['GET', 'HEAD'];

/** The server's HTTP: the page, the API, blobs, health and metrics, in Web-standard terms. */
export function createApp(options: AppOptions): Hono<AppEnv> {
  const { metrics, clock } = options;
  const http = createHttpMetrics(metrics);
  const app = new Hono<AppEnv>();
  app.use((c, next) => measure(c, next, http, clock));
  app.get('/healthz', (c) => c.json({ status: 'ok' }));
  app.use((c, next) => guard(c, next, options.origins));
  app.get('/metrics', async (c) =>
    c.text(await metrics.text(), 200, { 'Content-Type': metrics.contentType }),
  );
  const createLimit = options.createLimit ?? CREATE_LIMIT;
  app.route('/api/sessions', sessionRoutes({ ...options, metrics: http, createLimit }));
  const limits = options.blobLimits ?? BLOB_LIMITS;
  app.route('/api/sessions', uploadRoutes({ ...options, metrics: http, limits }));
  app.route('/api/sessions', logRoutes(options));
  app.route('/api/operator', operatorRoutes(options));
  app.route('/api/sessions', webRtcRoutes(options));
  app.route('/api/transport', transportRoute(options.offer));
  app.route('/blobs', blobRoutes(options));
  app.all('/api/*', (c) => refuse(c, 404, 'not-found', 'There is nothing here.'));
  app.route('/', pageRoutes(options));
  app.notFound((c) => refuse(c, 405, 'method', 'This method means nothing here.'));
  app.onError((error, c) => {
    options.logger.error('A request failed.', { path: c.req.path, error });
    if (isDiskFull(error)) {
      return refuse(c, 507, 'full', "The server's disk is full: nothing can be stored now.");
    }
    return c.json({ error: { code: 'internal', message: 'Something failed on the server.' } }, 500);
  });
  return app;
}

/** Of the database, or of the folder that files go to. */
function isDiskFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && ['full', 'ENOSPC'].includes(`${error.code}`);
}

/** Counts the answer, and gives it the headers that every answer carries. */
async function measure(
  c: AppContext,
  next: () => Promise<void>,
  http: HttpMetrics,
  clock: Clock,
): Promise<void> {
  const began = clock.now();
  await next();
  for (const [name, value] of Object.entries(COMMON_HEADERS)) c.header(name, value);
  if (!c.res.headers.has('Content-Security-Policy'))
    c.header('Content-Security-Policy', DATA_POLICY);
  if (!c.res.headers.has('Cache-Control')) c.header('Cache-Control', 'no-store');
  const method = METHODS.includes(c.req.method) ? c.req.method : 'other';
  http.requests.add({ method, status: String(c.res.status) });
  const refusal = c.get('refusal');
  if (refusal !== undefined) http.refusals.add({ reason: refusal });
  http.seconds.observe({}, (clock.now() - began) / 1000);
}

/**
 * S6: a name that somebody else points at this server is not this server, and no page of another
 * changes anything here, whatever it knows. (What may come without an `Origin`, the routes say.)
 */
async function guard(
  c: AppContext,
  next: () => Promise<void>,
  origins: OriginPolicy,
): Promise<Response | undefined> {
  if (!origins.allowsHost(requestHost(c)))
    return refuse(
      c,
      421,
      'foreign-host',
      'This server does not know itself by this name; its operator can set THETA_PUBLIC_URL.',
    );
  if (!METHODS.includes(c.req.method))
    return refuse(c, 405, 'method', 'This method means nothing here.');
  const origin = c.req.header('Origin');
  const isForeign = origin !== undefined && !origins.allowsOrigin(origin, requestHost(c));
  if (isForeign && !READING.includes(c.req.method))
    return refuse(c, 403, 'foreign-origin', 'This origin may not change anything here.');
  await next();
  return undefined;
}
