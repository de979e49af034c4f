import { readFile } from 'node:fs/promises';
import { EditorPage } from './support/editor-page.ts';
import { expect, test } from './support/fixtures.ts';
import { createSession, openSession } from './support/session.ts';

test.setTimeout(240_000);

const SETTLE_TIMEOUT_MS = 60_000;

test('O4: what was refused while offline lies in the tray: kept, exported, tried again, dropped', async ({
  browser,
  ownServer,
}) => {
  const session = await createSession(ownServer);
  const contexts = await Promise.all([browser.newContext(), browser.newContext()]);
  const [ada, ben] = await Promise.all(
    contexts.map(async (context) => {
      const page = await context.newPage();
      await openSession(page, ownServer, session);
      return new EditorPage(page);
    }),
  );
  if (ada === undefined || ben === undefined) throw new Error('Nobody is here.');
  await ben.add('Box');
  await ben.add('Sphere');
  const [box, sphere] = [await ada.named('Box'), await ada.named('Sphere')];

  // Browsers cut HTTP only: the link goes with its server, and Ada does not find the next one.
  await ada.page.context().setOffline(true);
  await ownServer.restart();
  await expect(ben.status).toHaveText('Connected', { timeout: SETTLE_TIMEOUT_MS });
  await expect(ada.status).toHaveText('Offline');
  await ada.page.evaluate(
    (id) => void window.theta.execute('entity.delete', { entities: [id] }),
    box.id,
  );
  await ada.page.evaluate(
    (id) => void window.theta.execute('entity.rename', { entity: id, name: 'Globe' }),
    sphere.id,
  );
  await expect(ada.page.getByRole('contentinfo')).toContainText('2 edits waiting');
  for (const name of ['Ball', 'Marble', 'Planet']) {
    await ben.execute('entity.rename', { entity: sphere.id, name });
  }
  await ben.execute('entity.reparent', { entity: box.id, parent: sphere.id });
  await ada.page.context().setOffline(false);
  await expect(ada.status).toHaveText('Connected', { timeout: SETTLE_TIMEOUT_MS });
  await expect(ada.row('Planet')).toBeVisible();

  const badge = ada.page.getByRole('button', { name: '2 edits not taken: open the tray' });
  await expect(badge).toBeVisible();
  await ada.page.reload();
  await ada.connected();
  await badge.focus();
  await ada.page.keyboard.press('Enter');
  const panel = ada.page.getByRole('dialog', { name: 'Edits that were not taken' });
  await expect(panel.getByRole('listitem')).toHaveCount(2);
  await expect(panel).toContainText('Delete Box');
  await expect(panel).toContainText('Somebody else moved or deleted the object first.');
  await expect(panel).toContainText('Rename Planet');

  const saving = ada.page.waitForEvent('download');
  await panel.getByRole('button', { name: 'Export all' }).click();
  const path = await (await saving).path();
  const { edits } = JSON.parse(await readFile(path, 'utf8'));
  expect(edits.map(({ step }: { step: string }) => step)).toEqual(['Delete Box', 'Rename Planet']);

  await panel.getByRole('button', { name: 'Try again: Rename Planet' }).click();
  await expect(ben.row('Globe')).toBeVisible();
  await panel.getByRole('button', { name: 'Drop: Delete Box' }).click();
  await expect(ada.page.getByRole('button', { name: /not taken/ })).toHaveCount(0);
  await ada.agreesWith(ben);
  expect((await ben.entities()).map(({ name }) => name?.value).sort()).toEqual(['Box', 'Globe']);
  await Promise.all(contexts.map((context) => context.close()));
});
