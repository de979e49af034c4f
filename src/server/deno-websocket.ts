import type { IncomingRequest } from '../transport/transport.ts';
import { webSocketTransport } from '../transport/websocket.ts';
import type { Upgrade } from './deno-http-listener.ts';
import { addressKey } from './http/rate-limit.ts';
import { BARE_HEADERS } from './http/security-headers.ts';
import { WEBSOCKET_PATH } from './http/transport-route.ts';
import type { RoomHost, RoomHostContext } from './room-host.ts';
import { refusalOf, type TransportGate } from './transport-guard.ts';
import { ConnectionSlots } from './webtransport/connection-slots.ts';

const FORBIDDEN = 403;
const MALFORMED = 400;

/** Deno pings a silent peer and closes when it does not answer: what is left of a dead line goes. */
const IDLE_SECONDS = 15;

export const WEBSOCKET_LIMITS = {
  maxConnections: 2048,
  maxConnectionsPerAddress: 256,
  maxHandshakes: 2048,
} as const;

/** T2: takes WebSockets of our own pages on the ports of HTTP, and hands them to the rooms. */
export function webSocketsFor(
  rooms: Pick<RoomHost, 'acceptTransport'>,
  gate: Pick<TransportGate, 'isOn' | 'origins'>,
  { metrics, clock }: Pick<RoomHostContext, 'metrics' | 'clock'>,
): Upgrade {
  const slots = new ConnectionSlots(WEBSOCKET_LIMITS);
  const refusals = metrics.counter(
    'theta_websocket_refusals_total',
    'Refused requests for a WebSocket, by reason.',
    ['reason'],
  );
  let open = 0;
  metrics.gauge('theta_websocket_connections', 'Open WebSockets.', () => open);
  const refuse = (reason: string, status: number): Response => {
    refusals.add({ reason });
    return new Response(null, { status, headers: BARE_HEADERS });
  };

  const admit = (socket: WebSocket, asked: IncomingRequest): void => {
    const address = addressKey(asked.remoteAddress);
    if (!slots.take(address)) {
      refusals.add({ reason: 'too-many' });
      socket.close();
      return;
    }
    open += 1;
    socket.addEventListener('close', () => {
      open -= 1;
      slots.release(address);
    });
    rooms.acceptTransport(webSocketTransport(socket, { clock }), asked);
  };

  return (request, remoteAddress) => {
    const { pathname: path, host } = new URL(request.url);
    if (path !== WEBSOCKET_PATH) return undefined;
    const origin = request.headers.get('Origin') ?? undefined;
    const authority = request.headers.get('Host') ?? host;
    const asked = { path, origin, authority, remoteAddress };
    const refusal = refusalOf(asked, { ...gate, wantedPath: WEBSOCKET_PATH });
    if (refusal !== undefined) return refuse(refusal, FORBIDDEN);
    try {
      const { socket, response } = Deno.upgradeWebSocket(request, { idleTimeout: IDLE_SECONDS });
      socket.addEventListener('open', () => admit(socket, asked));
      return response;
    } catch {
      // Deno throws at every request that is no proper WebSocket's.
      return refuse('malformed', MALFORMED);
    }
  };
}
