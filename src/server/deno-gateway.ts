import { equalBytes } from '../shared/bytes.ts';
import type { Upgrade } from './deno-http-listener.ts';
import { BARE_HEADERS } from './http/security-headers.ts';
import type { WebRtcGateway } from './webrtc/gateway.ts';
import { GATEWAY_PATH, GATEWAY_PROTOCOL } from './webrtc/gateway-wire.ts';

const NOT_FOUND = 404;

/**
 * Lets in the process that holds WebRTC's peer connections: by a secret that whoever started both
 * gave to both. To everybody else there is nothing at this path.
 */
export function gatewayDoor(gateway: WebRtcGateway, secret: string): Upgrade {
  const text = new TextEncoder();
  const expected = text.encode(`${GATEWAY_PROTOCOL}, ${secret}`);
  return (request) => {
    if (new URL(request.url).pathname !== GATEWAY_PATH) return undefined;
    const given = text.encode(request.headers.get('Sec-WebSocket-Protocol') ?? '');
    if (!equalBytes(given, expected))
      return new Response(null, { status: NOT_FOUND, headers: BARE_HEADERS });
    const options = { protocol: GATEWAY_PROTOCOL, idleTimeout: 0 };
    const { socket, response } = Deno.upgradeWebSocket(request, options);
    socket.addEventListener('open', () => gateway.attach(socket));
    return response;
  };
}
