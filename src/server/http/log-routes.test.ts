import { beforeEach, describe, expect, it } from 'vitest';
import { decode, encode } from '../../protocol/codec.ts';
import { LOG_PAGE_BYTES } from '../../protocol/limits.ts';
import { systemClock } from '../../shared/clock.ts';
import { MemoryStorage } from '../storage/memory-storage.ts';
import { sampleRecord, sampleSession } from '../storage/storage-contract.ts';
import { logRoutes } from './log-routes.ts';

const OWN = 'http://here';
const ALICE = 'a1'.repeat(32);
const SNAPSHOT = new Uint8Array([1, 2, 3]);
let storage: MemoryStorage;
let app: ReturnType<typeof logRoutes>;

beforeEach(async () => {
  storage = new MemoryStorage();
  await storage.createSession(sampleSession('s'), []);
  app = logRoutes({
    storage,
    clock: systemClock,
    origins: { allowsOrigin: (origin) => origin === OWN },
    rooms: {
      authorizeUpload: (id, token) =>
        id === 's' && token === 'here' ? { author: ALICE, role: 'viewer' } : undefined,
      takeBack: async (id, records) =>
        id === 's' ? { index: 40 + records.length, missing: ['ab'], token: 'T' } : undefined,
      pastSnapshot: async (_id, _token, index) => (index >= 1000 ? SNAPSHOT : undefined),
    },
  });
});

function get(path: string, token = 'here'): Response | Promise<Response> {
  return app.request(path, { headers: { Authorization: `Bearer ${token}` } });
}

function give(body: Uint8Array<ArrayBuffer>, origin = OWN, path = '/s/log') {
  const headers = { Origin: origin, 'Content-Length': String(body.length) };
  return app.request(path, { method: 'POST', headers, body }, { remoteAddress: '::1' });
}

describe('the history over HTTP', () => {
  it('D3: takes back records of a log, from this origin, in pages of bounded size', async () => {
    const record = { judgement: new Uint8Array(10), packet: new Uint8Array(100) };
    const page = encode('LogPage', { records: [record, record] });
    expect(await (await give(page)).json()).toEqual({ index: 42, missing: ['ab'], token: 'T' });
    expect((await give(page, 'http://elsewhere')).status).toBe(403);
    expect((await give(page, OWN, '/t/log')).status).toBe(404);
    expect((await give(new Uint8Array(50))).status).toBe(400);
    expect((await give(new Uint8Array(2 * LOG_PAGE_BYTES))).status).toBe(400);
    const answers = await Promise.all(Array.from({ length: 150 }, () => give(page)));
    expect(answers.filter(({ status }) => status === 429).length).toBeGreaterThan(0);
  });

  it('S4: is for those who are in the session alone', async () => {
    for (const path of ['/s/log', '/s/steps', '/s/snapshot', '/t/log']) {
      expect((await get(path, 'stranger')).status).toBe(401);
    }
    expect((await app.request('/s/log')).status).toBe(401);
  });

  it('S3: gives the log in pages of bounded size, at least a record each', async () => {
    const packet = new Uint8Array(64 * 1024);
    const judgement = new Uint8Array(10);
    for (let i = 1; i <= 40; i++) {
      await storage.appendGroup([sampleRecord('s', i, { packet, judgement })]);
    }
    let after = 0;
    const pages: number[] = [];
    for (;;) {
      const response = await get(`/s/log?after=${after}`);
      const { records } = decode('LogPage', new Uint8Array(await response.arrayBuffer()));
      if (records.length === 0) break;
      pages.push(records.length);
      after += records.length;
    }
    expect(after).toBe(40);
    expect(pages[0]).toBe(Math.floor(LOG_PAGE_BYTES / (packet.length + judgement.length + 64)));
  });

  it('D4: lists steps, and versions', async () => {
    const step = { label: 'Move', type: 'transform.set', entries: 1 };
    const version = { seq: 1, name: 'Draft' };
    await storage.appendGroup([
      { ...sampleRecord('s', 1), steps: [{ ...step, seq: 1 }] },
      { ...sampleRecord('s', 2), steps: [{ ...step, seq: 2, version }] },
    ]);
    const time = sampleRecord('s', 2).at;
    const second = { ...step, ordinal: 2, index: 2, seq: 2, author: ALICE, time, version };
    expect(await (await get('/s/steps?after=1&limit=9')).json()).toEqual({
      total: 2,
      steps: [second],
      versions: [second],
    });
  });

  it('D4: gives a snapshot to begin from, or says that there is none', async () => {
    const found = await get('/s/snapshot?index=1000');
    expect(new Uint8Array(await found.arrayBuffer())).toEqual(SNAPSHOT);
    expect((await get('/s/snapshot?index=999')).status).toBe(204);
  });

  it('S3: refuses what is no number', async () => {
    for (const query of ['log?after=x', 'log?after=-1', 'steps?limit=1.5', 'snapshot?index=1e99']) {
      expect((await get(`/s/${query}`)).status, query).toBe(400);
    }
  });
});
