import type { Page } from '@playwright/test';
import { EditorPage, type PlainEntity } from './support/editor-page.ts';
import { expect, test } from './support/fixtures.ts';
import { Wearer } from './support/headset.ts';

test.setTimeout(480_000);
test.use({ actionTimeout: 15_000 });

/** Both pages draw by the same software renderer: small ones leave it the time for frames. */
const DESK = { width: 480, height: 300 };
const HEADSET = { width: 480, height: 270 };

/** Linear, as documents have them, of the palette's first red and of the swatch chosen here. */
const RED = [0.76, 0.1, 0.07];
const BLUE_SWATCH = '#3456c8';
const BLUE = [0.03, 0.09, 0.58];

type Join = (role?: 'admin' | 'editor', options?: { headset: object }) => Promise<Page>;

async function together(join: Join) {
  const desk = new EditorPage(await join('admin'));
  await desk.page.setViewportSize(DESK);
  const page = await join('editor', { headset: {} });
  await page.setViewportSize(HEADSET);
  return { desk, inside: new EditorPage(page), wearer: new Wearer(page) };
}

/** What the desk sees, until it is so. */
function seen(desk: EditorPage, what: string) {
  return expect.poll(async () => (await desk.entities()).map(summary), what);
}

function summary({ name, material }: PlainEntity) {
  return {
    name: name?.value,
    color: material?.color.slice(0, 3).map((each) => Math.round(each * 100) / 100),
  };
}

function only(entities: readonly PlainEntity[]): PlainEntity {
  expect(entities).toHaveLength(1);
  return entities[0]!;
}

function sizeOf({ transform }: PlainEntity): number {
  return transform.scale[0]!;
}

function distance(a: PlainEntity, b: PlainEntity): number {
  const [from, to] = [a.transform.position, b.transform.position];
  return Math.hypot(...from.map((each, at) => each - to[at]!));
}

test('in VR and at a desk: teleport, draw, move, scale, colour, copy, undo, leave', async ({
  join,
}) => {
  const { desk, inside, wearer } = await together(join);
  await wearer.enter('VR');
  await wearer.rest();

  await test.step('teleports by the stick', async () => {
    const entered = await wearer.floor();
    await wearer.pointAt('right', [0.2, 0, -2]);
    await wearer.stick('right', 0, -1);
    await wearer.stick('right', 0, 0);
    const floor = await wearer.floor();
    expect(Math.hypot(floor[0]! - entered[0]!, floor[2]! - entered[2]!)).toBeGreaterThan(1);
    expect(floor[1]).toBeCloseTo(0);
  });

  const drawn = await test.step('draws a box between two points', async () => {
    await wearer.rest();
    await wearer.tap('Box');
    await wearer.rest();
    await wearer.moveTo('right', [0.05, 1.05, -0.5]);
    await wearer.hold('right', 'trigger');
    await wearer.carry('right', [0.2, 0.2, -0.2]);
    await wearer.hold('right', 'trigger', 0);
    await seen(desk, 'the box').toMatchObject([{ name: 'Box', color: RED }]);
    return only(await desk.entities());
  });

  const moved = await test.step('moves it by the grip', async () => {
    await wearer.tap('Select');
    await wearer.rest();
    // Its middle, at the side that faces the person.
    await wearer.moveTo('right', [0.15, 1.15, -0.5]);
    await wearer.hold('right', 'squeeze');
    await wearer.carry('right', [0.1, 0.2, 0]);
    await wearer.hold('right', 'squeeze', 0);
    await expect
      .poll(async () => distance(only(await desk.entities()), drawn))
      .toBeCloseTo(0.224, 1);
    return only(await desk.entities());
  });

  await test.step('scales it with both hands', async () => {
    await wearer.hold('right', 'squeeze');
    await wearer.moveTo('left', [0.05, 1.35, -0.5]);
    await wearer.hold('left', 'squeeze');
    await wearer.carry('left', [-0.2, 0, 0]);
    await wearer.hold('left', 'squeeze', 0);
    await wearer.hold('right', 'squeeze', 0);
    await expect.poll(async () => sizeOf(only(await desk.entities()))).toBeCloseTo(1.96, 1);
    expect(distance(only(await desk.entities()), moved)).toBeGreaterThan(0.01);
  });

  await test.step('colours it', async () => {
    await wearer.rest();
    await wearer.tap(BLUE_SWATCH);
    await seen(desk, 'its colour').toMatchObject([{ color: BLUE }]);
  });

  await test.step('leaves a copy behind, the other grip held; one undo takes it back', async () => {
    const kept = await desk.entities();
    await wearer.rest();
    await wearer.moveTo('right', [0.25, 1.35, -0.5]);
    await wearer.moveTo('left', [-0.15, 1.35, -0.5]);
    await wearer.hold('right', 'squeeze');
    await wearer.hold('left', 'squeeze');
    await wearer.press('right', 'trigger');
    await wearer.carry('right', [0.4, 0, 0.1]);
    await wearer.hold('left', 'squeeze', 0);
    await wearer.hold('right', 'squeeze', 0);
    await seen(desk, 'both').toMatchObject([{ color: BLUE }, { color: BLUE }]);
    await wearer.press('left', 'x-button');
    await expect.poll(() => desk.entities(), 'as before it was copied').toEqual(kept);
  });

  await test.step('draws a tube along the hand’s way', async () => {
    await wearer.rest();
    await wearer.tap('Tube');
    await wearer.rest();
    await wearer.hold('right', 'trigger');
    await wearer.carry('right', [0.1, 0.15, -0.1]);
    await wearer.carry('right', [0.1, -0.15, 0]);
    await wearer.hold('right', 'trigger', 0);
    const tube = await desk.named('Tube');
    expect(tube.mesh?.asset).toMatch(/^[0-9a-f]{64}$/);
    expect(tube.material?.color[2], 'of the colour chosen last').toBeCloseTo(BLUE[2]!, 1);
  });

  await wearer.rest();
  await wearer.tap('Leave');
  await expect(inside.page.getByRole('button', { name: 'Enter VR' })).toBeAttached();
  await inside.agreesWith(desk);
});

test('by bare hands and at a desk: teleport, draw, move, scale, colour, copy, undo', async ({
  join,
}) => {
  const { desk, wearer } = await together(join);
  await wearer.enter('VR');
  await wearer.use('hand');

  await test.step('teleports by a held pinch', async () => {
    const entered = await wearer.floor();
    await wearer.tap('Teleport');
    await wearer.rest();
    await wearer.pointAt('right', [0.2, 0, -2]);
    await wearer.pinch('right');
    await wearer.pinch('right', 0);
    const floor = await wearer.floor();
    expect(Math.hypot(floor[0]! - entered[0]!, floor[2]! - entered[2]!)).toBeGreaterThan(1);
  });

  const drawn = await test.step('draws a box between two pinches', async () => {
    await wearer.tap('Box');
    await wearer.rest();
    await wearer.moveTo('right', [0.05, 1.05, -0.5]);
    await wearer.pinch('right');
    await wearer.carry('right', [0.2, 0.2, -0.2]);
    await wearer.pinch('right', 0);
    await seen(desk, 'the box').toMatchObject([{ name: 'Box', color: RED }]);
    return only(await desk.entities());
  });

  const moved = await test.step('carries it by a held pinch', async () => {
    await wearer.tap('Select');
    await wearer.rest();
    await wearer.pointAt('right', [0.1, 1.1, -0.6]);
    await wearer.pinch('right');
    await wearer.carry('right', [0.1, 0.2, 0]);
    await wearer.pinch('right', 0);
    await expect
      .poll(async () => distance(only(await desk.entities()), drawn))
      .toBeCloseTo(0.224, 1);
    return only(await desk.entities());
  });

  await test.step('scales it with both', async () => {
    await wearer.rest();
    await wearer.pointAt('right', [0.2, 1.3, -0.6]);
    await wearer.pinch('right');
    await wearer.carry('right', [0.03, 0, 0]);
    await wearer.pinch('left');
    await wearer.carry('left', [-0.5, 0, 0]);
    await wearer.pinch('left', 0);
    await wearer.pinch('right', 0);
    await expect.poll(async () => sizeOf(only(await desk.entities()))).toBeGreaterThan(1.5);
    expect(distance(only(await desk.entities()), moved)).toBeGreaterThan(0.01);
  });

  await test.step('colours it', async () => {
    await wearer.rest();
    await wearer.tap(BLUE_SWATCH);
    await seen(desk, 'its colour').toMatchObject([{ color: BLUE }]);
  });

  await test.step('copies it, and one undo takes the copy back', async () => {
    const kept = await desk.entities();
    await wearer.tap('Copy');
    await seen(desk, 'both').toMatchObject([{ color: BLUE }, { color: BLUE }]);
    await wearer.tap('Undo');
    await expect.poll(() => desk.entities(), 'as before it was copied').toEqual(kept);
  });
});

test('in AR the scene is set down on a table, and turned and scaled there by hands', async ({
  join,
}) => {
  const tableHeight = 0.72;
  const page = await join('editor', { headset: { tableHeight } });
  await page.setViewportSize(HEADSET);
  const editor = new EditorPage(page);
  const wearer = new Wearer(page);
  await editor.execute('entity.create', {
    name: 'Model',
    components: { primitive: { kind: 'box' }, transform: { position: [0, 0.5, 0] } },
  });
  await wearer.enter('AR');
  await wearer.rest();

  await test.step('on the table that one looks at', async () => {
    const entered = await wearer.floor();
    await wearer.press('right', 'trigger');
    expect(await wearer.floor(), 'nothing is there to set it on').toEqual(entered);
    await wearer.lookAt([0.1, tableHeight, -0.9]);
    await wearer.press('right', 'trigger');
    const [x = 0, y, z = 0] = await wearer.floor();
    expect(y, 'the underside of the model on the table').toBeCloseTo(-tableHeight, 4);
    expect(Math.hypot(x, z), 'as far away as the table').toBeCloseTo(Math.hypot(0.1, 0.9), 3);
  });

  await test.step('scaled by both grips', async () => {
    const scale = () => page.evaluate(() => window.theta.headset.scale!);
    const before = await scale();
    await wearer.moveTo('left', [-0.2, 1.4, 0]);
    await wearer.moveTo('right', [0.2, 1.4, 0]);
    await wearer.hold('left', 'squeeze');
    await wearer.hold('right', 'squeeze');
    await wearer.carry('right', [0.4, 0, 0]);
    await wearer.hold('left', 'squeeze', 0);
    await wearer.hold('right', 'squeeze', 0);
    expect(before / (await scale())).toBeCloseTo(2, 1);
  });

  await wearer.rest();
  await wearer.tap('Leave');
  await expect(page.getByRole('button', { name: 'Enter AR' })).toBeAttached();
  expect(await editor.entities()).toHaveLength(1);
});
