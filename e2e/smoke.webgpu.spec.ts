import { expect, test } from './support/fixtures.ts';
import { colorDistance, middleColor } from './support/pixels.ts';
import { openSession } from './support/session.ts';

/** More than a dithered background differs from itself, of 255. */
const VISIBLE = 20;

test('WebGPU draws the scene where there is one: a box made appears in the middle', async ({
  page,
  server,
  session,
}) => {
  await openSession(page, server, session, 'editor', { parameters: { renderer: 'webgpu' } });
  await expect.poll(() => page.evaluate(() => window.theta.renderer)).toBe('webgpu');
  const canvas = page.locator('canvas').first();
  const before = await middleColor(canvas);
  const made = await page.evaluate(() =>
    window.theta.execute('entity.create', {
      components: {
        primitive: { kind: 'box', width: 2, height: 2, depth: 2 },
        material: { color: [1, 0, 0, 1] },
      },
    }),
  );
  expect(made).toMatchObject({ status: 'accepted' });
  await expect
    .poll(async () => colorDistance(await middleColor(canvas), before))
    .toBeGreaterThan(VISIBLE);
});
