import { Hono } from 'hono';
import { decode, encode } from '../../protocol/codec.ts';
import { DecodeError } from '../../protocol/decode-error.ts';
import type { Accepted } from '../../protocol/generated/types.ts';
import {
  LOG_PAGE_BYTES,
  LOG_PAGE_RECORDS,
  MAX_SERVER_MESSAGE_BYTES,
} from '../../protocol/limits.ts';
import type { Clock } from '../../shared/clock.ts';
import type { RoomHost } from '../room-host.ts';
import type { LogRecord, SessionStorage, StepRecord } from '../storage/storage.ts';
import type { OriginPolicy } from './origins.ts';
import { addressKey, RateLimit, type RateLimitOptions } from './rate-limit.ts';
import { type AppContext, type AppEnv, refuse } from './request-context.ts';
import { refuseForeign } from './session-routes.ts';

/** Bytes that FlatBuffers add to a record. */
const RECORD_OVERHEAD = 64;
/** A page of the log, and one record over it. */
const MAX_GIVEN_BYTES = LOG_PAGE_BYTES + MAX_SERVER_MESSAGE_BYTES;
/** From one address, for all that its browsers bring back. */
const GIVE_BACK_LIMIT: RateLimitOptions = { burst: 120, perSecond: 2, maxKeys: 10_000 };
/** Steps in one answer. */
const MAX_STEPS = 500;

export interface LogRoutesOptions {
  readonly storage: SessionStorage;
  readonly rooms: Pick<RoomHost, 'authorizeUpload' | 'pastSnapshot' | 'takeBack'>;
  readonly origins: Pick<OriginPolicy, 'allowsOrigin'>;
  readonly clock: Clock;
}

/**
 * The history, for everybody who is in the session, by the token of joining (docs/operations.md):
 * the log as it was signed, a list of its steps and versions, and snapshots to begin from.
 */
export function logRoutes({ storage, rooms, origins, clock }: LogRoutesOptions): Hono<AppEnv> {
  const limit = new RateLimit(GIVE_BACK_LIMIT, clock);
  return new Hono<AppEnv>()
    .post('/:id/log', async (c) => {
      const foreign = refuseForeign(c, origins);
      if (foreign) return foreign;
      const wait = limit.take(addressKey(c.env.remoteAddress));
      if (wait > 0)
        return refuse(c, 429, 'too-many', 'Too many requests; try again later.', {
          'Retry-After': String(Math.ceil(wait / 1000)),
        });
      const records = await recordsIn(c);
      if (records === undefined)
        return refuse(c, 400, 'bad-log', 'The body must be a part of a log.');
      const taken = await rooms.takeBack(c.req.param('id'), records);
      if (taken === undefined)
        return refuse(c, 404, 'unknown-session', 'There is no such session.');
      return c.json(taken);
    })
    .use('/:id/:what{log|steps|snapshot}', async (c, next) => {
      const token = tokenOf(c);
      if (token !== undefined && rooms.authorizeUpload(c.req.param('id'), token)) return next();
      return refuse(c, 401, 'unauthorized', 'Join the session to read its history.');
    })
    .get('/:id/log', async (c) => {
      const after = numberIn(c, 'after', 0);
      if (after === undefined) return badNumber(c, 'after');
      const records = await storage.readLog(c.req.param('id'), after, LOG_PAGE_RECORDS);
      return sendBytes(c, encode('LogPage', { records: pageOf(records) }));
    })
    .get('/:id/steps', async (c) => {
      const after = numberIn(c, 'after', 0);
      const limit = numberIn(c, 'limit', MAX_STEPS);
      if (after === undefined || limit === undefined) return badNumber(c, 'after" or "limit');
      return c.json(await stepsOf(storage, c.req.param('id'), after, Math.min(limit, MAX_STEPS)));
    })
    .get('/:id/snapshot', async (c) => {
      const index = numberIn(c, 'index', Number.MAX_SAFE_INTEGER);
      if (index === undefined) return badNumber(c, 'index');
      const found = await rooms.pastSnapshot(c.req.param('id'), tokenOf(c) ?? '', index);
      return found === undefined ? c.body(null, 204) : sendBytes(c, found);
    });
}

/** What somebody brings back of a log; undefined for anything else. */
async function recordsIn(c: AppContext): Promise<readonly Accepted[] | undefined> {
  const length = Number(c.req.header('Content-Length') ?? Number.NaN);
  if (!(length <= MAX_GIVEN_BYTES)) return undefined;
  try {
    return decode('LogPage', new Uint8Array(await c.req.arrayBuffer())).records;
  } catch (thrown) {
    if (thrown instanceof DecodeError) return undefined;
    throw thrown;
  }
}

/** With all named versions. */
async function stepsOf(storage: SessionStorage, id: string, after: number, limit: number) {
  const steps = await storage.readSteps(id, after, limit);
  const versions = await storage.listVersions(id);
  return {
    total: await storage.countSteps(id),
    steps: steps.map(plainStep),
    versions: versions.map(plainStep),
  };
}

function plainStep({ sessionId: _, at, ...step }: StepRecord) {
  return { ...step, time: at };
}

function tokenOf(c: AppContext): string | undefined {
  return /^Bearer (.+)$/.exec(c.req.header('Authorization') ?? '')?.[1];
}

/** A whole number of the query, or undefined for what is none. */
function numberIn(c: AppContext, name: string, absent: number): number | undefined {
  const value = Number(c.req.query(name) ?? absent);
  return Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

function badNumber(c: AppContext, name: string): Response {
  return refuse(c, 400, 'bad-parameter', `"${name}" must be a whole number.`);
}

function sendBytes(c: AppContext, bytes: Uint8Array<ArrayBuffer>): Response {
  return c.body(bytes, 200, { 'Content-Type': 'application/octet-stream' });
}

/** As many as fit a page, at least one. */
function pageOf(records: readonly LogRecord[]): Accepted[] {
  const page: Accepted[] = [];
  let bytes = 0;
  for (const { judgement, packet } of records) {
    bytes += judgement.length + packet.length + RECORD_OVERHEAD;
    if (page.length > 0 && bytes > LOG_PAGE_BYTES) break;
    page.push({ judgement, packet });
  }
  return page;
}
