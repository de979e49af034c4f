import type { Context } from 'hono';

/** What the listener knows of a request and the request does not say. */
export interface RequestOrigin {
  /** The peer's address, without its port. */
  readonly remoteAddress: string;
}

export interface AppEnv {
  readonly Bindings: RequestOrigin;
  /** `refusal` is the code of the refusal, for whoever counts them. */
  readonly Variables: { refusal?: string };
}

export type AppContext = Context<AppEnv>;

/** The host that was asked for: HTTP/2 names it in the URL alone. */
export function requestHost(c: AppContext): string {
  return c.req.header('Host') ?? new URL(c.req.url).host;
}

type RefusalStatus =
  | 400
  | 401
  | 403
  | 404
  | 405
  | 409
  | 411
  | 413
  | 415
  | 421
  | 422
  | 429
  | 503
  | 507;

/** A refusal: a stable code for programs and counters, a sentence for people. */
export function refuse(
  c: AppContext,
  status: RefusalStatus,
  code: string,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  c.set('refusal', code);
  return c.json({ error: { code, message } }, status, headers);
}
