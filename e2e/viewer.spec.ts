import { EditorPage } from './support/editor-page.ts';
import { expect, test } from './support/fixtures.ts';
import { RawPeer } from './support/raw/bundle.ts';

test('S4: a viewer looks and cannot edit, by hand, by script, or by a forged packet', async ({
  join,
  session,
}) => {
  const ada = new EditorPage(await join('editor'));
  const eve = new EditorPage(await join('viewer'));
  const made = await ada.execute('entity.create', {
    name: 'Vase',
    components: { primitive: { kind: 'cylinder' }, material: {} },
  });
  expect(made.status).toBe('accepted');
  const { id } = await eve.named('Vase');
  const hash = await ada.hash();

  await test.step('by hand', async () => {
    await expect(eve.page.getByText('Viewing', { exact: true })).toBeVisible();
    for (const name of ['Add', 'Import a model', 'Undo', 'Redo']) {
      await expect(eve.page.getByRole('button', { name, exact: true })).toBeDisabled();
    }
    for (const name of ['Move', 'Rotate', 'Scale']) {
      await expect(eve.page.getByRole('radio', { name, exact: true })).toBeDisabled();
    }
    await eve.row('Vase').click();
    await expect(eve.field('Position X')).toHaveAttribute('readonly');
    await expect(eve.field('Name')).toHaveAttribute('readonly');
    await expect(eve.page.getByRole('contentinfo')).toContainText('Viewer');
    await eve.page.keyboard.press('Delete');
    await eve.page.keyboard.press('F2');
    await expect(eve.field('Name of Vase')).toBeHidden();
    await eve.drop({ name: 'gift.obj', base64: btoa('v 0 0 0\n') });
    await expect(eve.page.getByText('ask for an editor link to add files')).toBeVisible();
  });

  await test.step('by script', async () => {
    const refused = await eve.execute('transform.set', { entity: id, position: [9, 9, 9] });
    expect(refused).toMatchObject({ status: 'rejected', code: 'role' });
    const undone = await eve.page.evaluate(() => window.theta.undo());
    expect(undone.status).toBe('nothing');
  });

  await test.step('by a packet that its own key has signed', async () => {
    const forger = await RawPeer.in(eve.page);
    const answer = await forger.submit(
      { sessionId: session.sessionId, asThisPage: true },
      'honest',
    );
    expect(answer).toEqual({ kind: 'judged', reasons: ['role'] });
  });

  expect(await ada.hash()).toBe(hash);
  expect(await eve.hash()).toBe(hash);
  expect((await ada.session()).status).toBe('connected');
});
