import type { Page } from '@playwright/test';
import { barriers } from './support/barriers.ts';
import { EditorPage } from './support/editor-page.ts';
import { expect, test } from './support/fixtures.ts';
import { createSession, openSession } from './support/session.ts';

test.setTimeout(180_000);
test.use({ viewport: { width: 1280, height: 720 } });

const themeOf = (page: Page) => page.evaluate(() => document.documentElement.dataset.theme);

test('settings, keys and tour: chosen by keyboard, kept over a reload, open to everybody', async ({
  browser,
  ownServer,
}) => {
  const session = await createSession(ownServer);
  const page = await (await browser.newContext({ colorScheme: 'dark' })).newPage();
  await openSession(page, ownServer, session, 'admin');
  const editor = new EditorPage(page);
  await editor.add('Box');
  await page.getByRole('button', { name: 'Theta menu' }).waitFor();
  expect(await themeOf(page)).toBe('dark');
  expect(await barriers(page), 'the editor, dark').toEqual([]);

  await page.keyboard.press('Control+,');
  const settings = page.getByRole('dialog', { name: 'Settings' });
  await expect(settings).toBeVisible();
  expect(await barriers(page), 'the settings, dark').toEqual([]);
  await settings.getByRole('radio', { name: 'Light' }).click();
  await expect.poll(() => themeOf(page)).toBe('light');
  await settings.getByRole('combobox', { name: 'Units of length' }).click();
  await page.getByRole('option', { name: 'Centimetres' }).click();
  expect(await barriers(page), 'the settings, light').toEqual([]);
  await page.keyboard.press('Escape');
  expect(await barriers(page), 'the editor, light').toEqual([]);

  await editor.row('Box').click();
  const width = page.getByRole('textbox', { name: 'Width' });
  await expect(width).toHaveValue('100');
  await width.fill('1 m + 50');
  await width.press('Enter');
  const { id } = await editor.named('Box');
  await expect
    .poll(() => page.evaluate((box) => window.theta.get(box), id))
    .toMatchObject({ primitive: { width: 1.5 } });

  await page.locator('main canvas').hover();
  await page.keyboard.press('?');
  const shortcuts = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await shortcuts.getByRole('searchbox').fill('rotate');
  await shortcuts.getByRole('button', { name: /^Keys of Rotate:/ }).click();
  await page.keyboard.press('w');
  await expect(shortcuts.getByRole('alert')).toContainText('W is “Move”.');
  await shortcuts.getByRole('button', { name: 'Use it here' }).click();
  await expect(shortcuts.getByRole('button', { name: 'Keys of Rotate: W' })).toBeVisible();
  expect(await barriers(page), 'the keys').toEqual([]);
  await page.keyboard.press('Escape');

  await page.reload();
  await expect(editor.status).toHaveText('Connected', { timeout: 60_000 });
  expect(await themeOf(page)).toBe('light');
  await editor.row('Box').click();
  await expect(width).toHaveValue('150');
  await page.locator('main canvas').hover();
  await page.keyboard.press('w');
  await expect(page.getByRole('radio', { name: 'Rotate' })).toBeChecked();

  await page.getByRole('button', { name: 'Theta menu' }).click();
  await page.getByRole('menuitem', { name: 'Show the tour' }).click();
  const tour = page.getByRole('dialog', { name: /^Tour:/ });
  for (let step = 1; step <= 6; step++) {
    await expect(tour).toContainText(`${step} of 6`);
    // It names the keys as they are now: Rotate has taken Move's above.
    if (step === 3) await expect(tour).toContainText('By “Move”, W and R.');
    expect(await barriers(page), `step ${step} of the tour`).toEqual([]);
    await page.keyboard.press('Enter');
  }
  await expect(tour).toHaveCount(0);
  await page.context().close();
});

test('the tour meets who comes for the first time, once', async ({ browser, ownServer }) => {
  const session = await createSession(ownServer);
  const page = await (await browser.newContext()).newPage();
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'webdriver', { get: () => false });
  });
  await openSession(page, ownServer, session);
  const tour = page.getByRole('dialog', { name: /^Tour:/ });
  await tour.getByRole('button', { name: 'Skip' }).click();
  await page.reload();
  await expect(new EditorPage(page).status).toHaveText('Connected', { timeout: 60_000 });
  await expect(tour).toHaveCount(0);
  await page.context().close();
});
