import type { PlainEntity } from './support/editor-page.ts';
import { expect, test } from './support/fixtures.ts';
import { createSession, openSession } from './support/session.ts';
import { verifyData, withFlippedByte } from './support/theta-command.ts';

test('S1: page and command line verify the whole history, and name a flipped byte', async ({
  page,
  ownServer,
}) => {
  const session = await createSession(ownServer);
  await openSession(page, ownServer, session);
  const told = await page.evaluate(async () => {
    for (let i = 0; i < 5; i++) await window.theta.execute('entity.create', { name: `Box ${i}` });
    // Over 16 KiB: its entries travel, and are verified, as a blob.
    await window.theta.transaction('Many', (tx) => {
      for (let i = 0; i < 200; i++) tx.execute('entity.create', { name: `${i} `.padEnd(120, '-') });
    });
    const fractions: number[] = [];
    const report = await window.theta.verifyHistory({
      onProgress: (fraction) => fractions.push(fraction),
    });
    return { report, fractions, hash: window.theta.worldHash() };
  });
  // Before the edits: the session's three links, and that somebody came by one.
  expect(told.report).toEqual({ entries: 209, valid: 209, invalid: 0, worldHash: told.hash });
  expect(told.fractions.at(-1)).toBe(1);

  const beside = await verifyData(ownServer.dataDir);
  expect(beside, 'beside the running server').toMatchObject({ code: 0 });
  await page.close();
  await ownServer.stop();
  const { code, said } = await verifyData(ownServer.dataDir, session.sessionId);
  expect(said).toContain(`209 entries in 8 records are valid; world hash ${told.hash}.`);
  expect(code).toBe(0);
  await withFlippedByte(ownServer.dataDir, 3, async (copy) => {
    const found = await verifyData(copy, session.sessionId);
    expect(found.code).toBe(1);
    expect(found.said).toContain('4 entries are valid. Record 3: ');
    expect(found.said).toContain('its checksum is wrong');
  });
  expect((await verifyData(ownServer.dataDir, 'nobody')).code).toBe(2);
});

test('D4: one looks at the past while another goes on, restores it, undoes that, and names it', async ({
  join,
}) => {
  const anna = await join('editor');
  const bert = await join('editor');
  const names = (page: typeof anna): Promise<(string | undefined)[]> =>
    page.evaluate(() => {
      const { theta } = window;
      const nameOf = (id: string) => (theta.get(id) as PlainEntity | undefined)?.name?.value;
      return theta.entities().map(nameOf).sort();
    });
  const add = (page: typeof anna, name: string) =>
    page.evaluate(
      (given) =>
        window.theta.execute('entity.create', {
          name: given,
          components: { primitive: { kind: 'box' }, material: {} },
        }),
      name,
    );
  await add(anna, 'First');
  await add(bert, 'Second');
  await add(anna, 'Third');
  await expect.poll(() => names(anna)).toEqual(['First', 'Second', 'Third']);

  await anna.keyboard.press('Control+Shift+H');
  const list = anna.getByRole('listbox', { name: 'Steps of the history' });
  const rows = list.getByRole('option');
  await expect(rows.filter({ hasText: 'Create' })).toHaveCount(3);
  const latest = Number(await rows.first().getAttribute('data-ordinal'));

  // By keyboard: two steps back, to where the first box stands alone.
  await list.focus();
  await anna.keyboard.press('ArrowDown');
  await anna.keyboard.press('ArrowDown');
  const banner = anna.getByRole('region', { name: 'Looking at the past' });
  await expect(banner).toContainText(`step ${latest - 2} of`);
  const outliner = anna.getByRole('tree', { name: 'Outliner' });
  await expect(outliner.getByRole('treeitem')).toHaveText([/First/]);

  // The other one goes on, and sees nothing of it; the past stays what it was.
  await add(bert, 'Fourth');
  await expect.poll(() => names(anna)).toEqual(['First', 'Fourth', 'Second', 'Third']);
  await expect(outliner.getByRole('treeitem')).toHaveText([/First/]);
  await expect(bert.getByRole('tree', { name: 'Outliner' }).getByRole('treeitem')).toHaveCount(4);

  await banner.getByRole('button', { name: 'Restore' }).click();
  await expect(banner).toBeHidden();
  await expect.poll(() => names(bert)).toEqual(['First']);
  await anna.keyboard.press('Control+z');
  await expect.poll(() => names(bert)).toEqual(['First', 'Fourth', 'Second', 'Third']);

  await anna.getByRole('button', { name: 'Name version…' }).click();
  await anna.getByRole('textbox', { name: 'Name of the version' }).fill('Four boxes');
  await anna.keyboard.press('Enter');
  await add(bert, 'Fifth');
  await bert.getByRole('button', { name: 'History' }).click();
  await bert.getByRole('radio', { name: 'Versions' }).click();
  await bert.getByRole('list', { name: 'Named versions' }).getByText('Four boxes').click();
  const past = bert.getByRole('tree', { name: 'Outliner' }).getByRole('treeitem');
  await expect(past).toHaveCount(4);
  await bert.getByRole('button', { name: 'Back to now' }).click();
  await expect(past).toHaveCount(5);

  await bert.getByRole('button', { name: 'Check all signatures' }).click();
  await expect(bert.getByText('entries are genuine')).toBeVisible();
  await bert.getByRole('radio', { name: 'My undo' }).click();
  await expect(bert.getByRole('list', { name: 'Your steps' })).toContainText('Undo this');
  await bert.getByRole('list', { name: 'Your steps' }).getByRole('button').nth(1).click();
  await expect.poll(() => names(anna)).toEqual(['First', 'Second', 'Third']);
});

test('S2: a viewer looks at the past, and restores nothing', async ({ join }) => {
  const editor = await join('editor');
  const viewer = await join('viewer');
  for (const name of ['First', 'Second']) {
    await editor.evaluate((given) => window.theta.execute('entity.create', { name: given }), name);
  }
  await viewer.getByRole('button', { name: 'History' }).click();
  const slider = viewer.getByRole('slider', { name: 'Moment of the history' });
  await expect(slider).toBeEnabled();
  await slider.focus();
  await viewer.keyboard.press('ArrowLeft');
  const banner = viewer.getByRole('region', { name: 'Looking at the past' });
  await expect(banner).toContainText('Past:');
  await expect(banner.getByRole('button', { name: 'Restore' })).toHaveCount(0);
  await expect(viewer.getByRole('button', { name: 'Name' })).toHaveCount(0);
});
