import { Hono } from 'hono';
import { encode } from '../../protocol/codec.ts';
import type { Accepted } from '../../protocol/generated/types.ts';
import { LOG_PAGE_BYTES, LOG_PAGE_RECORDS } from '../../protocol/limits.ts';
import type { RoomHost } from '../room-host.ts';
import type { LogRecord, SessionStorage } from '../storage/storage.ts';
import { type AppEnv, refuse } from './request-context.ts';

/** Bytes that FlatBuffers add to a record. */
const RECORD_OVERHEAD = 64;

export interface LogRoutesOptions {
  readonly storage: SessionStorage;
  readonly rooms: Pick<RoomHost, 'authorizeUpload'>;
}

/**
 * The history as it was signed: `GET /:id/log?after=<index>` gives the next records as a `LogPage`
 * buffer, none when there are no more. For everybody who is in the session, by the token of joining.
 */
export function logRoutes({ storage, rooms }: LogRoutesOptions): Hono<AppEnv> {
  return new Hono<AppEnv>().get('/:id/log', async (c) => {
    const id = c.req.param('id');
    const token = /^Bearer (.+)$/.exec(c.req.header('Authorization') ?? '')?.[1];
    if (token === undefined || rooms.authorizeUpload(id, token) === undefined)
      return refuse(c, 401, 'unauthorized', 'Join the session to read its history.');
    const after = Number(c.req.query('after') ?? 0);
    if (!Number.isSafeInteger(after) || after < 0)
      return refuse(c, 400, 'bad-parameter', '"after" is the index of a log record.');
    const records = await storage.readLog(id, after, LOG_PAGE_RECORDS);
    return c.body(encode('LogPage', { records: pageOf(records) }), 200, {
      'Content-Type': 'application/octet-stream',
    });
  });
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
