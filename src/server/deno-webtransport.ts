import type { Metrics } from '../telemetry/prometheus.ts';
import { WEBTRANSPORT_PATH } from './http/transport-route.ts';
import type { RoomHost, RoomHostContext } from './room-host.ts';
import { refusalOf, type TransportGate } from './transport-guard.ts';
import type { ListenForTransports } from './transport-listener.ts';
import { listenWebTransport, type WebTransportListener } from './webtransport/deno-listener.ts';

const NOT_FOUND = 404;
const FORBIDDEN = 403;

/** Listens for WebTransport sessions of our own pages, and hands them to the rooms. */
export function webTransportFor(
  rooms: Pick<RoomHost, 'acceptTransport'>,
  gate: Pick<TransportGate, 'isOn' | 'origins'>,
  { metrics, clock, loggerFor }: Pick<RoomHostContext, 'metrics' | 'clock' | 'loggerFor'>,
): ListenForTransports {
  const refusals = metrics.counter(
    'theta_webtransport_refusals_total',
    'Refused requests for a session, and peers whose bytes were refused, by reason.',
    ['reason'],
  );
  return ({ hostname, port, certificate }) => {
    const listener = listenWebTransport({
      hostname,
      port,
      cert: certificate.certPem,
      key: certificate.keyPem,
      clock,
      logger: loggerFor('webtransport'),
      accept(request) {
        const reason = refusalOf(request, { ...gate, wantedPath: WEBTRANSPORT_PATH });
        if (reason === undefined) return { status: 200 };
        refusals.add({ reason });
        return { status: reason === 'path' ? NOT_FOUND : FORBIDDEN, reason };
      },
      onSession: (transport, request) => rooms.acceptTransport(transport, request),
      onRefusal: (reason) => refusals.add({ reason }),
    });
    showCounts(listener, metrics);
    return {
      port: listener.port,
      rotateCertificate: ({ certPem, keyPem }) =>
        listener.rotateCertificate({ cert: certPem, key: keyPem }),
      close: () => listener.close(),
    };
  };
}

function showCounts(listener: WebTransportListener, metrics: Metrics): void {
  metrics.gauge(
    'theta_webtransport_sessions',
    'Open WebTransport sessions.',
    () => listener.sessionCount,
  );
  metrics.gauge(
    'theta_webtransport_connections',
    'Open QUIC connections.',
    () => listener.connectionCount,
  );
}
