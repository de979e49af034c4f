import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { isIP } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

/** The variables that the server may read: those of `src/server/config.ts`. */
export const SERVER_VARIABLES = [
  'THETA_PORT',
  'THETA_HTTP_PORT',
  'THETA_HOST',
  'THETA_DATA_DIR',
  'THETA_TLS_CERT',
  'THETA_TLS_KEY',
  'THETA_PUBLIC_URL',
  'THETA_TURN_URL',
  'THETA_TURN_SECRET',
  'THETA_GATEWAY_SECRET',
  'THETA_NATS_URL',
  'THETA_LOG_LEVEL',
  'THETA_RENDERER',
  'THETA_TRANSPORT',
  'THETA_XR',
  'THETA_PACKET_BURST',
  'THETA_PACKETS_PER_SECOND',
  'THETA_MAX_SESSIONS',
];

const LAST_PORT = 65_535;
/** Before a gateway that has ended, or found its port taken, is started again. */
const GATEWAY_PAUSE_MS = 2000;
const READY = /^Theta is ready at (.+)$/;

/**
 * The permissions that the server runs with, and no more: its two ports, the built page, its data,
 * the operator's certificate, and the names of the variables above.
 */
export function serverPermissions(root, env) {
  const dataDir = resolve(env.THETA_DATA_DIR || './data');
  const readable = [
    dataDir,
    join(root, 'dist'),
    // The compressor's WebAssembly, which its package reads from beside itself.
    join(root, 'node_modules/@bokuweb/zstd-wasm/dist'),
    env.THETA_TLS_CERT,
    env.THETA_TLS_KEY,
  ];
  return [
    `--allow-net=${reachable(env).join(',')}`,
    `--allow-read=${readable
      .filter(Boolean)
      .map((path) => resolve(path))
      .join(',')}`,
    `--allow-write=${dataDir}`,
    `--allow-env=${SERVER_VARIABLES.join(',')}`,
    '--allow-sys=networkInterfaces,hostname',
  ];
}

/**
 * A port that the system chooses cannot be named beforehand: then the address alone is. Neither can
 * what is no port or address: the server itself says so, by the name of the variable.
 */
function reachable(env) {
  const httpPort = portOf(env.THETA_HTTP_PORT || '8080');
  const port = portOf(env.THETA_PORT || '8443');
  const hosts = env.THETA_HOST ? [bracketed(env.THETA_HOST)] : ['[::]', '0.0.0.0'];
  const loopback = ['127.0.0.1', '[::1]'].map((host) => host + httpPort);
  return [...loopback, ...hosts.map((host) => host + port)];
}

function portOf(text) {
  return /^[1-9]\d{0,4}$/.test(text) && Number(text) <= LAST_PORT ? `:${text}` : '';
}

function bracketed(name) {
  const host = isIP(name) === 0 ? '127.0.0.1' : name;
  return host.includes(':') ? `[${host}]` : host;
}

/** The Deno binary that npm installed. */
export function denoPath(root) {
  const require = createRequire(join(root, 'package.json'));
  const folder = dirname(require.resolve('deno/package.json'));
  const names = process.platform === 'win32' ? ['deno.exe'] : ['deno'];
  const found = names.map((name) => join(folder, name)).find(existsSync);
  if (found === undefined)
    throw new Error('Deno is not installed; run `npm install` with its scripts allowed.');
  return found;
}

/**
 * Starts the session server. Its input stays open for as long as this process lives, and it stops
 * when that ends: however this process goes, it leaves no server behind.
 * @returns the child, and a promise of its addresses, or of `undefined` when it ends before it has any
 */
export function startServerProcess(root, env) {
  const secret = randomBytes(32).toString('hex');
  const child = spawn(
    denoPath(root),
    [
      'run',
      '--no-prompt',
      '--no-check',
      '--unstable-net',
      ...serverPermissions(root, env),
      join(root, 'src', 'server', 'main.ts'),
      '--until-input-ends',
    ],
    { env: { ...env, THETA_GATEWAY_SECRET: secret }, stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const ready = new Promise((settle) => {
    child.once('exit', () => settle(undefined));
    createInterface({ input: child.stdout }).on('line', (line) => {
      console.log(line);
      const addresses = READY.exec(line)?.[1];
      if (addresses === undefined) return;
      const urls = addresses.split(' ');
      keepGateway(root, env, { server: child, secret, urls });
      settle(urls);
    });
  });
  return { child, ready };
}

/**
 * Keeps a process beside the server that holds WebRTC's peer connections, for as long as the server
 * lives: its library is native code, and here is who may start processes. It is given the port after
 * the server's own, and that of the server's plain HTTP, by which it brings what it hears.
 */
function keepGateway(root, env, { server, secret, urls }) {
  const rungs = env.THETA_TRANSPORT || 'auto';
  if (rungs !== 'auto' && !rungs.includes('webrtc')) return;
  const inside = new URL(urls.find((url) => url.startsWith('http:')));
  const outside = new URL(urls.find((url) => url.startsWith('https:')));
  const isChosen = portOf(env.THETA_PORT || '8443') !== '';
  const variables = {
    THETA_GATEWAY_URL: `ws://127.0.0.1:${inside.port || 80}/internal/webrtc`,
    THETA_GATEWAY_SECRET: secret,
    THETA_GATEWAY_PORT: isChosen ? String(Number(outside.port || 443) + 1) : '0',
    THETA_GATEWAY_HOST: bindAddress(env.THETA_HOST),
  };
  const permissions = [
    '--allow-ffi',
    `--allow-read=${root}`,
    '--allow-net',
    // Its library asks on what machine it runs.
    '--allow-sys',
    '--allow-env',
  ];
  const main = join(root, 'src', 'server', 'webrtc', 'gateway-main.ts');
  const run = () => {
    const gateway = spawn(
      denoPath(root),
      ['run', '--no-prompt', '--no-check', '--unstable-net', ...permissions, main],
      {
        env: { PATH: env.PATH, HOME: env.HOME, ...variables },
        stdio: ['pipe', 'ignore', 'inherit'],
      },
    );
    const end = () => gateway.kill('SIGKILL');
    server.once('exit', end);
    gateway.once('exit', () => {
      server.off('exit', end);
      if (server.exitCode === null && server.signalCode === null)
        setTimeout(run, GATEWAY_PAUSE_MS).unref();
    });
  };
  run();
}

/** The one address that the operator chose; empty for all of them. */
function bindAddress(host) {
  const address = host === 'localhost' ? '127.0.0.1' : host;
  return !address || address === '::' || address === '0.0.0.0' ? '' : address;
}
