import { readFile } from 'node:fs/promises';
import { NodeIO } from '@gltf-transform/core';
import { ALL_EXTENSIONS } from '@gltf-transform/extensions';
import { expect, type Page } from '@playwright/test';
import { unzipSync } from 'fflate';
import { type DroppedFile, EditorPage, fileAt } from './support/editor-page.ts';
import { test } from './support/fixtures.ts';
import { createSession, openSession } from './support/session.ts';

test.setTimeout(240_000);
test.use({ viewport: { width: 1024, height: 640 } });

const CONTROLLER = new URL('fixtures/touch-controller.glb', import.meta.url);

/** Asks for a file as a person does, and gives what was saved. */
async function exported(page: Page, format: RegExp): Promise<Uint8Array> {
  await page.getByRole('button', { name: 'Theta menu' }).click();
  await page.getByRole('menuitem', { name: 'Export…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Export' });
  await dialog.getByRole('radio', { name: format }).check();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Save file' }).click(),
  ]);
  return new Uint8Array(await readFile(await download.path()));
}

function fileOf(name: string, bytes: Uint8Array): DroppedFile {
  return { name, base64: Buffer.from(bytes).toString('base64') };
}

const namesIn = (page: Page) =>
  page.evaluate(() =>
    window.theta
      .entities()
      .map((id) => (window.theta.get(id) as { name?: { value: string } }).name?.value ?? '')
      .sort(),
  );

test('files: out in every format, a whole scene in again elsewhere, and bad ones refused in words', async ({
  browser,
  ownServer,
}) => {
  const enter = async () => {
    const page = await (await browser.newContext()).newPage();
    await openSession(page, ownServer, await createSession(ownServer));
    return new EditorPage(page);
  };
  const ada = await enter();
  const { page } = ada;
  await ada.drop(await fileAt(CONTROLLER));
  await expect(ada.row('root')).toBeVisible({ timeout: 60_000 });
  await page.evaluate(async () => {
    const { theta } = window;
    const shared = await theta.execute('entity.create', {
      name: 'Brass',
      components: { material: { color: [0.8, 0.5, 0.1, 1], metalness: 1 }, sharedMaterial: {} },
    });
    const { entity: material } = shared.result as { entity: string };
    const group = await theta.execute('entity.create', { name: 'Group' });
    const { entity: parent } = group.result as { entity: string };
    for (const [name, kind] of [
      ['Ball', 'sphere'],
      ['Block', 'box'],
    ]) {
      await theta.execute('entity.create', {
        name: name!,
        parent,
        components: {
          transform: { position: [name === 'Ball' ? 2 : -2, 0.5, 0] },
          primitive: { kind: kind! },
          materialLink: { material },
        },
      });
    }
    await theta.execute('entity.create', {
      name: 'Lamp',
      components: { light: { kind: 'spot', intensity: 5 } },
    });
  });
  const names = await namesIn(page);

  const glb = await exported(page, /glTF/);
  const io = new NodeIO().registerExtensions(ALL_EXTENSIONS);
  const root = (await io.readBinary(glb)).getRoot();
  const nodes = root.listNodes().map((node) => node.getName());
  expect(nodes).toEqual(expect.arrayContaining(['Group', 'Ball', 'Block', 'Lamp']));
  const brass = root.listMaterials().filter((material) => material.getName() === 'Brass');
  expect(brass, 'a shared material is one').toHaveLength(1);
  expect(brass[0]?.getMetallicFactor()).toBe(1);
  expect(
    root
      .listNodes()
      .find((node) => node.getName() === 'Ball')
      ?.getParentNode()
      ?.getName(),
  ).toBe('Group');

  const obj = unzipSync(await exported(page, /OBJ/));
  expect(Object.keys(obj)).toEqual(expect.arrayContaining(['scene.obj', 'scene.mtl']));
  expect(new TextDecoder().decode(obj['scene.mtl'])).toContain('newmtl Brass');
  const stl = await exported(page, /STL/);
  expect(new DataView(stl.buffer).getUint32(80, true)).toBeGreaterThan(1000);
  const scene = await exported(page, /Theta scene/);

  const ben = await enter();
  await ben.drop(fileOf('scene.theta', scene));
  await expect(ben.row('Group')).toBeVisible({ timeout: 60_000 });
  expect(await namesIn(ben.page)).toEqual(names);
  const linked = await ben.page.evaluate(() => {
    const all = window.theta
      .entities()
      .map((id) => window.theta.get(id) as Record<string, unknown>);
    // The model's parts share a material of their own.
    return all.flatMap(({ materialLink, primitive }) =>
      materialLink && primitive ? [(materialLink as { material: string }).material] : [],
    );
  });
  expect(new Set(linked).size, 'both wear the one that came along').toBe(1);
  const brassThere = await ben.page.evaluate((id) => window.theta.get(id), linked[0]!);
  expect(brassThere).toMatchObject({ name: { value: 'Brass' } });
  await ben.page.keyboard.press('Control+z');
  await expect(ben.row('Group')).toHaveCount(0);

  const hash = await ben.hash();
  for (const [name, bytes, words] of [
    ['cut.theta', scene.slice(0, scene.length / 2), /cut\.theta is no \.theta file, or is cut off/],
    ['cut.glb', glb.slice(0, glb.length / 2), /cut\.glb is cut off/],
    ['none.stl', new TextEncoder().encode('hello'), /none\.stl is no STL file/],
    ['none.ply', new TextEncoder().encode('hello'), /none\.ply is no PLY file/],
  ] as const) {
    await ben.drop(fileOf(name, bytes));
    await expect(ben.page.getByText(words)).toBeVisible();
  }
  expect(await ben.hash()).toBe(hash);
  await ben.drop(fileOf('back.stl', stl));
  await expect(ben.row('back')).toBeVisible({ timeout: 60_000 });
  await ben.page.keyboard.press('Control+z');
  await expect.poll(async () => (await namesIn(ben.page)).length).toBe(0);
  for (const each of [ada, ben]) await each.page.context().close();
});

test('copy and paste: models and images come along into another session of the browser', async ({
  browser,
  ownServer,
}) => {
  const context = await browser.newContext();
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const enter = async (session = createSession(ownServer)) => {
    const page = await context.newPage();
    await openSession(page, ownServer, await session);
    return new EditorPage(page);
  };
  const triangles = ({ page }: EditorPage) =>
    page.evaluate(() => window.theta.telemetry().frame.triangles);
  const paste = async (editor: EditorPage) => {
    await editor.page.bringToFront();
    await editor.canvas.hover();
    await editor.page.keyboard.press('Control+v');
  };

  const ada = await enter();
  await ada.drop(await fileAt(CONTROLLER));
  await ada.row('root').click();
  const shown = async (editor: EditorPage) =>
    (await editor.entities())
      .flatMap(({ mesh, material }) => (mesh ? [mesh.asset, material?.baseColorMap] : []))
      .sort();
  const contents = await shown(ada);
  expect(contents.length).toBeGreaterThan(0);
  await ada.page.keyboard.press('Control+c');
  await expect
    .poll(() => ada.page.evaluate(() => navigator.clipboard.readText()))
    .toContain('"assets":[{"digest"');

  const session = await createSession(ownServer);
  const ben = await enter(Promise.resolve(session));
  const names = await namesIn(ada.page);
  const before = await triangles(ben);
  await paste(ben);
  await expect(ben.row('root')).toBeVisible({ timeout: 60_000 });
  await expect.poll(() => triangles(ben), 'it is drawn').toBeGreaterThan(before);
  expect(await namesIn(ben.page)).toEqual(names);
  expect(await shown(ben)).toEqual(contents);
  await expect.poll(() => ben.page.evaluate(() => window.theta.session.pending)).toBe(0);
  // Somebody with another browser has it from the server.
  const guestContext = await browser.newContext();
  const guest = new EditorPage(await guestContext.newPage());
  await openSession(guest.page, ownServer, session);
  await expect.poll(() => triangles(guest), 'it is drawn').toBeGreaterThan(before);
  await guestContext.close();

  await ben.page.keyboard.press('Control+z');
  await expect.poll(async () => (await namesIn(ben.page)).length).toBe(0);
  await expect.poll(() => triangles(ben)).toBe(before);
  await expect(ben.undoButton).toBeDisabled();

  await ada.page.evaluate(() => caches.delete('theta-assets-1'));
  const cleo = await enter();
  await paste(cleo);
  await expect(cleo.page.getByText(/The model of “.*” is not in this browser/)).toBeVisible();
  expect(await namesIn(cleo.page)).toEqual([]);
  await context.close();
});
