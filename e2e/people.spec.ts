import { expect, type Page } from '@playwright/test';
import { EditorPage } from './support/editor-page.ts';
import { test } from './support/fixtures.ts';
import { createSession, openSession } from './support/session.ts';

test.setTimeout(180_000);
test.use({ viewport: { width: 1024, height: 640 } });

/** Where a page looks from, as it shows the others. */
const eyeOf = (page: Page) => page.evaluate(() => window.theta.view().position);

function apart(a: readonly number[], b: readonly number[]): number {
  return Math.hypot(...a.map((value, axis) => value - (b[axis] ?? 0)));
}

/** A camera that glides moves with every frame: after so many that showed the same it rests. */
const STILL_FRAMES = 4;

/** Where a page looks from when its camera has come to rest. */
function restingEye(page: Page): Promise<readonly number[]> {
  return page.evaluate(
    (wanted) =>
      new Promise<readonly number[]>((resolve) => {
        let last = window.theta.view().position;
        let still = 0;
        const look = (): void => {
          const now = window.theta.view().position;
          still = now.every((value, axis) => value === last[axis]) ? still + 1 : 0;
          last = now;
          if (still === wanted) resolve([...now]);
          else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
      }),
    STILL_FRAMES,
  );
}

async function sameEye(one: Page, other: Page): Promise<void> {
  await expect
    .poll(async () => apart(await eyeOf(one), await eyeOf(other)), { timeout: 30_000 })
    .toBeLessThan(0.05);
}

test('people: followed, gathered, unseen, and told of in passing', async ({
  browser,
  ownServer,
}) => {
  const session = await createSession(ownServer);
  const enter = async (role: 'admin' | 'editor') => {
    const page = await (await browser.newContext()).newPage();
    await openSession(page, ownServer, session, role);
    return new EditorPage(page);
  };
  const ada = await enter('admin');
  // It is a word in passing: who comes takes longer to arrive than it stays.
  const [ben] = await Promise.all([
    enter('editor'),
    expect(ada.page.getByText(/joined\.$/)).toBeVisible({ timeout: 60_000 }),
  ]);
  const faces = (page: Page) => page.getByRole('button', { name: /^People:/ });

  await faces(ben.page).click();
  const follow = ben.page.getByRole('button', { name: /^Follow / });
  await expect(follow).toBeEnabled();
  await follow.click();
  const banner = ben.page.getByRole('region', { name: 'Following' });
  await expect(banner).toBeVisible();
  await ben.page.keyboard.press('Escape');
  await ada.canvas.hover();
  for (let press = 0; press < 3; press++) await ada.page.keyboard.press('ArrowRight');
  await sameEye(ada.page, ben.page);
  await faces(ada.page).click();
  await expect(ada.page.getByText(/^Following you/)).toBeVisible();
  await ada.page.keyboard.press('Escape');

  // Who takes hold of the view looks with their own eyes again.
  await ben.canvas.hover();
  await ben.page.mouse.wheel(0, 400);
  await expect(banner).toHaveCount(0);
  await expect
    .poll(async () => apart(await eyeOf(ada.page), await eyeOf(ben.page)))
    .toBeGreaterThan(0.5);
  const before = await restingEye(ben.page);

  await faces(ada.page).click();
  await ada.page.getByRole('button', { name: 'Gather everyone here' }).click();
  await expect(ben.page.getByText(/has gathered everyone here/)).toBeVisible();
  await sameEye(ada.page, ben.page);
  await ben.page.getByRole('button', { name: 'Go back' }).click();
  await expect.poll(async () => apart(await eyeOf(ben.page), before)).toBeLessThan(0.2);

  await ada.page.getByRole('switch', { name: 'Be unseen' }).click();
  await faces(ben.page).click();
  await expect(follow).toBeDisabled();
  await ada.page.keyboard.press('Escape');
  await ada.add('Box');
  const seen = () =>
    ben.page.evaluate(() => window.theta.session.peers.map(({ selection }) => selection.length));
  await expect(ben.row('Box')).toBeVisible();
  expect(await seen()).toEqual([0]);
  await faces(ada.page).click();
  await ada.page.getByRole('switch', { name: 'Be unseen' }).click();
  await expect(follow).toBeEnabled();
  await expect.poll(seen).toEqual([1]);

  await Promise.all([
    ada.page.context().close(),
    expect(ben.page.getByText(/ left\.$/)).toBeVisible({ timeout: 60_000 }),
  ]);
  await ben.page.context().close();
});
