import { type Browser, type Page, test as plain } from '@playwright/test';
import { EditorPage } from './support/editor-page.ts';
import { expect, test } from './support/fixtures.ts';
import type { TestServer } from './support/server.ts';
import { type CreatedSession, createSession, openSession } from './support/session.ts';

plain.setTimeout(240_000);

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
