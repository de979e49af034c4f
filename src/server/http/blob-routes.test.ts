import { createHash } from 'node:crypto';
import type { Hono } from 'hono';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Bytes } from '../../shared/bytes.ts';
import { systemClock } from '../../shared/clock.ts';
import { silentLogger } from '../../shared/logger.ts';
import { Metrics } from '../../telemetry/prometheus.ts';
import { emptyRoomHost, type Uploader } from '../room-host.ts';
import { Sessions } from '../sessions.ts';
import { MemoryBlobs } from '../storage/memory-blobs.ts';
import { MemoryStorage } from '../storage/memory-storage.ts';
import { createApp } from './app.ts';
import { OriginPolicy } from './origins.ts';
import { PageFiles } from './page-files.ts';
import type { AppEnv } from './request-context.ts';

const LIMITS = { maxBlobBytes: 1000, maxSessionBytes: 1500 };
const EDITOR = 'editor-token-0123456789';
const VIEWER = 'viewer-token-0123456789';
/** Of an editor of the other session. */
const LOST = 'lost-token-0123456789';
const ELSEWHERE = 'elsewhere-token-0123456789';

const content: Bytes = Uint8Array.from({ length: 600 }, (_, i) => i & 255);
const hash = sha256(content);

let app: Hono<AppEnv>;
let storage: MemoryStorage;
let sessionId: string;
let elsewhere: string;

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

beforeEach(async () => {
  storage = new MemoryStorage();
  const sessions = new Sessions({ storage, clock: systemClock, maxSessions: 10 });
  sessionId = (await sessions.create()).session.id;
  elsewhere = (await sessions.create()).session.id;
  const uploaders: Readonly<Record<string, Uploader>> = {
    [EDITOR]: { author: 'a1'.repeat(32), role: 'editor' },
    [VIEWER]: { author: 'b0'.repeat(32), role: 'viewer' },
  };
  app = createApp({
    operatorSecret: 'operator',
    storage,
    sessions,
    blobs: new MemoryBlobs(),
    rooms: {
      ...emptyRoomHost,
      authorizeUpload: (id, token) => {
        if (id === elsewhere && token === ELSEWHERE) return uploaders[EDITOR];
        return id === sessionId ? uploaders[token] : undefined;
      },
      authorOfLost: (id, token, digest) =>
        id === sessionId && token === LOST && digest === hash ? 'c2'.repeat(32) : undefined,
      authorizeDownload: (token) => {
        if (token === ELSEWHERE) return elsewhere;
        return token in uploaders ? sessionId : undefined;
      },
    },
    files: await PageFiles.open('/nonexistent'),
    origins: new OriginPolicy({
      ports: () => ({ httpPort: 8080, httpsPort: 8443 }),
      publicOrigin: undefined,
      names: () => [],
      addresses: () => [],
    }),
    offer: () => ({
      port: 8443,
      network: undefined,
      host: undefined,
      certificateHashes: [],
      rungs: ['webtransport', 'websocket'],
      webrtc: undefined,
      flags: { renderer: 'auto', xr: true },
    }),
    gateway: undefined,
    turn: undefined,
    metrics: new Metrics(),
    clock: systemClock,
    logger: silentLogger,
    blobLimits: LIMITS,
  });
});

type Headers = Readonly<Record<string, string>>;

const pathOf = (name = hash, session = sessionId) => `/api/sessions/${session}/blobs/${name}`;

async function ask(method: string, path: string, headers: Headers = {}, body?: Bytes) {
  const init = { method, headers: { Host: 'localhost:8080', ...headers }, body: body ?? null };
  return await app.request(path, init, { remoteAddress: '127.0.0.1' });
}

const put = (body: Bytes, headers: Headers = {}, path = pathOf()) =>
  ask('PUT', path, { Authorization: `Bearer ${EDITOR}`, ...headers }, body);

const get = (token = VIEWER, name = hash) =>
  ask('GET', `/blobs/${name}`, { Authorization: `Bearer ${token}` });

const whole = (body: Bytes): Headers => ({ 'Content-Length': String(body.length) });

describe('bringing a blob', () => {
  it('D5: takes it whole, and serves it as bytes that nothing runs', async () => {
    const response = await put(content, whole(content));
    expect(response.status).toBe(201);
    expect(await response.json()).toEqual({ hash, size: content.length });
    const served = await get();
    expect(new Uint8Array(await served.arrayBuffer())).toEqual(content);
    expect(Object.fromEntries(served.headers)).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': 'attachment',
      'x-content-type-options': 'nosniff',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'content-security-policy': expect.stringContaining('sandbox'),
      'cache-control': expect.stringContaining('immutable'),
      'content-length': '600',
    });
    expect(await storage.getBlobGrant(sessionId, hash)).toMatchObject({ author: 'a1'.repeat(32) });
  });

  it('D3: takes what a restored server asks for back from who is not in yet, and nothing else', async () => {
    const lost = { Authorization: `Bearer ${LOST}` };
    expect((await put(content, { ...whole(content), ...lost })).status).toBe(201);
    expect(await storage.getBlobGrant(sessionId, hash)).toMatchObject({ author: 'c2'.repeat(32) });
    const other = '0'.repeat(64);
    const refused = await put(content, { ...whole(content), ...lost }, pathOf(other));
    expect(refused.status).toBe(403);
    expect((await get(LOST)).status).toBe(401);
  });

  it('D2: resumes where it had got to, by either kind of header', async () => {
    const first = await put(content.slice(0, 200), { 'Content-Range': 'bytes 0-199/600' });
    expect(first.status).toBe(202);
    expect(first.headers.get('Upload-Offset')).toBe('200');
    const head = await ask('HEAD', pathOf(), { Authorization: `Bearer ${EDITOR}` });
    expect(head.headers.get('Upload-Offset')).toBe('200');
    expect(head.headers.get('Upload-Complete')).toBe('?0');
    const wrong = await put(content.slice(300), { 'Content-Range': 'bytes 300-599/600' });
    expect(wrong.status).toBe(409);
    expect(wrong.headers.get('Upload-Offset')).toBe('200');
    const rest = { 'Upload-Offset': '200', 'Upload-Length': '600' };
    expect((await put(content.slice(200), rest)).status).toBe(201);
    const done = await ask('HEAD', pathOf(), { Authorization: `Bearer ${EDITOR}` });
    expect(done.headers.get('Upload-Complete')).toBe('?1');
  });

  it('starts anew at 0', async () => {
    await put(new Uint8Array(200), { 'Content-Range': 'bytes 0-199/600' });
    expect((await put(content, whole(content))).status).toBe(201);
  });

  it('S5: refuses content that is not what its name says, and keeps none of it', async () => {
    const wrong = await put(new Uint8Array(600), whole(content));
    expect(wrong.status).toBe(422);
    expect((await get()).status).toBe(404);
    expect((await put(content, whole(content))).status).toBe(201);
  });

  it('S3: refuses more than was announced, than a blob may have, than a session may hold', async () => {
    expect((await put(content, { 'Content-Range': 'bytes 0-9/10' })).status).toBe(400);
    expect((await put(content, { 'Content-Length': '1001' })).status).toBe(413);
    expect((await put(content, whole(content))).status).toBe(201);
    const second = content.map((byte) => byte ^ 1);
    expect((await put(second, whole(second), pathOf(sha256(second)))).status).toBe(201);
    const third = content.map((byte) => byte ^ 2);
    const full = await put(third, whole(third), pathOf(sha256(third)));
    expect(full.status).toBe(413);
    expect(await full.text()).toContain('session-full');
  });

  it('S3: unfinished uploads count as held', async () => {
    for (const i of [1, 2]) {
      const part = { 'Content-Range': 'bytes 0-599/700' };
      const name = String(i).repeat(64);
      expect((await put(content, part, pathOf(name))).status).toBe(202);
    }
    expect((await put(content, whole(content))).status).toBe(413);
  });

  it('S3: uploads under way count in full, and one content is brought once at a time', async () => {
    const slow = new TransformStream<Bytes, Bytes>();
    const headers = { Authorization: `Bearer ${EDITOR}`, Host: 'localhost:8080' };
    const init = { method: 'PUT', body: slow.readable, duplex: 'half' };
    const underWay = app.request(
      pathOf(),
      { ...init, headers: { ...headers, 'Content-Length': '600' } },
      { remoteAddress: '127.0.0.1' },
    );
    const big = new Uint8Array(1000);
    const tooMuch = await put(big, whole(big), pathOf(sha256(big)));
    expect(await tooMuch.text()).toContain('session-full');
    expect(await (await put(content, whole(content))).text()).toContain('upload-busy');
    const writer = slow.writable.getWriter();
    await writer.write(content);
    await writer.close();
    expect((await underWay).status).toBe(201);
  });

  it('needs a length', async () => {
    expect((await put(content)).status).toBe(411);
    expect((await put(content, { 'Content-Range': 'bytes 5-2/600' })).status).toBe(411);
    expect((await put(content, { 'Upload-Offset': '0' })).status).toBe(411);
  });

  it('S4: needs the token of an editor of this session', async () => {
    const as = (headers: Headers) =>
      ask('PUT', pathOf(), { ...whole(content), ...headers }, content);
    expect((await as({})).status).toBe(401);
    expect((await as({ Origin: 'http://localhost:8080' })).status).toBe(401);
    const foreign = { Origin: 'https://evil.example', Authorization: `Bearer ${EDITOR}` };
    expect((await as(foreign)).status).toBe(403);
    expect((await as({ Authorization: 'Bearer not-a-known-token-at-all' })).status).toBe(403);
    expect((await as({ Authorization: `Bearer ${VIEWER}` })).status).toBe(403);
    const other = await put(content, whole(content), pathOf(hash, 'A'.repeat(22)));
    expect(other.status).toBe(403);
    expect((await ask('HEAD', pathOf())).status).toBe(401);
  });

  it('S6: takes no name but a hash', async () => {
    for (const name of ['abc', hash.toUpperCase(), '..%2f..%2fetc', `${hash}0`]) {
      expect((await put(content, whole(content), pathOf(name))).status).toBe(404);
      expect((await get(VIEWER, name)).status).toBe(404);
    }
  });
});

describe('reading a blob', () => {
  beforeEach(async () => {
    await put(content, whole(content));
  });

  it('S4: is for those who are in a session that has it, viewers too', async () => {
    for (const token of [VIEWER, EDITOR]) expect((await get(token)).status).toBe(200);
    expect((await get('not-a-known-token-at-all')).status).toBe(401);
    const bare = await ask('GET', `/blobs/${hash}`);
    expect(bare.status).toBe(401);
    expect(bare.headers.get('WWW-Authenticate')).toBe('Bearer');
  });

  it('S4: knowing the name of what another session holds gives nothing', async () => {
    expect((await get(ELSEWHERE)).status).toBe(404);
    const path = pathOf(hash, elsewhere);
    const asTheirs = { Authorization: `Bearer ${ELSEWHERE}` };
    expect((await ask('HEAD', path, asTheirs)).headers.get('Upload-Complete')).toBe('?0');
    const claim = { ...asTheirs, 'Content-Length': '1' };
    expect((await ask('PUT', path, claim, new Uint8Array(1))).status).toBe(422);
    expect((await get(ELSEWHERE)).status).toBe(404);
    expect((await ask('PUT', path, { ...asTheirs, ...whole(content) }, content)).status).toBe(201);
    expect((await get(ELSEWHERE)).status).toBe(200);
  });
});
