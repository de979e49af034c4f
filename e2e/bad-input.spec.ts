import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { EditorPage, fileAt } from './support/editor-page.ts';
import { expect, test } from './support/fixtures.ts';
import { RawPeer } from './support/raw/bundle.ts';
import type { Forgery } from './support/raw/forgeries.ts';
import type { Answer } from './support/raw/in-page.ts';
import { refusedStart } from './support/refused-start.ts';
import type { TestServer } from './support/server.ts';

const CONTROLLER = new URL('./fixtures/touch-controller.glb', import.meta.url);

test.use({ viewport: { width: 800, height: 500 } });

test('a bad model file is named in a sentence, and the scene stays as it was', async ({ join }) => {
  const ada = new EditorPage(await join());
  await ada.execute('entity.create', { name: 'Untouched' });
  const hash = await ada.hash();
  for (const { name, bytes, says } of await badFiles()) {
    await test.step(name, async () => {
      await ada.drop({ name, base64: bytes.toString('base64') });
      const notice = ada.page
        .getByRole('listitem')
        .filter({ hasText: name })
        .filter({ hasText: says });
      await expect(notice).toBeVisible();
      await notice.getByRole('button', { name: 'Dismiss' }).click();
      await expect(notice).toBeHidden();
      expect(await ada.hash()).toBe(hash);
    });
  }
  await ada.drop(await fileAt(CONTROLLER));
  await ada.named('trigger');
});

interface BadFile {
  readonly name: string;
  readonly bytes: Buffer;
  readonly says: RegExp;
}

async function badFiles(): Promise<readonly BadFile[]> {
  const whole = await readFile(CONTROLLER);
  const promising = Buffer.from(whole);
  // The length of the file and of its JSON, as its header has them.
  promising.writeUInt32LE(0xffff_fff0, 8);
  const gltf = (content: object) =>
    Buffer.from(JSON.stringify({ asset: { version: '2.0' }, ...content }));
  const accessors = [{ count: 4_000_000_000, componentType: 5126, type: 'VEC3' }];
  const meshes = [{ primitives: [{ attributes: { POSITION: 0 } }] }];
  return [
    { name: 'empty.glb', bytes: Buffer.alloc(0), says: /empty/ },
    { name: 'truncated.glb', bytes: whole.subarray(0, 100_000), says: /cut off/ },
    { name: 'promising.glb', bytes: promising, says: /promises|cut off/ },
    {
      name: 'picture.glb',
      bytes: Buffer.from('89504e470d0a1a0a0000', 'hex'),
      says: /does not start/,
    },
    { name: 'no-json.gltf', bytes: Buffer.from('{"asset":'), says: /JSON/ },
    {
      name: 'huge.gltf',
      bytes: gltf({ accessors, meshes, nodes: [{ mesh: 0 }] }),
      says: /at most \d+ can be imported/,
    },
    {
      name: 'elsewhere.gltf',
      bytes: gltf({
        buffers: [{ uri: 'https://example.com/a.bin', byteLength: 36 }],
        bufferViews: [{ buffer: 0, byteLength: 36 }],
        accessors: [{ ...accessors[0], bufferView: 0, count: 3 }],
        meshes,
        nodes: [{ mesh: 0 }],
      }),
      says: /example\.com/,
    },
    { name: 'faces.obj', bytes: Buffer.from('v 0 0 0\nf 1 2 9\n'), says: /line 2/i },
    { name: 'notes.txt', bytes: Buffer.from('hello'), says: /\.ply or \.theta/ },
  ];
}

test.describe('a bad link opens a page that says so', () => {
  const heading = (page: Page) => page.getByRole('heading', { level: 1 });

  test('an incomplete address', async ({ page, server }) => {
    await page.goto(`${server.httpUrl}/s/x`);
    await expect(heading(page)).toHaveText('This link does not open a session');
  });

  test('an unknown session', async ({ page, server, session }) => {
    const unknown = session.links.editor.replace(
      session.sessionId,
      session.sessionId.replace(/./g, 'A'),
    );
    await page.goto(server.httpUrl + unknown);
    await expect(heading(page)).toHaveText('This link does not open a session');
    await expect(page.getByText('There is no such session')).toBeVisible();
    await page.getByRole('link', { name: 'Go to the start page' }).click();
    await expect(page.getByRole('button', { name: 'New session' })).toBeVisible();
  });

  test('a token of nobody', async ({ page, server, session }) => {
    await page.goto(`${server.httpUrl}/s/${session.sessionId}#${'x'.repeat(22)}`);
    await expect(heading(page)).toHaveText('This link does not open a session');
    await expect(page.getByText('does not belong to this session')).toBeVisible();
  });

  test('a fragment that is no token', async ({ page, server, session }) => {
    await page.goto(`${server.httpUrl}/s/${session.sessionId}#<script>`);
    await expect(heading(page)).toHaveText('This link does not open a session');
  });

  test('no token, and never here before', async ({ page, server, session }) => {
    await page.goto(`${server.httpUrl}/s/${session.sessionId}`);
    await expect(heading(page)).toHaveText('This link does not open a session');
    await expect(page.getByText('You need a link')).toBeVisible();
  });

  test('a rung or a renderer that there is not', async ({ page, server, session }) => {
    await page.goto(server.httpUrl + session.links.editor.replace('#', '?transport=pigeon#'));
    await expect(page.getByText('There is no transport "pigeon" here')).toBeVisible();
  });
});

/** What is submitted, how the server names its fault, and which counter says so. */
const FORGED: readonly (readonly [Forgery, Answer['kind'], string])[] = [
  ['empty', 'dropped', 'truncated'],
  ['truncated', 'dropped', 'out_of_bounds'],
  ['oversized', 'dropped', 'too_large'],
  ['unsigned', 'dropped', 'bad_signature'],
  ['signed by another', 'dropped', 'bad_signature'],
  ['in the name of another', 'dropped', 'wrong_author'],
  ['of another replica', 'dropped', 'wrong_author'],
  ['for another session', 'dropped', 'wrong_session'],
  ['of an unknown type', 'dropped', 'unknown_union_member'],
  ['with NaN', 'dropped', 'not_finite'],
  ['without entries', 'dropped', 'malformed'],
  ['with cut entries', 'dropped', 'out_of_bounds'],
  ['from a clock far ahead', 'judged', 'clock_ahead'],
];

test('S5: a packet that is not as it should be is refused by name, counted, and changes nothing', async ({
  join,
  page,
  server,
  session,
}) => {
  const ada = new EditorPage(await join());
  await ada.execute('entity.create', { name: 'Untouched' });
  const hash = await ada.hash();
  await page.goto(server.httpUrl);
  const forger = await RawPeer.in(page);
  const options = {
    sessionId: session.sessionId,
    token: session.links.editor.split('#')[1]!,
  };
  for (const [forgery, kind, reason] of FORGED) {
    await test.step(`${forgery}: ${reason}`, async () => {
      const counter =
        kind === 'judged'
          ? `theta_entries_total{verdict="refused",reason="${reason}"}`
          : `theta_bad_messages_total{reason="${reason}"}`;
      const before = await counted(server, counter);
      const answer = await forger.submit(options, forgery);
      if (answer.kind === 'judged') expect(answer.reasons).toContain(reason);
      else expect(answer).toMatchObject({ kind, code: reason });
      expect(await counted(server, counter)).toBeGreaterThan(before);
      expect(await ada.hash()).toBe(hash);
    });
  }
  await test.step('bytes that are no message', async () => {
    const answer = await forger.babble(options, 64);
    expect(answer.kind).toBe('dropped');
  });
  expect(await ada.session()).toMatchObject({ status: 'connected', pending: 0 });
  expect(await forger.submit(options, 'honest')).toEqual({ kind: 'judged', reasons: ['none'] });
  await ada.named('Forged');
});

/** A counter of `/metrics`; 0 while it is not there. */
async function counted({ httpUrl }: TestServer, name: string): Promise<number> {
  const text = await (await fetch(`${httpUrl}/metrics`)).text();
  const line = text.split('\n').find((each) => each.startsWith(`${name} `));
  return line === undefined ? 0 : Number(line.slice(name.length));
}

const BAD_ENVIRONMENT: readonly (readonly [string, string])[] = [
  ['THETA_PORT', '99999'],
  ['THETA_HTTP_PORT', 'eighty'],
  ['THETA_HOST', 'not an address'],
  ['THETA_PUBLIC_URL', 'https://theta.example/with/a/path'],
  ['THETA_TURN_URL', 'http://turn.example'],
  ['THETA_NATS_URL', 'localhost'],
  ['THETA_LOG_LEVEL', 'chatty'],
  ['THETA_RENDERER', 'paper'],
  ['THETA_TRANSPORT', 'pigeon'],
  ['THETA_TLS_CERT', '/nowhere.pem'],
];

for (const [name, value] of BAD_ENVIRONMENT) {
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants a pattern before its information
  test(`a bad ${name} keeps the server from starting, and is named`, async ({}, info) => {
    const { code, said } = await refusedStart(info.outputPath('data'), { [name]: value });
    expect(said).toContain(name);
    expect(code).toBe(2);
  });
}
