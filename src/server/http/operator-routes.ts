import { createHash, timingSafeEqual } from 'node:crypto';
import { Hono } from 'hono';
import { z } from 'zod';
import { linkPath } from '../../commands/governance/link-token.ts';
import { MAX_LINK_LABEL } from '../../commands/governance/links.ts';
import { roleName } from '../../commands/governance/values.ts';
import type { RoomHost } from '../room-host.ts';
import { isSessionId } from '../session-identity.ts';
import { type AppEnv, refuse } from './request-context.ts';

export interface OperatorRoutesOptions {
  readonly rooms: Pick<RoomHost, 'createLink'>;
  /** What the data folder's owner alone can read. */
  readonly operatorSecret: string;
}

const MAX_BODY_BYTES = 4096;

const linkRequest = z.object({
  sessionId: z.string().refine(isSessionId),
  role: roleName,
  label: z.string().max(MAX_LINK_LABEL),
  expiresAt: z.number().int().positive().optional(),
});

/** `POST /links` makes a link for whoever has the operator's secret (docs/operations.md). */
export function operatorRoutes({ rooms, operatorSecret }: OperatorRoutesOptions): Hono<AppEnv> {
  return new Hono<AppEnv>().post('/links', async (c) => {
    const given = /^Bearer (.+)$/.exec(c.req.header('Authorization') ?? '')?.[1] ?? '';
    if (!timingSafeEqual(digest(given), digest(operatorSecret)))
      return refuse(c, 401, 'unauthorized', 'Only the operator of this server may do this.');
    if (!(Number(c.req.header('Content-Length')) <= MAX_BODY_BYTES))
      return refuse(c, 413, 'too-large', 'This body is too large.');
    const request = linkRequest.safeParse(await readJson(c.req.raw));
    if (!request.success)
      return refuse(c, 400, 'bad-parameter', 'Say for which session, and which role.');
    const { sessionId, ...link } = request.data;
    const token = await rooms.createLink(sessionId, link);
    if (token === undefined)
      return refuse(c, 404, 'unknown-session', 'There is no such session; it may have expired.');
    return c.json({ path: linkPath(sessionId, token) }, 201);
  });
}

async function readJson(request: Request): Promise<unknown> {
  try {
    return await request.json();
  } catch {
    // What is no JSON is no request.
    return undefined;
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
