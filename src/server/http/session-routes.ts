import { Hono } from 'hono';
import { linkPath } from '../../commands/governance/link-token.ts';
import type { Clock } from '../../shared/clock.ts';
import { isSessionId } from '../session-identity.ts';
import { SessionLimitError, type Sessions } from '../sessions.ts';
import type { SessionStorage } from '../storage/storage.ts';
import type { HttpMetrics } from './http-metrics.ts';
import type { OriginPolicy } from './origins.ts';
import { addressKey, RateLimit, type RateLimitOptions } from './rate-limit.ts';
import { type AppContext, type AppEnv, refuse, requestHost } from './request-context.ts';

export interface SessionRoutesOptions {
  readonly sessions: Sessions;
  readonly storage: SessionStorage;
  readonly origins: OriginPolicy;
  readonly metrics: HttpMetrics;
  readonly clock: Clock;
  readonly createLimit: RateLimitOptions;
}

/** How often one address may create sessions. */
export const CREATE_LIMIT: RateLimitOptions = { burst: 60, perSecond: 1, maxKeys: 10_000 };

/** A request to create needs no body; this much of one is read to see that it is JSON. */
const MAX_BODY_BYTES = 4096;

/** `POST /` creates a session and gives its links, this once; `GET /:id` says whether it exists. */
export function sessionRoutes(options: SessionRoutesOptions): Hono<AppEnv> {
  const limit = new RateLimit(options.createLimit, options.clock);
  return new Hono<AppEnv>()
    .post('/', async (c) => {
      const refusal = refuseForeign(c, options.origins) ?? (await refuseBody(c));
      if (refusal) return refusal;
      const waitMs = limit.take(addressKey(c.env.remoteAddress));
      if (waitMs > 0) return refuseRate(c, waitMs);
      return create(c, options);
    })
    .get('/:id', async (c) => {
      const id = c.req.param('id');
      const session = isSessionId(id) ? await options.storage.getSession(id) : undefined;
      if (session === undefined)
        return refuse(c, 404, 'unknown-session', 'There is no such session; it may have expired.');
      return c.json({ sessionId: session.id });
    });
}

async function create(c: AppContext, options: SessionRoutesOptions): Promise<Response> {
  try {
    const { session, tokens } = await options.sessions.create();
    options.metrics.sessionsCreated.add({});
    const links = {
      viewer: linkPath(session.id, tokens.viewer),
      editor: linkPath(session.id, tokens.editor),
      admin: linkPath(session.id, tokens.admin),
    };
    return c.json({ sessionId: session.id, links }, 201);
  } catch (thrown) {
    if (thrown instanceof SessionLimitError) return refuse(c, 503, thrown.code, thrown.message);
    throw thrown;
  }
}

/** S6: what changes something without a token comes from a page of this server's own. */
export function refuseForeign(
  c: AppContext,
  origins: Pick<OriginPolicy, 'allowsOrigin'>,
): Response | undefined {
  const origin = c.req.header('Origin');
  if (origin !== undefined && origins.allowsOrigin(origin, requestHost(c))) return;
  const message =
    origin === undefined
      ? "Send an Origin header with this server's own origin, as a page of it does."
      : 'This origin may not change anything here.';
  return refuse(c, 403, 'foreign-origin', message);
}

async function refuseBody(c: AppContext): Promise<Response | undefined> {
  const type = c.req.header('Content-Type');
  if (type !== undefined && !/^application\/json\b/i.test(type))
    return refuse(c, 415, 'not-json', 'Bodies here are JSON (Content-Type: application/json).');
  const declared = Number(c.req.header('Content-Length') ?? 0);
  if (!(declared <= MAX_BODY_BYTES)) return refuse(c, 413, 'too-large', 'This body is too large.');
  const text = await readText(c.req.raw.body);
  if (text === undefined) return refuse(c, 413, 'too-large', 'This body is too large.');
  if (text !== '' && !isJsonObject(text))
    return refuse(c, 400, 'not-json', 'The body must be a JSON object, or absent.');
  return undefined;
}

/** The text of a body, or `undefined` when there is more of it than is read. */
async function readText(body: ReadableStream<Uint8Array> | null): Promise<string | undefined> {
  const decoder = new TextDecoder();
  let text = '';
  let length = 0;
  for await (const chunk of body ?? []) {
    length += chunk.length;
    if (length > MAX_BODY_BYTES) return undefined;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

function refuseRate(c: AppContext, waitMs: number): Response {
  const seconds = Math.ceil(waitMs / 1000);
  return refuse(c, 429, 'rate', `Too many sessions from this address; wait ${seconds} s.`, {
    'Retry-After': String(seconds),
  });
}
