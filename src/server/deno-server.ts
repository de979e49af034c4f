import { hostname } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { systemClock } from '../shared/clock.ts';
import { messageOf } from '../shared/errors.ts';
import { Metrics } from '../telemetry/prometheus.ts';
import { type Config, ConfigError } from './config.ts';
import { lockDataFolder } from './deno-data-lock.ts';
import { isUnavailable, listenLoopback } from './deno-http-listener.ts';
import { SecurePort } from './deno-secure-port.ts';
import { webTransportFor } from './deno-webtransport.ts';
import { keepHouse, UPLOAD_PATIENCE_MS } from './housekeeping.ts';
import { createApp } from './http/app.ts';
import { OriginPolicy } from './http/origins.ts';
import { PageFiles } from './http/page-files.ts';
import type { TransportOffer } from './http/transport-route.ts';
import { loggerFor } from './logging.ts';
import { createProcessMetrics, type ProcessMetrics } from './process-metrics.ts';
import type { RoomHostFactory } from './room-host.ts';
import { Sessions } from './sessions.ts';
import { DenoSqliteStorage } from './storage/deno-sqlite-storage.ts';
import { FileBlobs } from './storage/file-blobs.ts';
import { CertificateSource } from './tls/certificate-source.ts';
import { localAddresses } from './tls/local-addresses.ts';

export interface RunningServer {
  /** Where a browser finds the page: loopback first, then HTTPS, then HTTPS for others. */
  readonly urls: readonly string[];
  readonly metrics: ProcessMetrics;
  /** Stops taking work, finishes what is under way, and lets go of everything. */
  shutdown(): Promise<void>;
}

const DIST = fileURLToPath(new URL('../../dist', import.meta.url));
const DATABASE = 'theta.db';

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
    return await start(config, createRooms, releases);
  } catch (thrown) {
    await releases.run();
    throw thrown;
  }
}

async function start(
  config: Config,
  createRooms: RoomHostFactory,
  releases: Releases,
): Promise<RunningServer> {
  const clock = systemClock;
  const metrics = new Metrics();
  releases.add(lockDataFolder(config.dataDir));
  const storage = new DenoSqliteStorage(join(config.dataDir, DATABASE));
  releases.add(() => storage.close());
  const blobs = new FileBlobs(config.dataDir);
  const certificates = await CertificateSource.open({
    dataDir: config.dataDir,
    own: config.certificate,
    addresses: localAddresses,
    clock,
    logger: loggerFor('tls'),
  });
  const context = { storage, blobs, metrics, clock, loggerFor };
  const rooms = createRooms(context);
  const sessions = new Sessions({ storage, clock, maxSessions: config.maxSessions });

  const ports = { httpPort: config.httpPort, httpsPort: config.port };
  const origins = new OriginPolicy(
    Object.assign(ports, {
      publicOrigin: config.publicOrigin,
      names: () => [hostname().toLowerCase(), ...certificates.current.dnsNames],
      addresses: localAddresses,
    }),
  );
  const offer = (): TransportOffer => ({
    webTransportPort: secure.transportPort,
    httpsPort: secure.port,
    certificateHashes: certificates.current.selfSigned ? [certificates.current.hash] : [],
    flags: config.flags,
  });
  const app = createApp({
    sessions,
    storage,
    blobs,
    rooms,
    origins,
    offer,
    metrics,
    clock,
    files: await PageFiles.open(DIST),
    logger: loggerFor('http'),
  });

  const secure = await bind('THETA_PORT', config.port, () =>
    SecurePort.open(
      {
        host: config.host,
        port: config.port,
        app,
        listenForTransports: webTransportFor(rooms, origins, context),
      },
      certificates.current,
    ),
  );
  releases.add(() => secure.close(PATIENCE_MS));
  ports.httpsPort = secure.port;
  const plain = await bind('THETA_HTTP_PORT', config.httpPort, async () =>
    listenLoopback(config.httpPort, app),
  );
  releases.add(() => plain.close(PATIENCE_MS));
  ports.httpPort = plain.port;
  // First of all at the end: peers hear of it while their connections still stand.
  releases.add(() => rooms.shutdown());

  const rotate = async (): Promise<void> => {
    if (await certificates.rotate())
      await secure.replaceCertificate(certificates.current, PATIENCE_MS);
  };
  const chores = [
    { name: 'expire empty sessions', run: () => sessions.expireEmpty() },
    { name: 'sweep uploads', run: () => blobs.sweepUploads(clock.wallTime() - UPLOAD_PATIENCE_MS) },
    { name: 'rotate the certificate', run: rotate },
  ];
  releases.add(keepHouse(chores, clock, loggerFor('housekeeping')));
  return {
    urls: urlsOf(config, ports),
    metrics: createProcessMetrics(metrics, rooms, clock),
    shutdown: () => releases.run(),
  };
}

/** Whoever acquires registers the release; they run last to first. */
class Releases {
  readonly #releases: (() => void | Promise<void>)[] = [];

  add(release: () => void | Promise<void>): void {
    this.#releases.push(release);
  }

  async run(): Promise<void> {
    for (let release = this.#releases.pop(); release; release = this.#releases.pop())
      await release();
  }
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

function urlsOf(
  { host, publicOrigin }: Config,
  { httpPort, httpsPort }: { readonly httpPort: number; readonly httpsPort: number },
): string[] {
  const names = host === undefined ? ['localhost', ...localAddresses()] : [host];
  const secure = names.map(
    (name) => `https://${name.includes(':') ? `[${name}]` : name}:${httpsPort}`,
  );
  return [`http://localhost:${httpPort}`, ...secure, ...(publicOrigin ? [publicOrigin] : [])];
}
