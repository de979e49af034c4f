import { EditorPage } from './support/editor-page.ts';
import { expect, test } from './support/fixtures.ts';
import { Wearer } from './support/headset.ts';
import { variety } from './support/pixels.ts';

test('entering VR keeps the world, and leaving it the desktop view', async ({ join }) => {
  const page = await join('editor', { headset: {} });
  const editor = new EditorPage(page);
  const wearer = new Wearer(page);
  await editor.execute('entity.create', {
    name: 'Tower',
    components: { primitive: { kind: 'box' }, transform: { position: [0, 0.5, 0] } },
  });
  const hash = await editor.hash();
  expect(await editor.renderer()).toBe('webgl');
  await editor.drawn();
  const before = await editor.canvas.screenshot();

  await wearer.enter('VR');
  expect(await page.evaluate(() => window.theta.headset)).toMatchObject({ mode: 'vr' });
  expect(await variety(page.locator('canvas').last())).toBeGreaterThan(4);
  expect(await editor.hash()).toBe(hash);

  await test.step('a menu of the system over it changes nothing', async () => {
    await page.evaluate(() => window.headset.updateVisibilityState('visible-blurred' as never));
    await page.evaluate(() => window.headset.updateVisibilityState('visible' as never));
    await wearer.frames(3);
  });

  await test.step('and where one goes in there is no place of the desktop’s camera', async () => {
    const entered = await wearer.floor();
    await wearer.rest();
    await wearer.stick('right', 0, -1);
    await wearer.stick('right', 0, 0);
    expect(await wearer.floor()).not.toEqual(entered);
  });

  await page.evaluate(() => window.headset.activeSession?.end());
  await expect(page.getByRole('button', { name: 'Enter VR' })).toBeVisible();
  await expect.poll(() => editor.renderer()).toBe('webgl');
  await editor.drawn();
  expect(await editor.hash()).toBe(hash);
  await expect.poll(async () => (await editor.canvas.screenshot()).equals(before)).toBe(true);
});

test('what a device lacks has no button, and a lost context leaves the page whole', async ({
  join,
}) => {
  const page = await join('editor', { headset: { without: ['immersive-ar'] } });
  await expect(page.getByRole('button', { name: 'Enter VR' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Enter AR' })).toHaveCount(0);
  await new Wearer(page).enter('VR');
  await page.evaluate(() => {
    const [canvas] = [...document.querySelectorAll('canvas')].slice(-1);
    canvas?.getContext('webgl2')?.getExtension('WEBGL_lose_context')?.loseContext();
  });
  await expect(page.getByRole('button', { name: 'Enter VR' })).toBeVisible();
  await expect.poll(() => new EditorPage(page).renderer()).toBe('webgl');
});

test('?xr=off offers nothing', async ({ join }) => {
  const page = await join('editor', { headset: {}, parameters: { xr: 'off' } });
  await expect(page.getByRole('button', { name: 'Undo', exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: /Enter/ })).toHaveCount(0);
});
