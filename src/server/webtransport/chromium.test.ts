import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from '@playwright/test';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { EchoEvent } from './testing/deno-echo-server.ts';
import type { PageApi } from './testing/page-entry.ts';
import { DenoScript } from './testing/spawn-deno.ts';

declare const theta: PageApi;

const CHROMIUM = '/usr/bin/chromium';
const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const SETUP_TIMEOUT_MS = 60_000;
const TEST_TIMEOUT_MS = 15_000;

async function bundlePage(): Promise<string> {
  const output = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      minify: false,
      lib: {
        entry: fileURLToPath(new URL('./testing/page-entry.ts', import.meta.url)),
        formats: ['es'],
      },
    },
  });
  const [bundle] = Array.isArray(output) ? output : [output];
  if (!bundle || !('output' in bundle)) throw new Error('vite gave no bundle');
  return bundle.output[0].code;
}

function isListening(event: EchoEvent): event is EchoEvent & { kind: 'listening' } {
  return event.kind === 'listening';
}

describe('WebTransport from Chromium', () => {
  let server: DenoScript<EchoEvent>;
  let site: Server;
  let browser: Browser;
  let page: Page;
  let target: { url: string; hash: string };
  let origin: string;

  beforeAll(async () => {
    server = new DenoScript<EchoEvent>('./deno-echo-server.ts');
    const script = await bundlePage();
    site = createServer((request, response) => {
      const isScript = request.url === '/page.js';
      response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html');
      response.end(isScript ? script : '<script type="module" src="/page.js"></script>');
    });
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
    browser = await chromium.launch({ executablePath: CHROMIUM, args: CHROMIUM_FLAGS });
    const { port, hash } = await server.waitFor(isListening);
    target = { url: `https://127.0.0.1:${port}/wt?room=7`, hash };
    page = await openPage();
  }, SETUP_TIMEOUT_MS);

  afterAll(async () => {
    await browser.close();
    site.close();
    await server[Symbol.asyncDispose]();
  });

  async function openPage(): Promise<Page> {
    const opened = await browser.newPage();
    await opened.goto(origin);
    await opened.waitForFunction(() => 'theta' in globalThis);
    return opened;
  }

  function closedWith(code: number) {
    return (event: EchoEvent): event is EchoEvent & { kind: 'closed' } =>
      event.kind === 'closed' && event.code === code;
  }

  it('T1: echoes on all three lanes, up to their limits', {
    timeout: TEST_TIMEOUT_MS,
  }, async () => {
    const sizes = await page.evaluate(async ({ url, hash }) => {
      const { transport, echo } = await theta.connect(url, hash);
      const filled = (length: number): Uint8Array => new Uint8Array(length).fill(length & 0xff);
      const answers = [
        await echo('reliable', filled(0)),
        await echo('reliable', filled(96 * 1024)),
        await echo('bulk', filled(256 * 1024)),
        await echo('unreliable', filled(1000)),
      ];
      transport.close();
      for (const answer of answers)
        if (answer.some((byte) => byte !== (answer.length & 0xff))) throw new Error('garbled');
      return answers.map((answer) => answer.length);
    }, target);
    expect(sizes).toEqual([0, 96 * 1024, 256 * 1024, 1000]);
  });

  it('S6: tells the server its path, query and origin', { timeout: TEST_TIMEOUT_MS }, async () => {
    await page.evaluate(async ({ url, hash }) => {
      const { transport, closed } = await theta.connect(url, hash);
      transport.close();
      await closed;
    }, target);
    const opened = server.lines.find((event) => event.kind === 'opened');
    expect(opened).toEqual({ kind: 'opened', path: '/wt?room=7', origin });
  });

  it('T4: a close by the page reaches the server whole', { timeout: TEST_TIMEOUT_MS }, async () => {
    const here = await page.evaluate(async ({ url, hash }) => {
      const { transport, closed } = await theta.connect(url, hash);
      transport.close(4007, 'leaving, ты');
      return closed;
    }, target);
    const info = { code: 4007, reason: 'leaving, ты', clean: true };
    expect(here).toEqual(info);
    expect(await server.waitFor(closedWith(4007))).toEqual({ kind: 'closed', ...info });
  });

  it('T4: a close by the server reaches the page whole', { timeout: TEST_TIMEOUT_MS }, async () => {
    const here = await page.evaluate(async ({ url, hash }) => {
      const { transport, closed } = await theta.connect(url, hash);
      transport.send('reliable', new TextEncoder().encode('close me'));
      return closed;
    }, target);
    expect(here).toEqual({ code: 4001, reason: 'as you wish', clean: true });
  });

  it('T2: a refused path fails to connect, by name', { timeout: TEST_TIMEOUT_MS }, async () => {
    const code = await page.evaluate(
      ({ url, hash }) =>
        theta.connect(url.replace('/wt', '/elsewhere'), hash).then(
          () => 'connected',
          (error: { code: string }) => error.code,
        ),
      target,
    );
    expect(code).toBe('connect-failed');
  });

  it('T2: fifty sessions echo at once', { timeout: TEST_TIMEOUT_MS }, async () => {
    const echoed = await page.evaluate(async ({ url, hash }) => {
      const all = await Promise.all(Array.from({ length: 50 }, () => theta.connect(url, hash)));
      const answers = await Promise.all(
        all.map(({ echo }, i) => echo('reliable', Uint8Array.of(i))),
      );
      for (const { transport } of all) transport.close();
      return answers.map((answer) => answer[0]);
    }, target);
    expect(echoed).toEqual(Array.from({ length: 50 }, (_, i) => i));
  });

  it('T4: a page that goes away says so', { timeout: TEST_TIMEOUT_MS }, async () => {
    const leaving = await openPage();
    await leaving.evaluate(async ({ url, hash }) => {
      const { transport } = await theta.connect(url, hash);
      addEventListener('pagehide', () => transport.close(4009, 'page closed'));
    }, target);
    await leaving.close();
    const closed = await server.waitFor(closedWith(4009));
    expect(closed).toEqual({ kind: 'closed', code: 4009, reason: 'page closed', clean: true });
  });
});
