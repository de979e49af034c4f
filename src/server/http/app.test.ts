import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Hono } from 'hono';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../shared/clock.ts';
import { silentLogger } from '../../shared/logger.ts';
import { Metrics } from '../../telemetry/prometheus.ts';
import { emptyRoomHost } from '../room-host.ts';
import { Sessions } from '../sessions.ts';
import { MemoryBlobs } from '../storage/memory-blobs.ts';
import { MemoryStorage } from '../storage/memory-storage.ts';
import { createApp } from './app.ts';
import { OriginPolicy } from './origins.ts';
import { PageFiles } from './page-files.ts';
import type { AppEnv } from './request-context.ts';

const ORIGIN = 'http://localhost:8080';
const REMOTE = { remoteAddress: '127.0.0.1' };
const SCRIPT = `export const lots = ${JSON.stringify('x'.repeat(4000))};\n`;

let folder: string;
let files: PageFiles;
let app: Hono<AppEnv>;
let metrics: Metrics;
let now: number;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'theta-page-'));
  const dist = join(folder, 'dist');
  await mkdir(join(dist, 'assets'), { recursive: true });
  await writeFile(join(dist, 'index.html'), '<!doctype html><title>Theta</title>');
  await writeFile(join(dist, 'assets', 'main-abc.js'), SCRIPT);
  await writeFile(join(dist, 'script-frame.html'), '<!doctype html><title>Scripts</title>');
  await writeFile(join(dist, '.env'), 'hidden');
  await writeFile(join(folder, 'outside.txt'), 'outside');
  await symlink(join(folder, 'outside.txt'), join(dist, 'link.txt'));
  files = await PageFiles.open(dist);
});

afterAll(() => rm(folder, { recursive: true }));

beforeEach(() => {
  now = 0;
  app = appWith(files);
});

function appWith(page: PageFiles, maxSessions = 100): Hono<AppEnv> {
  const storage = new MemoryStorage();
  const clock = { ...systemClock, now: () => now };
  metrics = new Metrics();
  return createApp({
    operatorSecret: 'operator',
    storage,
    sessions: new Sessions({ storage, clock, maxSessions }),
    blobs: new MemoryBlobs(),
    rooms: emptyRoomHost,
    files: page,
    origins: new OriginPolicy({
      ports: () => ({ httpPort: 8080, httpsPort: 8443 }),
      publicOrigin: undefined,
      names: () => [],
      addresses: () => ['192.0.2.7'],
    }),
    offer: () => ({
      port: 8443,
      network: undefined,
      host: undefined,
      certificateHashes: ['aGFzaA=='],
      rungs: ['webtransport', 'websocket'],
      webrtc: undefined,
      flags: { renderer: 'auto', xr: true },
    }),
    gateway: undefined,
    turn: undefined,
    metrics,
    clock,
    logger: silentLogger,
    createLimit: { burst: 3, perSecond: 1, maxKeys: 10 },
  });
}

type Headers = Readonly<Record<string, string>>;

async function ask(path: string, init: RequestInit = {}, headers: Headers = {}): Promise<Response> {
  const all = { Host: 'localhost:8080', ...headers };
  return await app.request(path, { ...init, headers: all }, REMOTE);
}

const create = (headers: Headers = { Origin: ORIGIN }, init: RequestInit = {}) =>
  ask('/api/sessions', { method: 'POST', ...init }, headers);

interface Created {
  readonly sessionId: string;
  readonly links: Readonly<Record<string, string>>;
}

async function codeOf(response: Response): Promise<string> {
  const body: { error: { code: string; message: string } } = await response.json();
  expect(body.error.message).toMatch(/\.$/);
  return body.error.code;
}

describe('health and metrics', () => {
  it('answers {"status":"ok"}, whatever it is called', async () => {
    const response = await ask('/healthz', {}, { Host: 'probe.internal' });
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('{"status":"ok"}');
  });

  it('exports Prometheus text with refusals by their reason', async () => {
    await create({});
    const response = await ask('/metrics');
    expect(response.headers.get('Content-Type')).toMatch(/^text\/plain/);
    const text = await response.text();
    expect(text).toContain('theta_http_refusals_total{reason="foreign-origin"} 1');
    expect(text).toContain('theta_http_requests_total{method="POST",status="403"} 1');
  });
});

describe('POST /api/sessions', () => {
  it('gives an id and a link for each role, token in the fragment', async () => {
    const response = await create();
    expect(response.status).toBe(201);
    const { sessionId, links }: Created = await response.json();
    expect(Object.keys(links)).toEqual(['viewer', 'editor', 'admin']);
    for (const link of Object.values(links))
      expect(link).toMatch(new RegExp(`^/s/${sessionId}#[0-9A-Za-z_-]{43}$`));
    const known = await ask(`/api/sessions/${sessionId}`);
    expect(await known.json()).toEqual({ sessionId });
  });

  it('takes an empty JSON object, and no other kind of body', async () => {
    const json = { Origin: ORIGIN, 'Content-Type': 'application/json' };
    expect((await create(json, { body: '{}' })).status).toBe(201);
    expect(await codeOf(await create(json, { body: '[1' }))).toBe('not-json');
    const form = { Origin: ORIGIN, 'Content-Type': 'text/plain' };
    expect((await create(form, { body: '{}' })).status).toBe(415);
    const huge = JSON.stringify({ name: 'x'.repeat(5000) });
    expect((await create(json, { body: huge })).status).toBe(413);
  });

  it.each([
    undefined,
    'null',
    'https://evil.example',
    'http://localhost:3000',
    'http://localhost.evil.example:8080',
    'https://198.51.100.1:8443',
    'http://localhost:8080/path',
  ])('S6: refuses the origin %s', async (origin) => {
    const response = await create(origin === undefined ? {} : { Origin: origin });
    expect(response.status).toBe(403);
    expect(await codeOf(response)).toBe('foreign-origin');
  });

  it.each([
    ['http://127.0.0.1:8080', 'localhost:8080'],
    ['https://localhost:8443', 'localhost:8443'],
    ['https://192.0.2.7:8443', '192.0.2.7:8443'],
    ['https://203.0.113.9', '203.0.113.9'],
    ['https://[::1]:8443', '[::1]:8443'],
  ])('S6: takes the origin %s at %s', async (origin, host) => {
    expect((await create({ Origin: origin, Host: host })).status).toBe(201);
  });

  it('S6: a bearer of nothing is no way around the origin', async () => {
    const response = await create({ Authorization: `Bearer ${'a'.repeat(43)}` });
    expect(response.status).toBe(403);
  });

  it('S6: refuses a host that was only pointed here', async () => {
    const rebound = { Origin: 'http://evil.example:8080', Host: 'evil.example:8080' };
    expect((await create(rebound)).status).toBe(421);
    expect((await ask('/', {}, { Host: 'evil.example' })).status).toBe(421);
    expect((await ask('/', {}, { Host: '' })).status).toBe(421);
  });

  it('S3: is limited for each address, and says when to come again', async () => {
    for (let i = 0; i < 3; i++) expect((await create()).status).toBe(201);
    const refused = await create();
    expect(refused.status).toBe(429);
    expect(refused.headers.get('Retry-After')).toBe('1');
    now += 1000;
    expect((await create()).status).toBe(201);
  });

  it('stops at the limit of sessions', async () => {
    app = appWith(files, 1);
    expect((await create()).status).toBe(201);
    expect(await codeOf(await create())).toBe('too-many-sessions');
  });
});

describe('POST /api/operator/links', () => {
  const order = (body: string, secret = 'operator'): Promise<Response> =>
    ask(
      '/api/operator/links',
      { method: 'POST', body },
      { Authorization: `Bearer ${secret}`, 'Content-Length': String(body.length) },
    );
  const wish = { sessionId: 'A'.repeat(22), role: 'admin', label: '' };

  it('S6: is for the operator alone, and for what makes sense', async () => {
    const body = JSON.stringify(wish);
    for (const secret of ['', 'operators', 'x'])
      expect(await codeOf(await order(body, secret))).toBe('unauthorized');
    for (const bad of ['', '[]', '{', JSON.stringify({ ...wish, role: 'king' })])
      expect(await codeOf(await order(bad))).toBe('bad-parameter');
    expect(await codeOf(await order(' '.repeat(5000)))).toBe('too-large');
  });

  it('knows no session that is not there', async () => {
    expect(await codeOf(await order(JSON.stringify(wish)))).toBe('unknown-session');
  });
});

describe('GET /api/transport', () => {
  it('tells where WebTransport is, by the name the page was opened with', async () => {
    expect(await (await ask('/api/transport')).json()).toEqual({
      webtransport: {
        url: 'https://localhost:8443/wt',
        port: 8443,
        certificateHashes: ['aGFzaA=='],
      },
      renderer: 'auto',
      websocket: { path: '/ws' },
      xr: true,
    });
    const lan: { webtransport: { url: string } } = await (
      await ask('/api/transport', {}, { Host: '[2001:db8::7]:8443' })
    ).json();
    expect(lan.webtransport.url).toBe('https://[2001:db8::7]:8443/wt');
  });
});

describe('the page', () => {
  it('S6: comes with a strict policy', async () => {
    const response = await ask('/');
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('<title>Theta</title>');
    const policy = response.headers.get('Content-Security-Policy') ?? '';
    const scripts = /script-src ([^;]*)/.exec(policy)?.[1];
    expect(scripts).toBe("'self' 'wasm-unsafe-eval'");
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("worker-src 'self' blob:");
    expect(policy).toContain('wss://localhost:8443');
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
  });

  it('S6: has one frame, whose scripts have no origin and reach nothing', async () => {
    const page = (await ask('/')).headers.get('Content-Security-Policy');
    expect(page).toContain("frame-src 'self'");
    const frame = await ask('/script-frame.html');
    expect(frame.status).toBe(200);
    expect(frame.headers.get('Content-Security-Policy')?.split('; ')).toEqual([
      "default-src 'none'",
      "script-src 'unsafe-inline' 'unsafe-eval' blob:",
      'worker-src blob:',
      "frame-ancestors 'self'",
      'sandbox allow-scripts',
    ]);
  });

  it('opens for a session, and is a 404 for one that does not exist', async () => {
    const { sessionId }: Created = await (await create()).json();
    expect((await ask(`/s/${sessionId}`)).status).toBe(200);
    for (const id of ['A'.repeat(22), 'nonsense']) {
      const missing = await ask(`/s/${id}`);
      expect(missing.status).toBe(404);
      expect(await missing.text()).toContain('<title>Theta</title>');
    }
  });

  it('keeps hashed files for ever, compressed where it helps, and asks again for others', async () => {
    const script = await ask('/assets/main-abc.js', {}, { 'Accept-Encoding': 'gzip, br' });
    expect(script.headers.get('Cache-Control')).toContain('immutable');
    expect(script.headers.get('Content-Type')).toMatch(/^text\/javascript/);
    expect(script.headers.get('Content-Encoding')).toBe('gzip');
    const unzipped = script.body!.pipeThrough(new DecompressionStream('gzip'));
    expect(await new Response(unzipped).text()).toBe(SCRIPT);
    const plain = await ask('/assets/main-abc.js');
    expect(plain.headers.get('Content-Encoding')).toBeNull();
    expect(await plain.text()).toBe(SCRIPT);
    const index = await ask('/');
    expect(index.headers.get('Cache-Control')).toBe('no-cache');
    const etag = index.headers.get('ETag')!;
    expect((await ask('/', {}, { 'If-None-Match': etag })).status).toBe(304);
  });

  it.each([
    '/../outside.txt',
    '/..%2foutside.txt',
    '/%2e%2e/outside.txt',
    '/assets/..%5c..%5coutside.txt',
    '/assets/%2e%2e/%2e%2e/outside.txt',
    '/link.txt',
    '/.env',
    '/assets',
    '/assets/',
    '/%00',
    '/%ff',
    '/index.html/',
  ])('S6: %s leads nowhere', async (path) => {
    expect((await ask(path)).status).toBe(404);
  });

  it('says what to do when it is not built', async () => {
    app = appWith(await PageFiles.open(join(folder, 'nothing')));
    const response = await ask('/');
    expect(response.status).toBe(503);
    expect(await response.text()).toContain('npm run build');
  });

  it('answers HEAD without a body, and refuses other methods', async () => {
    const head = await ask('/', { method: 'HEAD' });
    expect(head.status).toBe(200);
    expect(await head.text()).toBe('');
    for (const method of ['DELETE', 'PATCH', 'OPTIONS'])
      expect((await ask('/', { method }, { Origin: ORIGIN })).status).toBe(405);
    expect((await ask('/', { method: 'POST' }, { Origin: ORIGIN })).status).toBe(405);
    expect((await ask('/api/other', { method: 'POST' }, { Origin: ORIGIN })).status).toBe(404);
  });
});

describe('S6: what every answer carries', () => {
  const ID = 'A'.repeat(22);
  const BLOB = 'a'.repeat(64);
  const FOREIGN = { Origin: 'https://evil.example' };
  const PAGE = /^default-src 'none'; script-src 'self' 'wasm-unsafe-eval';.*frame-ancestors 'none'/;
  const SCRIPT = /^default-src 'none'; frame-ancestors 'none'; script-src 'self'/;
  const DATA = /^default-src 'none'; frame-ancestors 'none'$/;
  const routes: readonly (readonly [string, number, RegExp, Headers?])[] = [
    ['GET /', 200, PAGE],
    ['HEAD /', 200, PAGE],
    [`GET /s/${ID}`, 404, PAGE],
    ['GET /assets/main-abc.js', 200, SCRIPT],
    ['GET /index.html', 200, DATA],
    ['GET /nothing', 404, DATA],
    ['POST /', 405, DATA],
    ['DELETE /', 405, DATA],
    ['GET /healthz', 200, DATA],
    ['GET /metrics', 200, DATA],
    ['GET /', 421, DATA, { Host: 'evil.example' }],
    ['POST /api/sessions', 201, DATA, { Origin: ORIGIN }],
    ['POST /api/sessions', 403, DATA],
    ['POST /api/sessions', 403, DATA, FOREIGN],
    [`GET /api/sessions/${ID}`, 404, DATA],
    [`GET /api/sessions/${ID}/log`, 401, DATA],
    [`POST /api/sessions/${ID}/log`, 403, DATA, FOREIGN],
    [`GET /api/sessions/${ID}/steps`, 401, DATA],
    [`GET /api/sessions/${ID}/snapshot`, 401, DATA],
    [`HEAD /api/sessions/${ID}/blobs/${BLOB}`, 401, DATA],
    [`PUT /api/sessions/${ID}/blobs/${BLOB}`, 401, DATA],
    [`PUT /api/sessions/${ID}/blobs/${BLOB}`, 403, DATA, FOREIGN],
    [`POST /api/sessions/${ID}/webrtc`, 403, DATA],
    [`POST /api/sessions/${ID}/webrtc`, 403, DATA, FOREIGN],
    ['POST /api/operator/links', 401, DATA],
    ['POST /api/operator/links', 403, DATA, { ...FOREIGN, Authorization: 'Bearer operator' }],
    ['GET /api/transport', 200, DATA],
    ['GET /api/other', 404, DATA],
    [`GET /blobs/${BLOB}`, 401, DATA],
    ['GET /blobs/other', 404, DATA],
  ];

  const required = {
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
  };

  const cases = routes.map(([route, status, policy, headers = {}]) => ({
    route,
    status,
    policy,
    headers,
  }));

  it.each(cases)('$route: $status', async ({ route, status, policy, headers }) => {
    const [method = '', path = ''] = route.split(' ');
    const response = await ask(path, { method }, headers);
    expect(response.status).toBe(status);
    const carried = Object.fromEntries(response.headers);
    expect(carried).toMatchObject({ ...required, 'content-security-policy': expect.any(String) });
    expect(carried['content-security-policy']).toMatch(policy);
    expect(carried['content-security-policy']).not.toMatch(/script-src[^;]*'unsafe-/);
    expect(carried).not.toHaveProperty('access-control-allow-origin');
  });

  /** Routes by the name of a parameter are tried with some value of it. */
  const patternOf = (path: string): string =>
    path.replaceAll(/:\w+(\{[^/]*\})?/g, '[^/]+').replace('*', '.+');

  it('leaves no route out', () => {
    for (const { method, path } of app.routes.filter(({ method }) => method !== 'ALL')) {
      const pattern = new RegExp(
        `^${method === 'GET' ? '(GET|HEAD)' : method} ${patternOf(path)}$`,
      );
      expect(
        routes.some(([route]) => pattern.test(route)),
        `${method} ${path}`,
      ).toBe(true);
    }
  });
});

describe('when something fails inside', () => {
  it('S6: tells nothing of it', async () => {
    const broken = { get: () => Promise.reject(new Error('secret path')) };
    app = appWith(Object.assign(Object.create(PageFiles.prototype), broken));
    const response = await ask('/');
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('secret path');
    expect(response.headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect(response.headers.get('Cross-Origin-Opener-Policy')).toBe('same-origin');
  });
});
