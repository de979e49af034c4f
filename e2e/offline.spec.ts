import { cp, rename, rm } from 'node:fs/promises';
import type { Browser, Page } from '@playwright/test';
import { SCHEMA_DIGEST } from '../src/protocol/generated/types.ts';
import { EditorPage } from './support/editor-page.ts';
import { expect, test } from './support/fixtures.ts';
import type { TestServer } from './support/server.ts';
import { type CreatedSession, createSession, openSession } from './support/session.ts';

test.setTimeout(240_000);

const SETTLE_TIMEOUT_MS = 90_000;
const EDITS = 500;
const STEP = 1 / 64;

/** Somebody in a browser profile of his own, whose page may be kept for later. */
async function enter(
  browser: Browser,
  server: TestServer,
  session: CreatedSession,
): Promise<EditorPage> {
  const context = await browser.newContext({ serviceWorkers: 'allow' });
  const page = await context.newPage();
  await openSession(page, server, session);
  return new EditorPage(page);
}

/** Resolves when the browser has the whole page. */
async function kept({ page }: EditorPage): Promise<void> {
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null, undefined, {
    timeout: SETTLE_TIMEOUT_MS,
  });
}

async function connected({ status }: EditorPage): Promise<void> {
  await expect(status).toHaveText('Connected', { timeout: SETTLE_TIMEOUT_MS });
}

async function allSent(...editors: readonly EditorPage[]): Promise<void> {
  for (const editor of editors) {
    await expect
      .poll(async () => (await editor.session()).pending, { timeout: SETTLE_TIMEOUT_MS })
      .toBe(0);
  }
}

/** Moves an entity so often, each time as an edit of its own. */
async function moveOften(page: Page, entity: string, times: number): Promise<void> {
  await page.evaluate(
    async ([id, count, step]) => {
      for (let i = 0; i < count; i++) {
        void window.theta.transaction(`Step ${i}`, (tx) =>
          tx.execute('transform.translate', { entity: id, offset: [step, 0, 0] }),
        );
        if (i % 50 === 49) await new Promise((resolve) => setTimeout(resolve));
      }
    },
    [entity, times, STEP] as const,
  );
}

test('T4, D2: edits made offline survive a reload while the server is away, and arrive once and in order', async ({
  browser,
  ownServer,
}) => {
  const session = await createSession(ownServer);
  const ada = await enter(browser, ownServer, session);
  const ben = await enter(browser, ownServer, session);
  await ada.add('Box');
  const box = await ben.named('Box');
  await kept(ada);
  await ownServer.stop();
  await expect(ada.status).toHaveText('Offline', { timeout: SETTLE_TIMEOUT_MS });
  await moveOften(ada.page, box.id, EDITS);
  const bar = ada.page.getByRole('contentinfo');
  await expect(bar).toContainText('500 edits waiting');

  // A hand is slower than this: what a page has not signed and stored when it goes is lost.
  await ada.page.evaluate(() => window.theta.stored());
  await ada.page.reload();
  await expect(ada.row('Box')).toBeVisible({ timeout: SETTLE_TIMEOUT_MS });
  await expect(ada.status).toHaveText('Offline', { timeout: SETTLE_TIMEOUT_MS });
  await expect(bar).toContainText('500 edits waiting');
  await expect(ada.page.getByRole('dialog')).toHaveCount(0);
  await ada.add('Sphere');
  await expect(bar).toContainText('501 edits waiting');
  expect((await ada.get(box.id)).transform.position[0]).toBeCloseTo(EDITS * STEP, 5);

  await ownServer.restart();
  await connected(ada);
  await connected(ben);
  await allSent(ada, ben);
  await expect(bar).not.toContainText('waiting');
  await ada.agreesWith(ben);
  expect((await ben.get(box.id)).transform.position[0]).toBeCloseTo(EDITS * STEP, 5);
  const moves = (await ben.history()).filter(({ type }) => type === 'transform.translate');
  expect(moves.map(({ label }) => label)).toEqual(
    Array.from({ length: EDITS }, (_, i) => `Step ${i}`),
  );
  await ada.page.context().close();
  await ben.page.context().close();
});

test('T4: a laptop whose lid was closed is gone to the others, and goes on where it was when it opens', async ({
  browser,
  ownServer,
  playwright,
  launchOptions,
}) => {
  const session = await createSession(ownServer);
  const laptop = await playwright.chromium.launch(launchOptions);
  const ada = await enter(laptop, ownServer, session);
  const ben = await enter(browser, ownServer, session);
  const others = async (): Promise<number> => (await ben.session()).peers.length;
  await expect.poll(others).toBe(1);
  const developer = await laptop.newBrowserCDPSession();
  const { processInfo } = await developer.send('SystemInfo.getProcessInfo');
  const pages = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
  for (const page of pages) process.kill(page, 'SIGSTOP');
  await expect.poll(others, { timeout: SETTLE_TIMEOUT_MS }).toBe(0);
  await ben.execute('entity.create', { name: 'Meanwhile' });
  for (const page of pages) process.kill(page, 'SIGCONT');
  await expect(ada.row('Meanwhile')).toBeVisible({ timeout: SETTLE_TIMEOUT_MS });
  await connected(ada);
  expect((await ada.execute('entity.create', { name: 'Awake' })).status).toBe('accepted');
  await ada.agreesWith(ben);
  await expect.poll(others).toBe(1);
  await ben.page.context().close();
  await laptop.close();
});

test('T3: a page of an older release loads itself anew, and says why where that does not help', async ({
  browser,
  ownServer,
}) => {
  const session = await createSession(ownServer);
  const page = await (await browser.newContext()).newPage();
  let loads = 0;
  let isOld = true;
  page.on('request', (request) => {
    if (!request.isNavigationRequest()) return;
    loads += 1;
    // What comes after the reload is new, the first time.
    if (loads === 2) isOld = false;
  });
  await page.route('**/assets/*.js', async (route) => {
    const response = await route.fetch();
    const script = await response.text();
    const old = script.replaceAll(SCHEMA_DIGEST, SCHEMA_DIGEST.split('').reverse().join(''));
    await route.fulfill({ response, body: isOld ? old : script });
  });
  await page.goto(new URL(session.links.editor, ownServer.httpUrl).href);
  // Waits across the reload, in the middle of which nothing else can be asked.
  await page.waitForFunction(() => window.theta?.session.status === 'connected', undefined, {
    timeout: SETTLE_TIMEOUT_MS,
  });
  expect(loads).toBe(2);

  isOld = true;
  await page.reload();
  await expect(page.getByRole('heading', { name: 'A newer Theta is running here' })).toBeVisible({
    timeout: SETTLE_TIMEOUT_MS,
  });
  await page.context().close();
});

test('D2: two tabs of one author work at once, and the next tab sends what a closed one left', async ({
  browser,
  ownServer,
}) => {
  const session = await createSession(ownServer);
  const ada = await enter(browser, ownServer, session);
  const second = await ada.page.context().newPage();
  await openSession(second, ownServer, session);
  const tab = new EditorPage(second);
  const both = [
    ada.execute('entity.create', { name: 'One' }),
    tab.execute('entity.create', { name: 'Two' }),
  ];
  for (const outcome of await Promise.all(both)) expect(outcome.status).toBe('accepted');
  await ada.agreesWith(tab);
  expect((await ada.session()).author).toBe((await tab.session()).author);

  await ownServer.stop();
  await expect(tab.status).toHaveText('Offline', { timeout: SETTLE_TIMEOUT_MS });
  await second.evaluate(() => void window.theta.execute('entity.create', { name: 'Left' }));
  await expect(second.getByRole('contentinfo')).toContainText('1 edit waiting');
  await second.close();
  await ownServer.restart();
  await connected(ada);
  const next = await ada.page.context().newPage();
  await openSession(next, ownServer, session);
  await expect(ada.row('Left')).toBeVisible({ timeout: SETTLE_TIMEOUT_MS });
  await allSent(new EditorPage(next));
  await ada.page.context().close();
});

test('D3: a server restored from an older backup gets back what its pages hold', async ({
  browser,
  ownServer,
}) => {
  const session = await createSession(ownServer);
  const ada = await enter(browser, ownServer, session);
  const ben = await enter(browser, ownServer, session);
  await ada.add('Box');
  const box = await ben.named('Box');
  await ownServer.stop();
  const backup = `${ownServer.dataDir}-backup`;
  await cp(ownServer.dataDir, backup, { recursive: true });

  await ownServer.restart();
  await connected(ada);
  await connected(ben);
  await moveOften(ada.page, box.id, 20);
  await ben.execute('entity.create', { name: 'After the backup' });
  await allSent(ada, ben);
  await ada.agreesWith(ben);
  const hash = await ada.hash();

  await ownServer.stop();
  await rm(ownServer.dataDir, { recursive: true });
  await rename(backup, ownServer.dataDir);
  await ownServer.restart();
  await connected(ada);
  await connected(ben);
  await ada.agreesWith(ben);
  expect(await ada.hash()).toBe(hash);
  const metrics = await (await fetch(`${ownServer.httpUrl}/metrics`)).text();
  const [, count] = /^theta_log_records_given_back_total (\d+)/m.exec(metrics) ?? [];
  expect(Number(count)).toBeGreaterThan(1);
  const edit = await ben.execute('entity.rename', { entity: box.id, name: 'Goes on' });
  expect(edit.status).toBe('accepted');
  await Promise.all([ada, ben].map(({ page }) => page.context().close()));
});

test('D2: a browser that is full says so, and edits are sent all the same', async ({
  browser,
  ownServer,
}) => {
  const session = await createSession(ownServer);
  const ada = await enter(browser, ownServer, session);
  const developer = await ada.page.context().newCDPSession(ada.page);
  await developer.send('Storage.overrideQuotaForOrigin', {
    origin: ownServer.httpUrl,
    quotaSize: 1,
  });
  const words = ada.page.getByText(/The storage of this browser is full/);
  // The browser goes by what it last found for up to half a minute.
  await expect(async () => {
    const made = await ada.execute('entity.create', { name: 'Sent all the same' });
    expect(made.status).toBe('accepted');
    await expect(words.first()).toBeVisible({ timeout: 2000 });
  }).toPass({ timeout: SETTLE_TIMEOUT_MS });
  await expect(ada.page.getByRole('dialog')).toHaveCount(0);
  await expect(ada.row('Sent all the same').first()).toBeVisible();
  await ada.page.context().close();
});
