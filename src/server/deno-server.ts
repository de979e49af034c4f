import { hostname } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { systemClock } from '../shared/clock.ts';
import { messageOf } from '../shared/errors.ts';
import { Metrics } from '../telemetry/prometheus.ts';
import type { RungName } from '../transport/transport.ts';
import { type Config, ConfigError } from './config.ts';
import { DATABASE } from './data-folder.ts';
import { lockDataFolder } from './deno-data-lock.ts';
import { gatewayDoor } from './deno-gateway.ts';
import { isUnavailable, listenLoopback, type Upgrade } from './deno-http-listener.ts';
import { SecurePort } from './deno-secure-port.ts';
import { webSocketsFor } from './deno-websocket.ts';
import { webTransportFor } from './deno-webtransport.ts';
import { type Chore, keepHouse, UPLOAD_PATIENCE_MS } from './housekeeping.ts';
import { createApp } from './http/app.ts';
import { forwardedAddress } from './http/forwarded.ts';
import { OriginPolicy } from './http/origins.ts';
import { PageFiles } from './http/page-files.ts';
import type { TransportOffer } from './http/transport-route.ts';
import { loggerFor } from './logging.ts';
import { createOperatorSecret, openOperatorDoor } from './operator-door.ts';
import { createProcessMetrics, type ProcessMetrics } from './process-metrics.ts';
import { Releases } from './releases.ts';
import type { RoomHost, RoomHostContext, RoomHostFactory } from './room-host.ts';
import { Sessions } from './sessions.ts';
import { DenoSqliteStorage } from './storage/deno-sqlite-storage.ts';
import { FileBlobs } from './storage/file-blobs.ts';
import { CertificateSource } from './tls/certificate-source.ts';
import { localAddresses } from './tls/local-addresses.ts';
import { WebRtcGateway } from './webrtc/gateway.ts';

export interface RunningServer {
  /** Where a browser finds the page: loopback first, then HTTPS, then HTTPS for others. */
  readonly urls: readonly string[];
  readonly metrics: ProcessMetrics;
  /** Stops taking work, finishes what is under way, and lets go of everything. */
  shutdown(): Promise<void>;
}

/** What listens and what it listens with. */
interface Shell {
  readonly context: RoomHostContext;
  readonly rooms: RoomHost;
  readonly sessions: Sessions;
  readonly certificates: CertificateSource;
  readonly operatorSecret: string;
  /** The real ones, once they are bound. */
  readonly ports: { httpPort: number; httpsPort: number };
}

const DIST = fileURLToPath(new URL('../../dist', import.meta.url));

/** How long requests under way may take to finish when the server stops. */
const PATIENCE_MS = 3000;

/**
 * Starts the server: storage, certificate, rooms, and the two ports.
 * @throws ConfigError for what the operator has to change; StorageError for damaged files
 */
export async function startServer(
  config: Config,
  createRooms: RoomHostFactory,
): Promise<RunningServer> {
  const releases = new Releases();
  try {
    const shell = await openShell(config, createRooms, releases);
    const secure = await listen(config, shell, releases);
    const chores = choresOf(shell, secure);
    releases.add(keepHouse(chores, shell.context.clock, loggerFor('housekeeping')));
    const { metrics, clock } = shell.context;
    return {
      urls: urlsOf(config, shell.ports),
      metrics: createProcessMetrics(metrics, shell.rooms, clock),
      shutdown: () => releases.run(),
    };
  } catch (thrown) {
    await releases.run();
    throw thrown;
  }
}

async function openShell(
  config: Config,
  createRooms: RoomHostFactory,
  releases: Releases,
): Promise<Shell> {
  const clock = systemClock;
  releases.add(lockDataFolder(config.dataDir));
  const storage = new DenoSqliteStorage(join(config.dataDir, DATABASE));
  releases.add(() => storage.close());
  const blobs = new FileBlobs(config.dataDir);
  const context = { storage, blobs, metrics: new Metrics(), clock, loggerFor };
  const certificates = await CertificateSource.open({
    dataDir: config.dataDir,
    own: config.certificate,
    addresses: localAddresses,
    clock,
    logger: loggerFor('tls'),
  });
  return {
    context,
    rooms: createRooms(context),
    sessions: new Sessions({ storage, clock, maxSessions: config.maxSessions }),
    certificates,
    operatorSecret: createOperatorSecret(),
    ports: { httpPort: config.httpPort, httpsPort: config.port },
  };
}

async function listen(config: Config, shell: Shell, releases: Releases): Promise<SecurePort> {
  const { context, rooms, sessions, certificates, ports } = shell;
  const origins = originPolicyOf(config, shell);
  const isOn = (rung: RungName): boolean => config.rungs.includes(rung);
  const gateway = openGateway(shell);
  const app = createApp({
    ...context,
    rooms,
    sessions,
    origins,
    operatorSecret: shell.operatorSecret,
    offer: () => offerOf(config, shell, gateway),
    gateway: isOn('webrtc') ? gateway : undefined,
    turn: config.turn,
    files: await PageFiles.open(DIST),
    logger: loggerFor('http'),
  });
  const listenForTransports = webTransportFor(
    rooms,
    { origins, isOn: isOn('webtransport') },
    context,
  );
  const upgrade = webSocketsFor(rooms, { origins, isOn: isOn('websocket') }, context);
  const { host, port, httpPort, gatewaySecret } = config;
  const takeGateway = gatewaySecret === undefined ? undefined : gatewayDoor(gateway, gatewaySecret);
  const upgradeInside: Upgrade = (request, address) =>
    takeGateway?.(request, address) ?? upgrade(request, address);
  const secure = await bind('THETA_PORT', port, () =>
    SecurePort.open({ host, port, app, upgrade, listenForTransports }, certificates.current),
  );
  releases.add(() => secure.close(PATIENCE_MS));
  ports.httpsPort = secure.port;
  const plain = await bind('THETA_HTTP_PORT', httpPort, async () =>
    listenLoopback({
      port: httpPort,
      app,
      upgrade: upgradeInside,
      addressOf: forwardedAddress(config.publicOrigin, () => ports),
    }),
  );
  releases.add(() => plain.close(PATIENCE_MS));
  ports.httpPort = plain.port;
  const door = { port: plain.port, secret: shell.operatorSecret };
  releases.add(openOperatorDoor(config.dataDir, door));
  // First of all at the end: peers hear of it while their connections still stand.
  releases.add(() => rooms.shutdown());
  return secure;
}

function openGateway({ rooms, context: { clock, metrics } }: Shell): WebRtcGateway {
  const gateway = new WebRtcGateway({
    clock,
    onTransport: (transport, request) => rooms.acceptTransport(transport, request),
  });
  metrics.gauge(
    'theta_webrtc_connections',
    'Peer connections, those that are being opened included.',
    () => gateway.connectionCount,
  );
  metrics.gauge('theta_webrtc_gateway_up', 'Whether the process that holds them is there.', () =>
    gateway.udpPort === undefined ? 0 : 1,
  );
  return gateway;
}

function originPolicyOf({ publicOrigin }: Config, { ports, certificates }: Shell): OriginPolicy {
  return new OriginPolicy({
    ports: () => ports,
    publicOrigin,
    names: () => [hostname().toLowerCase(), ...certificates.current.dnsNames],
    addresses: localAddresses,
  });
}

/**
 * By its hash, a certificate is good for any name: then a server that is bound to one address is
 * offered by that, since `localhost` may stand for another one.
 */
function offerOf(
  config: Config,
  { certificates, ports }: Shell,
  { udpPort }: WebRtcGateway,
): TransportOffer {
  const { host, flags, rungs, publicOrigin } = config;
  const { selfSigned, hash } = certificates.current;
  const network = publicOrigin ?? networkOrigin(host, ports.httpsPort);
  const webrtc =
    udpPort === undefined ? undefined : { port: udpPort, turn: config.turn !== undefined };
  const offer = { port: ports.httpsPort, network, rungs, flags, webrtc };
  if (!selfSigned) return { ...offer, host: undefined, certificateHashes: [] };
  return { ...offer, host: isEverywhere(host) ? undefined : host, certificateHashes: [hash] };
}

/** The first address by which others on the network reach the page. */
function networkOrigin(host: string | undefined, port: number): string | undefined {
  const name = isEverywhere(host) ? localAddresses()[0] : host;
  if (name === undefined) return undefined;
  return `https://${name.includes(':') ? `[${name}]` : name}:${port}`;
}

function choresOf(
  { context, rooms, sessions, certificates }: Shell,
  secure: SecurePort,
): readonly Chore[] {
  const { blobs, clock, storage } = context;
  return [
    {
      name: 'expire empty sessions',
      run: () => sessions.expireEmpty((id) => rooms.holds(id)),
    },
    {
      name: 'tidy the database',
      run: () => storage.tidy(),
    },
    {
      name: 'sweep unfinished uploads',
      run: () => blobs.sweepUploads(clock.wallTime() - UPLOAD_PATIENCE_MS),
    },
    {
      name: 'rotate the certificate',
      async run() {
        if (await certificates.rotate())
          await secure.replaceCertificate(certificates.current, PATIENCE_MS);
      },
    },
  ];
}

/** Turns a port that cannot be had into a sentence that names its variable. */
async function bind<T>(variable: string, port: number, listen: () => Promise<T>): Promise<T> {
  try {
    return await listen();
  } catch (thrown) {
    if (isUnavailable(thrown) || isForbidden(thrown))
      throw new ConfigError(`${variable} ${port} cannot be listened on: ${messageOf(thrown)}.`);
    throw thrown;
  }
}

/** A port that the system, or this process's own permissions, keep from it. */
function isForbidden(thrown: unknown): boolean {
  return thrown instanceof Deno.errors.PermissionDenied || thrown instanceof Deno.errors.NotCapable;
}

function urlsOf({ host, publicOrigin }: Config, { httpPort, httpsPort }: Shell['ports']): string[] {
  const names = isEverywhere(host) ? ['localhost', ...localAddresses()] : [host];
  const bracketed = names.map((name) => (name.includes(':') ? `[${name}]` : name));
  const secure = bracketed.map((name) => `https://${name}:${httpsPort}`);
  return [`http://localhost:${httpPort}`, ...secure, ...(publicOrigin ? [publicOrigin] : [])];
}

function isEverywhere(host: string | undefined): host is undefined | '::' | '0.0.0.0' {
  return host === undefined || host === '::' || host === '0.0.0.0';
}
