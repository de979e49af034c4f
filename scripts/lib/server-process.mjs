import { spawn } from 'node:child_process';
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
    { env, stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const ready = new Promise((settle) => {
    child.once('exit', () => settle(undefined));
    createInterface({ input: child.stdout }).on('line', (line) => {
      console.log(line);
      const addresses = READY.exec(line)?.[1];
      if (addresses !== undefined) settle(addresses.split(' '));
    });
  });
  return { child, ready };
}
