import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { EditorPage } from './support/editor-page.ts';
import { expect, test } from './support/fixtures.ts';
import { waitUntilConnected } from './support/session.ts';

test.setTimeout(180_000);
test.use({ viewport: { width: 1280, height: 720 } });

async function graveFindings(page: Page) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
}

test('the start page: a starter scene, and back to it from its picture', async ({
  browser,
  ownServer,
}) => {
  const page = await (await browser.newContext({ colorScheme: 'dark' })).newPage();
  await page.goto(ownServer.httpUrl);
  const recents = page.getByRole('region', { name: 'Recent sessions' });
  await expect(recents).toContainText('show up here');
  await page.getByRole('button', { name: 'Garden' }).click();
  await page.waitForURL(/\/s\//);
  await waitUntilConnected(page);
  const editor = new EditorPage(page);
  await expect(editor.row('Hut')).toBeVisible();
  await expect.poll(async () => (await editor.session()).pending).toBe(0);
  const address = new URL(page.url()).pathname;

  expect(await graveFindings(page)).toEqual([]);
  // The picture is taken when hands have rested for a while.
  const hasPicture = () =>
    page.evaluate(
      () =>
        new Promise<boolean>((resolve) => {
          const opening = indexedDB.open('theta');
          opening.onsuccess = () => {
            const database = opening.result;
            const asking = database.transaction('recents').objectStore('recents').getAll();
            asking.onsuccess = () => {
              database.close();
              resolve(asking.result.some(({ picture }) => picture instanceof Blob));
            };
          };
        }),
    );
  await expect.poll(hasPicture, { timeout: 60_000 }).toBe(true);

  await page.getByRole('button', { name: 'Theta menu' }).click();
  await page.getByRole('menuitem', { name: 'Start page' }).click();
  await expect(recents.getByRole('img', { includeHidden: true }).first()).toBeVisible();
  await recents.getByRole('button', { name: 'Rename Untitled session' }).click();
  await recents.getByRole('textbox', { name: 'Name of the session' }).fill('My garden');
  await page.keyboard.press('Enter');
  const card = recents.getByRole('link', { name: 'My garden' });
  await expect(card).toBeVisible();
  expect(await graveFindings(page)).toEqual([]);
  await card.click();
  await page.waitForURL(/\/s\//);
  await waitUntilConnected(page);
  expect(new URL(page.url()).pathname).toBe(address);
  await expect(editor.row('Hut')).toBeVisible();

  await page.goto(ownServer.httpUrl);
  await recents.getByRole('button', { name: 'Take My garden off the list' }).click();
  await expect(recents).toContainText('show up here');
  await page.context().close();
});
