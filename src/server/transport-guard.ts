import type { IncomingRequest } from '../transport/transport.ts';
import type { OriginPolicy } from './http/origins.ts';

/** Why a connection is refused before it is one. */
export type TransportRefusal = 'path' | 'host' | 'origin' | 'off';

/** Where a kind of transport comes in. */
export interface TransportGate {
  readonly wantedPath: string;
  /** Whether the operator lets pages use it. */
  readonly isOn: boolean;
  readonly origins: OriginPolicy;
}

/**
 * S6: whether a request for a session comes from a page of ours. One without an `Origin` comes from
 * no browser, which could be led here by a foreign page; what it may do, its handshake decides.
 */
export function refusalOf(
  { path, origin, authority }: Omit<IncomingRequest, 'remoteAddress'>,
  { wantedPath, isOn, origins }: TransportGate,
): TransportRefusal | undefined {
  if (path.split('?')[0] !== wantedPath) return 'path';
  if (!isOn) return 'off';
  if (!origins.allowsHost(authority)) return 'host';
  if (origin !== undefined && !origins.allowsOrigin(origin, authority)) return 'origin';
  return undefined;
}
