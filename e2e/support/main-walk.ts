import { readFile } from 'node:fs/promises';
import { type BrowserContext, expect, type Locator } from '@playwright/test';
import { EditorPage, fileAt, type PlainEntity, type Point } from './editor-page.ts';
import { test } from './fixtures.ts';
import { variety } from './pixels.ts';
import type { TestServer } from './server.ts';

export interface Combination {
  readonly renderer: 'webgl' | 'webgpu';
  readonly transport: 'webtransport';
}

const CONTROLLER = new URL('../fixtures/touch-controller.glb', import.meta.url);
/** Of `touch-controller.glb`: what its glTF says (`e2e/fixtures/README.md`). */
const CONTROLLER_NODES = 31;
const CONTROLLER_MESHES = 6;

const GLB_HEADER_BYTES = 12;
const GLB_JSON_AT = 20;

/** Metres between the shapes, in a row behind. */
const SHAPE_SPACING = 1.4;
const SHAPES = ['Box', 'Sphere', 'Cylinder', 'Cone', 'Torus', 'Plane'];
/** A drawn scene has many more colours, an empty canvas one or two. */
const COLORS_OF_A_PICTURE = 40;
/** What a walk of two software-rendered pages takes at most. */
const WALK_TIMEOUT_MS = 300_000;
const PICTURE_TIMEOUT_MS = 60_000;
/** As small as all panels fit well: each pixel costs a software renderer. */
const VIEWPORT = { width: 1000, height: 600 };

/** The main job, as two people do it in two browsers over one combination of renderer and rung. */
export function describeMainWalk(combination: Combination): void {
  const name = `${combination.renderer} over ${combination.transport}`;
  test(`one link, two browsers, one scene: ${name}`, async ({ browser, server }, info) => {
    test.setTimeout(WALK_TIMEOUT_MS);
    const contexts = await Promise.all([
      browser.newContext({ viewport: VIEWPORT }),
      browser.newContext({ viewport: VIEWPORT }),
    ]);
    const [host, guest] = contexts;
    const ada = await test.step('make a session by the button of the start page', () =>
      startSession(host!, server, combination));
    const links = await test.step('copy links in the Share dialog', () => copyLinks(ada));
    const ben = await test.step('open the editor link in another browser', () =>
      openLink(guest!, links.editor, combination));
    await test.step('both connect as forced, and the token is gone', async () => {
      await expectConnected(ada, combination, 'admin');
      await expectConnected(ben, combination, 'editor');
    });

    await test.step('move a box by the gizmo', () => addAndMove(ada, ben));
    await test.step('see who has selected what', () => seeEachOther(ada, ben));
    await test.step('rename it and type an expression', () => renameAndType(ada, ben));
    await test.step('O5: undo and redo what is one’s own', () => undoOwn(ada, ben));
    const model = await test.step('import a model', () => importController(ben, ada));
    await test.step('move the model by the gizmo', () => moveModel(ada, ben, model));
    await test.step('add each shape, and a light', () => addEverything(ada, ben));
    await test.step('both pages show it', async () => {
      await expectPicture(ada.canvas);
      await expectPicture(ben.canvas);
      await ada.page.screenshot({ path: info.outputPath('ada.png') });
      await ben.page.screenshot({ path: info.outputPath('ben.png') });
    });
    await test.step('D3: a reload finds everything', () => reload(ada, ben, combination));
    await expectPicture(ada.canvas);
    await ada.page.screenshot({ path: info.outputPath('ada-after-reload.png') });
    await Promise.all(contexts.map((context) => context.close()));
  });
}

async function startSession(
  context: BrowserContext,
  server: TestServer,
  combination: Combination,
): Promise<EditorPage> {
  const page = await context.newPage();
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: server.httpUrl });
  await page.goto(server.httpUrl);
  await page.getByRole('button', { name: 'New session' }).click();
  await page.waitForURL(/\/s\/[\w-]+$/);
  await new EditorPage(page).connected();
  await page.goto(forced(page.url(), combination));
  const editor = new EditorPage(page);
  await editor.connected();
  return editor;
}

/** The links that the dialog gives, by what lands on the clipboard. */
async function copyLinks({ page }: EditorPage): Promise<{ viewer: string; editor: string }> {
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Share this session' });
  const copied = async (title: string): Promise<string> => {
    await dialog.getByRole('button', { name: `Copy link: ${title}` }).click();
    await expect(dialog.getByRole('button', { name: `Copied: ${title}` })).toBeVisible();
    return page.evaluate(() => navigator.clipboard.readText());
  };
  const links = { viewer: await copied('Viewer'), editor: await copied('Editor') };
  for (const link of Object.values(links)) expect(link).toMatch(/^http:.+\/s\/[\w-]+#[\w-]{8,}$/);
  expect(links.viewer).not.toBe(links.editor);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  return links;
}

async function openLink(
  context: BrowserContext,
  link: string,
  combination: Combination,
): Promise<EditorPage> {
  const editor = new EditorPage(await context.newPage());
  await editor.page.goto(forced(link, combination));
  await editor.connected();
  return editor;
}

function forced(address: string, { renderer, transport }: Combination): string {
  const url = new URL(address);
  url.searchParams.set('renderer', renderer);
  url.searchParams.set('transport', transport);
  return url.href;
}

async function expectConnected(
  editor: EditorPage,
  { renderer, transport }: Combination,
  role: string,
): Promise<void> {
  const session = await editor.session();
  expect(session).toMatchObject({ role, transport, status: 'connected' });
  expect(new URL(editor.page.url()).hash).toBe('');
  await expect(editor.status).toHaveText('Connected');
  await expect.poll(() => editor.renderer()).toBe(renderer);
}

/** One adds a box and drags it along x; it moves for the other, along x alone. */
async function addAndMove(ada: EditorPage, ben: EditorPage): Promise<void> {
  await ada.add('Box');
  const box = await ben.named('Box');
  await expect(ben.row('Box')).toBeVisible();
  await ada.chooseTool('Move');
  await dragAlong(ada, box, 0, 2);
  await expect
    .poll(async () => (await ben.get(box.id)).transform.position[0], 'the box moves for the other')
    .toBeGreaterThan(0.3);
  await ada.agreesWith(ben);
  const [, y, z] = (await ben.get(box.id)).transform.position;
  expect([y, z]).toEqual(box.transform.position.slice(1));
}

/** Drags the arrow of a selected entity's gizmo to where the axis is `metres` from its origin. */
async function dragAlong(
  editor: EditorPage,
  { transform }: PlainEntity,
  axis: 0 | 1 | 2,
  metres: number,
): Promise<void> {
  const along = (length: number): Point =>
    [0, 1, 2].map((each) => (each === axis ? length : 0)) as unknown as Point;
  const pivot = transform.position as unknown as Point;
  const offset = along(metres);
  const goal: Point = [pivot[0] + offset[0], pivot[1] + offset[1], pivot[2] + offset[2]];
  await editor.drag(await editor.arrowHead(pivot, along(1)), await editor.project(goal));
}

/** The other's selection is named among the people, and marked in the outliner. */
async function seeEachOther(ada: EditorPage, ben: EditorPage): Promise<void> {
  await ben.row('Box').click();
  await ben.page.mouse.move(...(await middleOf(ben.canvas)));
  const benName = (await ada.session()).peers[0]!.name;
  expect(benName).not.toBe('');
  await expect(ada.row('Box').getByRole('img', { name: / has it selected$/ })).toBeVisible();
  await ada.page.getByRole('button', { name: 'People: 2 people here' }).click();
  const line = ada.page.getByRole('listitem').filter({ hasText: benName });
  await expect(line).toContainText('1 object');
  await ada.page.keyboard.press('Escape');
}

async function middleOf(element: Locator): Promise<[number, number]> {
  const box = await element.boundingBox();
  if (box === null) throw new Error('The element is not shown.');
  return [box.x + box.width / 2, box.y + box.height / 2];
}

async function renameAndType(ada: EditorPage, ben: EditorPage): Promise<void> {
  await ben.row('Box').click();
  await ben.page.keyboard.press('F2');
  const name = ben.field('Name of Box');
  await name.fill('Crate');
  await name.press('Enter');
  const crate = await ada.named('Crate');
  await expect(ada.row('Crate')).toBeVisible();
  await ben.type('Scale Y', '1/2');
  await expect.poll(async () => (await ada.get(crate.id)).transform.scale[1]).toBe(0.5);
  await ben.type('Scale Y', '*3');
  await expect.poll(async () => (await ada.get(crate.id)).transform.scale[1]).toBe(1.5);
}

async function undoOwn(ada: EditorPage, ben: EditorPage): Promise<void> {
  const { id, transform } = await ada.named('Crate');
  const moved = transform.position[0]!;
  const x = async (): Promise<number> => (await ben.get(id)).transform.position[0]!;
  const height = async (): Promise<number> => (await ada.get(id)).transform.scale[1]!;
  // Ada's last edit is older than Ben's: hers goes, and his stays.
  await ada.canvas.press('Control+z');
  await expect.poll(x).toBe(0);
  expect(await height()).toBe(1.5);
  await ada.redoButton.click();
  await expect.poll(x).toBe(moved);
  // The click leaves the focus on a button, where the key works all the same.
  await ben.undoButton.click();
  await expect.poll(height).toBe(0.5);
  expect(await x()).toBe(moved);
  await ben.page.keyboard.press('Control+Shift+z');
  await expect.poll(height).toBe(1.5);
  await ada.agreesWith(ben);
}

/** Names, hierarchy, geometry and textures of a real model arrive at both. */
async function importController(ben: EditorPage, ada: EditorPage): Promise<PlainEntity> {
  const before = new Set((await ben.entities()).map(({ id }) => id));
  await ben.drop(await fileAt(CONTROLLER));
  const added = async (editor: EditorPage): Promise<PlainEntity[]> =>
    (await editor.entities()).filter(({ id }) => !before.has(id));
  await expect
    .poll(async () => (await added(ada)).length, { timeout: 30_000 })
    .toBeGreaterThanOrEqual(CONTROLLER_NODES);
  await ada.agreesWith(ben);
  const model = await added(ada);
  const nameOf = (id: string | null): string | undefined =>
    model.find((entity) => entity.id === id)?.name?.value;
  const places = model.map(({ id, parent }) => `${nameOf(parent)} / ${nameOf(id)}`);
  expect(places).toEqual(expect.arrayContaining(await placesIn(CONTROLLER)));
  const meshes = model.filter(({ mesh }) => mesh !== undefined);
  expect(meshes).toHaveLength(CONTROLLER_MESHES);
  for (const { mesh, material } of meshes) {
    expect(mesh?.asset).toMatch(/^[0-9a-f]{64}$/);
    expect(material?.baseColorMap).toMatch(/^[0-9a-f]{64}$/);
  }
  return model.find(({ name }) => name?.value === 'root')!;
}

/** The model that one has brought is moved by the other, with all that hangs on it. */
async function moveModel(ada: EditorPage, ben: EditorPage, model: PlainEntity): Promise<void> {
  await ada.row('root').click();
  await dragAlong(ada, model, 2, 2.5);
  await expect
    .poll(async () => (await ben.get(model.id)).transform.position[2], 'the model moves')
    .toBeGreaterThan(0.5);
  for (const axis of ['X', 'Y', 'Z']) await ada.type(`Scale ${axis}`, '*8');
  await expect.poll(async () => (await ben.get(model.id)).transform.scale).toEqual([8, 8, 8]);
  await ben.row('root').click();
  await ben.canvas.press('f');
}

/** Parent and name of each node of a .glb that has a parent, as its own JSON says. */
async function placesIn(path: URL): Promise<string[]> {
  const bytes = await readFile(path);
  const json = bytes.subarray(GLB_JSON_AT, GLB_JSON_AT + bytes.readUInt32LE(GLB_HEADER_BYTES));
  const { nodes } = JSON.parse(json.toString()) as {
    nodes: { name: string; children?: number[] }[];
  };
  return nodes.flatMap(({ name, children = [] }) =>
    children.map((child) => `${name} / ${nodes[child]?.name}`),
  );
}

async function addEverything(ada: EditorPage, ben: EditorPage): Promise<void> {
  for (const [at, label] of [...SHAPES, 'Point light'].entries()) {
    await ada.add(label);
    const { primitive, light } = await ben.named(label);
    expect(primitive?.kind ?? light?.kind).toBe(label.split(' ')[0]!.toLowerCase());
    await ada.type('Position X', String(SHAPE_SPACING * (at - 3)));
    await ada.type('Position Z', '-2');
  }
  await ada.row('Torus').click();
  await ada.type('Colour as hex', 'e57fb3');
  const { id } = await ben.named('Torus');
  const red = async (): Promise<number> => (await ben.get(id)).material!.color[0]!;
  await expect.poll(red, 'linear red').toBeCloseTo(0.78, 2);
  await ada.agreesWith(ben);
}

async function reload(ada: EditorPage, ben: EditorPage, combination: Combination): Promise<void> {
  const before = await ada.entities();
  const hash = await ben.hash();
  await ada.page.reload();
  await ada.connected();
  expect(await ada.hash()).toBe(hash);
  expect(await ada.entities()).toEqual(before);
  await expectConnected(ada, combination, 'admin');
  await expect(ada.row('Crate')).toBeVisible();
}

async function expectPicture(canvas: Locator): Promise<void> {
  await expect
    .poll(() => variety(canvas), { message: 'colours on the canvas', timeout: PICTURE_TIMEOUT_MS })
    .toBeGreaterThan(COLORS_OF_A_PICTURE);
}
