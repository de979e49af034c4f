import { isIP } from 'node:net';
import { z } from 'zod';
import { ThetaError } from '../shared/errors.ts';
import { RUNGS, type RungName } from '../transport/transport.ts';
import { LOG_LEVELS } from './logging.ts';

/** What the operator decided. `docs/` lists the variables; the names here follow theirs. */
export interface Config {
  /** HTTPS and WebSocket on TCP, WebTransport on UDP; 0 lets the system choose. */
  readonly port: number;
  /** Plain HTTP, on loopback whatever `host` says; 0 lets the system choose. */
  readonly httpPort: number;
  /** The address that HTTPS and WebTransport bind; `undefined` is every one. */
  readonly host: string | undefined;
  readonly dataDir: string;
  /** Paths of the operator's own certificate chain and key, PEM. */
  readonly certificate: { readonly certPath: string; readonly keyPath: string } | undefined;
  /** Where people open the page when that is not this server's own address: an origin. */
  readonly publicOrigin: string | undefined;
  readonly turn: { readonly url: string; readonly secret: string } | undefined;
  /** What the process that holds WebRTC's connections shows; without it there is none. */
  readonly gatewaySecret: string | undefined;
  readonly natsUrl: string | undefined;
  readonly logLevel: (typeof LOG_LEVELS)[number];
  /** The transports that pages may use. */
  readonly rungs: readonly RungName[];
  readonly flags: PageFlags;
  /** S3: packets of one author, at once and then a second. */
  readonly packetBurst: number;
  readonly packetsPerSecond: number;
  /** How many sessions may exist before creating one is refused. */
  readonly maxSessions: number;
}

/** What the operator forces on every page. */
export interface PageFlags {
  readonly renderer: (typeof RENDERERS)[number];
  readonly xr: boolean;
}

const RENDERERS = ['auto', 'webgl', 'webgpu'] as const;

export const CONFIG_DEFAULTS = {
  port: 8443,
  httpPort: 8080,
  dataDir: './data',
  packetBurst: 100,
  packetsPerSecond: 10,
  maxSessions: 10_000,
} as const;

/** A variable that cannot be used. The message is a sentence that names it. */
export class ConfigError extends ThetaError<'invalid-config'> {
  constructor(message: string) {
    super('invalid-config', message);
  }
}

const portSchema = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a port, 0 to 65535')
  .transform(Number)
  .refine((port) => port <= 65535, 'must be a port, 0 to 65535');

/** TCP and UDP must bind the same address, and a name may stand for several. */
const hostSchema = z
  .string()
  .transform((host) => (host === 'localhost' ? '127.0.0.1' : host))
  .refine((host) => isIP(host) !== 0, 'must be an address to bind, such as 0.0.0.0 or ::1');

const urlSchema = (protocols: readonly string[], example: string) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
    abort: true,
    error: `must be a URL such as ${example}`,
  });

const originSchema = urlSchema(['http:', 'https:'], 'https://theta.example')
  .refine((text) => {
    const url = new URL(text);
    return url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '';
  }, 'must be an origin: scheme, host and port, with no path')
  .transform((text) => new URL(text).origin);

const countSchema = (most: number) =>
  z
    .string()
    .regex(/^[1-9]\d{0,6}$/, `must be a whole number from 1 to ${most}`)
    .transform(Number)
    .refine((count) => count <= most, `must be a whole number from 1 to ${most}`);

/** `auto`, or those that pages may use, in whatever order. */
const rungsSchema = z
  .string()
  .transform((text) => (text === 'auto' ? [...RUNGS] : text.split(',').map((name) => name.trim())))
  .pipe(z.array(z.enum(RUNGS, { error: `must be auto, or some of ${RUNGS.join(', ')}` })));

const ENVIRONMENT = z.object({
  THETA_PORT: portSchema.default(CONFIG_DEFAULTS.port),
  THETA_HTTP_PORT: portSchema.default(CONFIG_DEFAULTS.httpPort),
  THETA_HOST: hostSchema.optional(),
  THETA_DATA_DIR: z.string().default(CONFIG_DEFAULTS.dataDir),
  THETA_TLS_CERT: z.string().optional(),
  THETA_TLS_KEY: z.string().optional(),
  THETA_PUBLIC_URL: originSchema.optional(),
  THETA_TURN_URL: urlSchema(['turn:', 'turns:'], 'turn:turn.example:3478').optional(),
  THETA_TURN_SECRET: z.string().optional(),
  THETA_GATEWAY_SECRET: z.string().min(32, 'must be 32 characters or more').optional(),
  THETA_NATS_URL: urlSchema(['nats:', 'tls:'], 'nats://localhost:4222').optional(),
  THETA_LOG_LEVEL: choice(LOG_LEVELS).default('info'),
  THETA_RENDERER: choice(RENDERERS).default('auto'),
  THETA_TRANSPORT: rungsSchema.default([...RUNGS]),
  THETA_XR: choice(['on', 'off']).default('on'),
  THETA_PACKET_BURST: countSchema(9999).default(CONFIG_DEFAULTS.packetBurst),
  THETA_PACKETS_PER_SECOND: countSchema(9999).default(CONFIG_DEFAULTS.packetsPerSecond),
  THETA_MAX_SESSIONS: countSchema(9_999_999).default(CONFIG_DEFAULTS.maxSessions),
});

/** The variables that the server reads, and may be allowed to. */
export const CONFIG_VARIABLES = Object.keys(ENVIRONMENT.shape);

function choice<const T extends readonly [string, ...string[]]>(values: T) {
  return z.enum(values, { error: `must be one of ${values.join(', ')}` });
}

/**
 * Reads the configuration; an empty variable counts as absent.
 * @throws ConfigError with a sentence that names the variable
 */
export function readConfig(read: (name: string) => string | undefined): Config {
  const given = CONFIG_VARIABLES.map((name) => [name, read(name) || undefined]);
  const parsed = ENVIRONMENT.safeParse(Object.fromEntries(given));
  if (!parsed.success) throw refusalOf(parsed.error);
  const env = parsed.data;
  const certificate = pair(env, 'THETA_TLS_CERT', 'THETA_TLS_KEY');
  const turn = pair(env, 'THETA_TURN_URL', 'THETA_TURN_SECRET');
  if (env.THETA_PORT !== 0 && env.THETA_PORT === env.THETA_HTTP_PORT)
    throw new ConfigError('THETA_HTTP_PORT must differ from THETA_PORT.');
  return {
    port: env.THETA_PORT,
    httpPort: env.THETA_HTTP_PORT,
    host: env.THETA_HOST,
    dataDir: env.THETA_DATA_DIR,
    certificate: certificate && { certPath: certificate[0], keyPath: certificate[1] },
    publicOrigin: env.THETA_PUBLIC_URL,
    turn: turn && { url: turn[0], secret: turn[1] },
    gatewaySecret: env.THETA_GATEWAY_SECRET,
    natsUrl: env.THETA_NATS_URL,
    logLevel: env.THETA_LOG_LEVEL,
    rungs: env.THETA_TRANSPORT,
    flags: {
      renderer: env.THETA_RENDERER,
      xr: env.THETA_XR === 'on',
    },
    packetBurst: env.THETA_PACKET_BURST,
    packetsPerSecond: env.THETA_PACKETS_PER_SECOND,
    maxSessions: env.THETA_MAX_SESSIONS,
  };
}

type Environment = z.infer<typeof ENVIRONMENT>;
type TextVariable = 'THETA_TLS_CERT' | 'THETA_TLS_KEY' | 'THETA_TURN_URL' | 'THETA_TURN_SECRET';

/** Two variables that go together: both, or neither. */
function pair(
  env: Environment,
  first: TextVariable,
  second: TextVariable,
): readonly [string, string] | undefined {
  const a = env[first];
  const b = env[second];
  if (a !== undefined && b !== undefined) return [a, b];
  if (a === undefined && b === undefined) return undefined;
  const [present, missing] = a === undefined ? [second, first] : [first, second];
  throw new ConfigError(`${present} needs ${missing} beside it.`);
}

/** The value itself stays out of the sentence: it may be a secret in the wrong place. */
function refusalOf(error: z.ZodError): ConfigError {
  const [issue] = error.issues;
  const name = String(issue?.path[0] ?? 'The environment');
  return new ConfigError(`${name} ${issue?.message ?? 'is invalid'}.`);
}
