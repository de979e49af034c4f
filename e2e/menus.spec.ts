import type { Page } from '@playwright/test';
import { barriers } from './support/barriers.ts';
import { EditorPage } from './support/editor-page.ts';
import { expect, test } from './support/fixtures.ts';

test.setTimeout(180_000);
test.use({ viewport: { width: 900, height: 560 }, actionTimeout: 15_000 });

const menu = (page: Page) => page.getByRole('menu');
const item = (page: Page, name: string) => page.getByRole('menuitem', { name });

test('the view’s menu: by right click on an object and beside one, by keys, and not by a drag', async ({
  join,
}) => {
  const page = await join('admin');
  await page.setViewportSize({ width: 900, height: 560 });
  const editor = new EditorPage(page);
  await editor.execute('entity.create', {
    name: 'Crate',
    components: { primitive: { kind: 'box' } },
  });
  await editor.row('Crate').waitFor();
  await editor.drawn();
  const crate = await editor.project([0, 0, 0]);

  await page.mouse.click(crate.x, crate.y, { button: 'right' });
  await expect(editor.row('Crate')).toHaveAttribute('aria-selected', 'true');
  await expect(item(page, 'Drop to the floor')).toBeVisible();
  expect(await barriers(page), 'the menu of an object').toEqual([]);
  await item(page, 'Duplicate').click();
  await expect(menu(page)).toHaveCount(0);
  await expect.poll(async () => (await editor.entities()).length).toBe(2);

  const box = (await editor.canvas.boundingBox())!;
  const empty = { x: box.x + 40, y: box.y + 60 };
  await page.mouse.click(empty.x, empty.y, { button: 'right' });
  await item(page, 'Add').hover();
  await page.getByRole('menuitem', { name: 'Sphere', exact: true }).click();
  await editor.named('Sphere');
  await page.mouse.click(empty.x, empty.y, { button: 'right' });
  expect(await barriers(page), 'the menu of the scene').toEqual([]);
  await item(page, 'Select all').click();
  await expect(page.getByRole('treeitem', { selected: true })).toHaveCount(3);

  await page.mouse.move(crate.x, crate.y);
  await page.mouse.down({ button: 'right' });
  await page.mouse.move(crate.x + 60, crate.y + 10, { steps: 4 });
  await page.mouse.up({ button: 'right' });
  await editor.drawn();
  await expect(menu(page), 'a drag looks around instead').toHaveCount(0);

  await page.locator('body').press('Shift+F10');
  await expect(menu(page)).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await expect(item(page, 'Isolate')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(menu(page)).toHaveCount(0);
});

test('a component’s menu: copied, reset and removed, by pointer and by keys', async ({ join }) => {
  const page = await join('admin');
  await page.setViewportSize({ width: 900, height: 560 });
  const editor = new EditorPage(page);
  const { result } = await editor.execute('entity.create', {
    name: 'Crate',
    components: { primitive: { kind: 'box', width: 3 }, material: { roughness: 0.25 } },
  });
  const id = (result as { entity: string }).entity;
  const component = (name: string) =>
    page.evaluate(([entity, key]) => (window.theta.get(entity!) as Record<string, unknown>)[key!], [
      id,
      name,
    ] as const);
  await editor.row('Crate').click();

  const shape = page.getByRole('button', { name: 'Shape', exact: true });
  await shape.click({ button: 'right' });
  await item(page, 'Reset shape').click();
  await expect.poll(() => component('primitive')).toMatchObject({ width: 1 });

  const material = page.getByRole('button', { name: 'Material', exact: true });
  await material.focus();
  await page.keyboard.press('ContextMenu');
  await expect(item(page, 'Copy material')).toBeVisible();
  expect(await barriers(page), 'the menu of a component').toEqual([]);
  await item(page, 'Remove material').click();
  await expect.poll(() => component('material')).toBeUndefined();

  await editor.row('Crate').click();
  await page.keyboard.press('Shift+F10');
  await expect(item(page, 'Rename')).toBeVisible();
  await item(page, 'Delete').click();
  await expect.poll(() => editor.entities()).toEqual([]);
});

test('the palette begins with what was used last, over a reload too', async ({ join }) => {
  const page = await join('admin');
  await page.setViewportSize({ width: 900, height: 560 });
  const editor = new EditorPage(page);
  const palette = page.getByRole('dialog', { name: 'Command palette' });
  await page.locator('body').press('Control+k');
  await palette.getByRole('combobox').fill('torus');
  await page.keyboard.press('Enter');
  await editor.named('Torus');
  await expect(page.getByRole('contentinfo')).toContainText('All changes saved');

  await page.reload();
  await editor.connected();
  await page.locator('body').press('Control+k');
  await expect(palette.getByText('Recently used')).toBeVisible();
  await expect(palette.getByRole('option').first()).toHaveText('Torus');
  expect(await barriers(page), 'the palette').toEqual([]);
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await editor.entities()).length).toBe(2);
});
