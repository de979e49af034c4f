import { Hono } from 'hono';
import { z } from 'zod';
import { fromBase64Url, toHex } from '../../shared/bytes.ts';
import type { Clock } from '../../shared/clock.ts';
import { ThetaError } from '../../shared/errors.ts';
import { iceServersFor, type TurnServer } from '../ice-servers.ts';
import type { RoomHost } from '../room-host.ts';
import type { GatewayErrorCode, WebRtcGateway } from '../webrtc/gateway.ts';
import type { OriginPolicy } from './origins.ts';
import { addressKey, RateLimit, type RateLimitOptions } from './rate-limit.ts';
import { type AppContext, type AppEnv, refuse, requestHost } from './request-context.ts';

export interface WebRtcRoutesOptions {
  readonly rooms: Pick<RoomHost, 'mayJoin'>;
  readonly origins: OriginPolicy;
  readonly clock: Clock;
  /** Absent where the operator has switched the rung off. */
  readonly gateway: Pick<WebRtcGateway, 'answer'> | undefined;
  readonly turn: TurnServer | undefined;
}

/** How often one address may ask: each answer costs a peer connection. */
const SIGNAL_LIMIT: RateLimitOptions = { burst: 60, perSecond: 2, maxKeys: 10_000 };
const MAX_BODY_BYTES = 32 * 1024;

const bytes = (length: number) =>
  z
    .string()
    .max(2 * length)
    .transform((text) => fromBase64Url(text))
    .refine((value) => value?.length === length)
    .transform((value) => value!);

/** What a page asks: the servers that help it through, or with its SDP, the answer to that. */
const bodySchema = z.object({
  author: bytes(32),
  /** By the author's key, over session and SDP (docs/protocol.md). */
  signature: bytes(64),
  token: z.string().max(128).optional(),
  sdp: z.string().max(MAX_BODY_BYTES).default(''),
});

const STATUS = { 'gateway-refused': 400, 'gateway-down': 503, 'gateway-full': 503 } as const;

/** T2: `POST /:id/webrtc`, signalling for whoever may join the session, by link or by key. */
export function webRtcRoutes(options: WebRtcRoutesOptions): Hono<AppEnv> {
  const { rooms, clock, turn, gateway } = options;
  const limit = new RateLimit(SIGNAL_LIMIT, clock);
  return new Hono<AppEnv>().post('/:id/webrtc', async (c) => {
    const origin = c.req.header('Origin');
    if (origin === undefined || !options.origins.allowsOrigin(origin, requestHost(c)))
      return refuse(c, 403, 'foreign-origin', 'This origin may not connect here.');
    if (limit.take(addressKey(c.env.remoteAddress)) > 0)
      return refuse(c, 429, 'rate', 'Too many connections from this address; wait a moment.');
    if (gateway === undefined) return refuse(c, 404, 'off', 'WebRTC is switched off here.');
    const body = await readBody(c);
    if (body === undefined) return refuse(c, 400, 'malformed', 'This is no offer.');
    const { author, signature, token, sdp } = body;
    const session = c.req.param('id');
    if (!(await rooms.mayJoin({ session, author, token, statement: sdp, signature })))
      return refuse(c, 403, 'not-admitted', 'You need a link to enter this session.');
    if (sdp === '')
      return c.json({ iceServers: await iceServersFor(turn, toHex(author), clock.wallTime()) });
    const { remoteAddress } = c.env;
    const request = { path: c.req.path, origin, authority: requestHost(c), remoteAddress };
    try {
      return c.json({ sdp: await gateway.answer(sdp, request) });
    } catch (thrown) {
      if (!(thrown instanceof ThetaError)) throw thrown;
      const code = thrown.code as GatewayErrorCode;
      return refuse(c, STATUS[code], code, thrown.message);
    }
  });
}

async function readBody(c: AppContext): Promise<z.infer<typeof bodySchema> | undefined> {
  if (!/^application\/json\b/i.test(c.req.header('Content-Type') ?? '')) return undefined;
  // Deno refuses more than is declared.
  if (!(Number(c.req.header('Content-Length')) <= MAX_BODY_BYTES)) return undefined;
  const parsed = bodySchema.safeParse(await c.req.json().catch(() => undefined));
  return parsed.success ? parsed.data : undefined;
}
