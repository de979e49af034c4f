import { isIP } from 'node:net';
import type { ListeningPorts } from './origins.ts';

/** Whose a request counts as, which `peer` has brought. */
export type AddressOf = (headers: Headers, peer: string) => string;

/**
 * S3: limits for each address count those who stand behind a reverse proxy apart. Meant for the
 * plain port alone, which only this machine reaches: whoever asks there with a public origin that is
 * elsewhere is taken for the operator's proxy, and the last address of its `X-Forwarded-For`, which
 * is the one that the proxy itself has seen, for who asks. Those before it anybody may have written.
 */
export function forwardedAddress(
  publicOrigin: string | undefined,
  ports: () => ListeningPorts,
): AddressOf {
  return (headers, peer) => {
    if (!isElsewhere(publicOrigin, ports())) return peer;
    const last = headers.get('X-Forwarded-For')?.split(',').at(-1)?.trim() ?? '';
    return isIP(last) === 0 ? peer : last;
  };
}

/** Whether people open the page at no port of this server's own: then something stands before it. */
function isElsewhere(publicOrigin: string | undefined, ports: ListeningPorts): boolean {
  if (publicOrigin === undefined) return false;
  const { protocol, port } = new URL(publicOrigin);
  const secure = protocol === 'https:';
  return Number(port || (secure ? 443 : 80)) !== (secure ? ports.httpsPort : ports.httpPort);
}
