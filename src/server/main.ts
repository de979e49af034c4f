import { ownAgreement } from '../commands/agreement.ts';
import { loadCompressor } from '../protocol/compression.ts';
import { loadMessageCodec } from '../protocol/message-compression.ts';
import { messageOf } from '../shared/errors.ts';
import { ConfigError, readConfig } from './config.ts';
import { type RunningServer, startServer } from './deno-server.ts';
import { configureLogging, loggerFor } from './logging.ts';
import { Rooms } from './room/host.ts';
import { StorageError } from './storage/storage.ts';

const EXIT_FAILED = 1;
const EXIT_MISCONFIGURED = 2;
const IMPATIENCE_MS = 1000;

const encoder = new TextEncoder();
const logger = loggerFor('main');

/** Starts the server, says where it is, and runs until it is told to stop. */
async function main(): Promise<void> {
  const server = await start();
  // One line, which `scripts/start.mjs` and whoever else waits for the server reads.
  console.log(`Theta is ready at ${server.urls.join(' ')}`);
  globalThis.addEventListener('unhandledrejection', (event) => {
    event.preventDefault();
    server.metrics.unhandled.add({});
    logger.error('A failure that nobody handled.', { error: event.reason });
  });
  const reason = await stopRequest();
  logger.info('Stopping.', { reason });
  await server.shutdown();
  Deno.exit(0);
}

async function start(): Promise<RunningServer> {
  try {
    const config = readConfig((name) => Deno.env.get(name));
    configureLogging(config.logLevel, (line) => Deno.stderr.writeSync(encoder.encode(line)));
    if (config.natsUrl !== undefined)
      throw new ConfigError('THETA_NATS_URL is set, but this build runs on one machine only.');
    const parts = {
      agreement: ownAgreement(),
      compress: await loadCompressor(),
      messages: await loadMessageCodec(),
    };
    const { packetBurst, packetsPerSecond } = config;
    const limits = { packetBurst, packetsPerSecond };
    return await startServer(config, (context) => new Rooms({ ...context, ...parts, limits }));
  } catch (thrown) {
    if (!(thrown instanceof ConfigError) && !(thrown instanceof StorageError)) throw thrown;
    console.error(messageOf(thrown));
    Deno.exit(thrown instanceof ConfigError ? EXIT_MISCONFIGURED : EXIT_FAILED);
  }
}

/**
 * What told the server to stop: a signal, or the end of its input when it was started with
 * `--until-input-ends`, which whoever starts it keeps open for as long as it lives itself.
 */
function stopRequest(): Promise<string> {
  return new Promise((resolve) => {
    let askedAt = Number.POSITIVE_INFINITY;
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      Deno.addSignalListener(signal, () => {
        // A terminal and a parent may both send the first one; the next means it.
        if (performance.now() - askedAt > IMPATIENCE_MS) Deno.exit(EXIT_FAILED);
        askedAt = Math.min(askedAt, performance.now());
        resolve(signal);
      });
    if (Deno.args.includes('--until-input-ends'))
      Deno.stdin.readable.pipeTo(new WritableStream()).then(
        () => resolve('end of input'),
        () => resolve('loss of input'),
      );
  });
}

await main();
