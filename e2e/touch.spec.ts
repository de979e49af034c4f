import type { Page } from '@playwright/test';
import { EditorPage } from './support/editor-page.ts';
import { expect, test } from './support/fixtures.ts';
import { createSession, openSession } from './support/session.ts';

test.setTimeout(120_000);

/** CSS pixels of what a finger is to hit. */
const FINGER = 40;
const TABLET = { width: 1180, height: 820 };

/** A finger, which the browser is told of as a screen tells it. */
async function finger(page: Page) {
  const client = await page.context().newCDPSession(page);
  const send = (
    type: 'touchStart' | 'touchMove' | 'touchEnd',
    points: { x: number; y: number }[],
  ) => client.send('Input.dispatchTouchEvent', { type, touchPoints: points });
  return {
    down: (x: number, y: number) => send('touchStart', [{ x, y }]),
    move: (x: number, y: number) => send('touchMove', [{ x, y }]),
    up: () => send('touchEnd', []),
  };
}

test('a tablet: large enough for fingers, a long press is a right click, a finger orbits', async ({
  browser,
  ownServer,
}) => {
  const session = await createSession(ownServer);
  const context = await browser.newContext({ hasTouch: true, isMobile: true, viewport: TABLET });
  const page = await context.newPage();
  await openSession(page, ownServer, session, 'admin');
  const editor = new EditorPage(page);
  await editor.execute('entity.create', {
    name: 'Crate',
    components: { primitive: { kind: 'box' } },
  });
  await editor.row('Crate').waitFor();

  await test.step('everything in the toolbar is large enough, and on the screen', async () => {
    const banner = page.getByRole('banner');
    const buttons = banner.getByRole('button').or(banner.getByRole('radio'));
    await expect.poll(() => buttons.count()).toBeGreaterThan(8);
    for (const button of await buttons.all()) {
      const box = (await button.boundingBox())!;
      const label = (await button.getAttribute('aria-label')) ?? (await button.textContent());
      expect(box.height, `${label}`).toBeGreaterThanOrEqual(FINGER - 4);
      expect(box.x + box.width, `${label}`).toBeLessThanOrEqual(TABLET.width);
    }
    expect((await editor.row('Crate').boundingBox())!.height).toBeGreaterThanOrEqual(FINGER);
  });

  const hand = await finger(page);
  await editor.drawn();
  const crate = await editor.project([0, 0, 0]);

  await test.step('a long press opens the menu of what is there', async () => {
    const duplicate = page.getByRole('menuitem', { name: 'Duplicate' });
    await hand.down(crate.x, crate.y);
    await expect(duplicate).toBeVisible();
    await hand.up();
    await expect(duplicate, 'also when the finger is gone').toBeVisible();
    expect((await duplicate.boundingBox())!.height).toBeGreaterThanOrEqual(FINGER);
    await duplicate.tap();
    await expect.poll(async () => (await editor.entities()).length).toBe(2);
  });

  await test.step('a tap selects, and a drag looks around', async () => {
    const box = (await editor.canvas.boundingBox())!;
    const corner = { x: box.x + 60, y: box.y + 80 };
    await page.touchscreen.tap(corner.x, corner.y);
    await expect(page.getByRole('treeitem', { selected: true })).toHaveCount(0);
    await page.touchscreen.tap(crate.x, crate.y);
    await expect(page.getByRole('treeitem', { selected: true })).toHaveCount(1);
    await editor.drawn();
    const before = await editor.canvas.screenshot();
    await hand.down(corner.x, corner.y);
    for (let step = 1; step <= 6; step++)
      await hand.move(corner.x + step * 20, corner.y + step * 4);
    await hand.up();
    await expect.poll(async () => (await editor.canvas.screenshot()).equals(before)).toBe(false);
  });
  await context.close();
});
