import type { IncomingRequest } from '../transport/transport.ts';
import type { OriginPolicy } from './http/origins.ts';
import { WEBTRANSPORT_PATH } from './http/transport-route.ts';

/** Why a connection is refused before it is one. */
export type TransportRefusal = 'path' | 'host' | 'origin';

/**
 * S6: whether a request for a session comes from a page of ours. One without an `Origin` comes from
 * no browser, which could be led here by a foreign page; what it may do, its handshake decides.
 */
export function refusalOf(
  { path, origin, authority }: IncomingRequest,
  origins: OriginPolicy,
): TransportRefusal | undefined {
  if (path.split('?')[0] !== WEBTRANSPORT_PATH) return 'path';
  if (!origins.allowsHost(authority)) return 'host';
  if (origin !== undefined && !origins.allowsOrigin(origin, authority)) return 'origin';
  return undefined;
}
