import { deflateSync } from 'node:zlib';
import { expect as expectSoon, type Page } from '@playwright/test';
import { EditorPage } from './support/editor-page.ts';
import { test } from './support/fixtures.ts';

/** Two pages that draw in software share the cores: what a person sees at once may take them long. */
const expect = expectSoon.configure({ timeout: 45_000 });
/** As small as all panels fit, for the software renderer's sake. */
const WINDOW = { width: 1000, height: 620 };

/** A PNG of one colour, and a chunk's checksum made here so that the fixture is no file. */
function png(side: number, [red, green, blue]: readonly [number, number, number]): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const row = Buffer.concat([
    Buffer.from([0]),
    Buffer.alloc(side * 3, Buffer.from([red, green, blue])),
  ]);
  const pixels = deflateSync(Buffer.concat(Array.from({ length: side }, () => row)));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', pixels),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'ascii'), data]);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([size, body, sum]);
}

/** ISO 3309, as PNG has it. */
function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

interface Shown {
  readonly material?: Readonly<Record<string, unknown>>;
  readonly materialLink?: { readonly material: string };
  readonly light?: Readonly<Record<string, unknown>>;
  readonly flags?: Readonly<Record<string, unknown>>;
  readonly parent: string | null;
}

async function shown(editor: EditorPage, name: string): Promise<Shown> {
  return (await editor.named(name)) as unknown as Shown;
}

/** Joins as somebody else, in a small window. */
async function joined(join: () => Promise<Page>): Promise<Page> {
  const page = await join();
  await page.setViewportSize(WINDOW);
  return page;
}

const menu = (page: Page, name: string) => page.getByRole('menuitem', { name });
const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', { name, exact: typeof name === 'string' });

test.describe('outliner, inspector and content', () => {
  test.setTimeout(300_000);

  test('the tree: kinds, search, drag and keys, groups, hide, isolate, and who is where', async ({
    join,
  }) => {
    const [adaPage, benPage] = [await joined(join), await joined(join)];
    const [ada, ben] = [new EditorPage(adaPage), new EditorPage(benPage)];
    for (const name of ['Box', 'Sphere', 'Point light']) await ada.add(name);
    await ada.execute('entity.create', { name: 'Shelf' });

    await test.step('narrow it to lights, and by name', async () => {
      await button(adaPage, 'Filter by kind').click();
      await menu(adaPage, 'Lights').click();
      await expect(adaPage.getByRole('treeitem')).toHaveCount(1);
      await button(adaPage, /^Filter by kind: 1/).click();
      await menu(adaPage, 'All kinds').click();
      await adaPage.getByRole('textbox', { name: 'Search the outliner' }).fill('sph');
      await expect(adaPage.getByRole('treeitem')).toHaveCount(1);
      await button(adaPage, 'Clear the search').click();
      await expect(adaPage.getByRole('treeitem')).toHaveCount(4);
    });

    await test.step('drag one into another, and out again by key; undo', async () => {
      const shelf = (await ada.named('Shelf')).id;
      await ada.row('Box').dragTo(ada.row('Shelf'));
      await expect.poll(async () => (await shown(ada, 'Box')).parent).toBe(shelf);
      await ada.row('Box').click();
      await adaPage.keyboard.press('Alt+ArrowLeft');
      await expect.poll(async () => (await shown(ada, 'Box')).parent).toBeNull();
      await ada.undoButton.click();
      await expect.poll(async () => (await shown(ben, 'Box')).parent).toBe(shelf);
    });

    await test.step('group a range, take it apart, rename, hide', async () => {
      await ada.row('Sphere').click();
      await ada.row('Point light').click({ modifiers: ['Shift'] });
      await adaPage.keyboard.press('Control+g');
      await expect(ada.row('Group')).toBeVisible();
      await adaPage.keyboard.press('F2');
      await adaPage.getByRole('textbox', { name: 'Name of Group' }).fill('Lamp');
      await adaPage.keyboard.press('Enter');
      await expect(ben.row('Lamp')).toBeVisible();
      await adaPage.keyboard.press('h');
      await expect.poll(async () => (await shown(ben, 'Lamp')).flags?.hidden).toBe(true);
      await adaPage.keyboard.press('h');
      await adaPage.keyboard.press('Control+Shift+g');
      await expect(ada.row('Lamp')).toHaveCount(0);
      await expect(ada.row('Sphere')).toBeVisible();
    });

    await test.step('isolate is for oneself; a badge tells who is where', async () => {
      await ada.row('Sphere').click();
      await expect(benPage.getByRole('img', { name: /has it selected/ }).first()).toBeVisible();
      await adaPage.keyboard.press('/');
      await expect(adaPage.getByText('1 object isolated')).toBeVisible();
      await expect(benPage.getByText('isolated')).toHaveCount(0);
      await button(adaPage, /^Show all/).click();
      await expect(adaPage.getByText('1 object isolated')).toHaveCount(0);
    });
    await ada.agreesWith(ben);
  });

  test('the inspector: expressions, mixed values, reset, components copied, one undo step', async ({
    join,
  }) => {
    const [page, other] = [await joined(join), await joined(join)];
    const [ada, ben] = [new EditorPage(page), new EditorPage(other)];
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    for (const name of ['Box', 'Sphere', 'Spotlight']) await ada.add(name);
    const roughness = async (editor: EditorPage, name: string) =>
      (await shown(editor, name)).material?.roughness;

    await test.step('two at once: an expression, a mixed value, one step back', async () => {
      await ada.row('Box').click();
      await ada.type('Roughness', '1/4');
      await ada.row('Sphere').click({ modifiers: ['Control'] });
      await expect(ada.field('Roughness')).toHaveValue('');
      await ada.type('Roughness', '2*3-5.9');
      await expect.poll(() => roughness(ben, 'Sphere')).toBeCloseTo(0.1);
      await expect.poll(() => roughness(ben, 'Box')).toBeCloseTo(0.1);
      await ada.undoButton.click();
      await expect.poll(() => roughness(ben, 'Box')).toBe(0.25);
      await expect.poll(() => roughness(ben, 'Sphere')).toBe(0.5);
    });

    await test.step('reset a field', async () => {
      await ada.row('Box').click();
      await page.getByText('Roughness', { exact: true }).hover();
      await button(page, 'Reset roughness').click();
      await expect.poll(() => roughness(ben, 'Box')).toBe(0.5);
      await expect(button(page, 'Reset roughness')).toHaveCount(0);
    });

    await test.step('copy a light onto a box, then take it off', async () => {
      await ada.row('Spotlight').click();
      await ada.type('Intensity', '77');
      await button(page, 'Light menu').click();
      await menu(page, 'Copy light').click();
      await expect(page.getByText(/Light copied/)).toBeVisible();
      await ada.row('Box').click();
      await button(page, 'Transform menu').click();
      await menu(page, 'Paste').click();
      await expect.poll(async () => (await shown(ben, 'Box')).light?.intensity).toBe(77);
      await button(page, 'Light menu').click();
      await menu(page, 'Remove light').click();
      await expect.poll(async () => (await shown(ben, 'Box')).light).toBeUndefined();
    });

    await test.step('a colour from the picker, its alpha with it', async () => {
      await button(page, 'Colour').first().click();
      await button(page, 'Teal').click();
      await page.keyboard.press('Escape');
      await expect(ada.field('Colour as hex')).toHaveValue('37a8a0');
      await ada.type('Colour alpha', '0.5');
      await expect
        .poll(async () => ((await shown(ben, 'Box')).material?.color as number[] | undefined)?.[3])
        .toBe(0.5);
    });
    await ada.agreesWith(ben);
  });

  test('content: shared materials, textures, cameras, sky and fog, seen by both', async ({
    join,
  }) => {
    const [page, other] = [await joined(join), await joined(join)];
    const [ada, ben] = [new EditorPage(page), new EditorPage(other)];
    for (const name of ['Box', 'Sphere']) await ada.add(name);

    await test.step('share a material; the other person changes it for both objects', async () => {
      await ada.row('Box').click();
      await button(page, 'Share this material').first().click();
      await expect(page.getByText('Shared by 1 object')).toBeVisible();
      await ada.row('Sphere').click();
      await button(page, /^Choose a material/).click();
      await button(page, 'Box material').click();
      await page.keyboard.press('Escape');
      await expect(page.getByText('Shared by 2 objects')).toBeVisible();
      await ben.row('Sphere').click();
      await ben.type('Metalness', '1');
      await expect(ada.field('Metalness')).toHaveValue('1');
      await ada.row('Box').click();
      await expect(ada.field('Metalness')).toHaveValue('1');
    });

    await test.step('make one unique: it keeps its look and goes its own way', async () => {
      await button(page, 'Make unique').first().click();
      await expect(page.getByText('Own material')).toBeVisible();
      await ada.type('Metalness', '0.5');
      await expect.poll(async () => (await shown(ben, 'Box')).material?.metalness).toBe(0.5);
      await ben.row('Sphere').click();
      await expect(ben.field('Metalness')).toHaveValue('1');
    });

    await test.step('a texture from a file becomes an image of the scene', async () => {
      await button(page, 'Colour map: None').click();
      const file = { name: 'brick.png', mimeType: 'image/png', buffer: png(64, [180, 80, 60]) };
      await page.getByLabel('Image file').setInputFiles(file);
      await expect(button(page, 'Colour map: brick.png')).toBeVisible();
      await page.keyboard.press('Escape');
      await ben.row('Box').click();
      await expect(button(other, 'Colour map: brick.png')).toBeVisible();
      const text = { name: 'notes.png', mimeType: 'image/png', buffer: Buffer.from('no picture') };
      await button(page, 'Normal map: None').click();
      await page.getByLabel('Image file').setInputFiles(text);
      await expect(page.getByText(/notes\.png is no PNG, JPEG or WebP image/)).toBeVisible();
      await page.keyboard.press('Escape');
    });

    await test.step('a camera from the view is seen in the corner, and looked through', async () => {
      await ada.add('Camera from the view');
      await expect(page.getByRole('region', { name: 'What Camera sees' })).toBeVisible();
      await button(page, 'Look through').click();
      await expect(page.getByText('Looking through the camera')).toBeVisible();
      await button(page, /^Leave/).click();
      await expect(page.getByText('Looking through the camera')).toHaveCount(0);
    });

    await test.step('sky and fog; adding another selects what is there', async () => {
      await ada.add('Environment');
      await page.getByRole('combobox', { name: 'Sky' }).click();
      await page.getByRole('option', { name: 'Sunset' }).click();
      await ada.add('Fog');
      await expect(ada.field('Begins')).toBeVisible();
      await ada.add('Environment');
      await expect(ada.row('Environment')).toHaveCount(1);
      await expect(ada.field('Brightness')).toBeVisible();
      await ben.row('Environment').click();
      await expect(other.getByRole('combobox', { name: 'Sky' })).toHaveText('Sunset');
    });
    await ada.agreesWith(ben);
  });

  test('ten thousand objects: the tree holds few rows, and scrolls to any', async ({ join }) => {
    const page = await joined(join);
    const ada = new EditorPage(page);
    await page.evaluate(async () => {
      for (let first = 0; first < 10_000; first += 1000) {
        const { status } = await window.theta.transaction('Fill', (tx) => {
          for (let at = first; at < first + 1000; at++) {
            tx.execute('entity.create', { name: `Object ${String(at).padStart(4, '0')}` });
          }
        });
        if (status !== 'accepted') throw new Error(`The objects were ${status}.`);
      }
    });
    await expect(ada.row('Object 0000')).toBeVisible();
    expect(await page.getByRole('treeitem').count()).toBeLessThan(100);
    await page.getByRole('tree').focus();
    await page.keyboard.press('End');
    await expect(ada.row('Object 9999')).toBeVisible();
    await expect(ada.row('Object 9999')).toHaveAttribute('aria-setsize', '10000');
    await page.getByRole('textbox', { name: 'Search the outliner' }).fill('777');
    await expect(page.getByRole('treeitem')).toHaveCount(19);
  });
});
