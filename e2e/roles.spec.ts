import type { Page } from '@playwright/test';
import { expect, test } from './support/fixtures.ts';
import { createSession, waitUntilConnected } from './support/session.ts';
import { runTheta } from './support/theta-command.ts';

const heading = (page: Page) => page.getByRole('heading', { level: 1 });

/** Opens the window in which an admin governs, as a person does. */
async function openAccess(admin: Page): Promise<void> {
  await admin.getByRole('button', { name: 'Share', exact: true }).click();
  await admin.getByRole('button', { name: 'People and links…' }).click();
  await expect(admin.getByRole('dialog', { name: 'People and links' })).toBeVisible();
}

async function setRole(admin: Page, name: string, role: string): Promise<void> {
  await admin.getByRole('combobox', { name: `Role of ${name}` }).click();
  await admin.getByRole('option', { name: role }).click();
}

const nameOf = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const { author, members } = window.theta.session;
    return members.find(({ key }) => key === author)?.name ?? '';
  });

const create = (page: Page, name: string) =>
  page.evaluate((text) => window.theta.execute('entity.create', { name: text }), name);

test.describe('S4: an admin governs', () => {
  test('a role live, the lock, putting out, links and their revocation', async ({
    join,
    server,
    session,
    browser,
  }) => {
    test.slow();
    const admin = await join('admin');
    const vera = await join('viewer');
    const name = await nameOf(vera);
    await openAccess(admin);

    await test.step('a viewer becomes an editor, at once', async () => {
      expect(await create(vera, 'No')).toMatchObject({ status: 'rejected', code: 'role' });
      await setRole(admin, name, 'Editor');
      await expect(vera.getByText('You are an editor now')).toBeVisible();
      expect(await create(vera, 'Hers')).toMatchObject({ status: 'accepted' });
    });

    await test.step('and a viewer again', async () => {
      await setRole(admin, name, 'Viewer');
      await expect(vera.getByText('You are a viewer now')).toBeVisible();
      expect(await create(vera, 'No')).toMatchObject({ status: 'rejected', code: 'role' });
      await setRole(admin, name, 'Editor');
      await expect.poll(() => vera.evaluate(() => window.theta.session.role)).toBe('editor');
    });

    await test.step('a lock stops everybody but admins', async () => {
      await admin.getByRole('switch', { name: 'Lock the session' }).click();
      await expect(vera.getByText('An admin has locked the session')).toBeVisible();
      expect(await create(vera, 'No')).toMatchObject({ status: 'rejected', code: 'locked' });
      const late = await browser.newPage();
      await late.goto(server.httpUrl + session.links.editor);
      await expect(heading(late)).toHaveText('This session is locked');
      await late.close();
      await admin.getByRole('switch', { name: 'Lock the session' }).click();
      await expect(vera.getByText('The session is open again')).toBeVisible();
    });

    // Names are drawn from keys: two people may have the same one, and a test cannot tell them apart.
    let bert = await join('editor');
    while ((await nameOf(bert)) === name) bert = await join('editor');
    await test.step('who is put out is told, and the link that let him in is rotated', async () => {
      const his = await nameOf(bert);
      await admin.getByRole('button', { name: `More about ${his}` }).click();
      await admin.getByRole('menuitem', { name: 'Put out…' }).click();
      await admin
        .getByRole('group', { name: `Put out: ${his}?` })
        .getByText('Put out')
        .click();
      await expect(heading(bert)).toHaveText('You were put out of this session');
      await bert.reload();
      await expect(heading(bert)).toHaveText('You were put out of this session');
      await bert.goto(server.httpUrl + session.links.editor);
      await expect(heading(bert)).toHaveText('This link has been revoked');
    });

    await test.step('a new link lets him in again; revoked, it ends his role', async () => {
      await admin.getByRole('tab', { name: 'Links' }).click();
      await admin.getByRole('textbox', { name: 'What the link is for' }).fill('Second chance');
      await admin.getByRole('button', { name: 'New link' }).click();
      await admin.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      await admin.getByRole('button', { name: 'Copy: Second chance (editor)' }).click();
      const url = await admin.evaluate(() => navigator.clipboard.readText());
      await bert.goto('about:blank');
      await bert.goto(url);
      await waitUntilConnected(bert);
      await admin.getByRole('button', { name: 'Revoke: Second chance (editor)' }).click();
      await expect(admin.getByText('One person loses their role.')).toBeVisible();
      await admin
        .getByRole('group', { name: /^Revoke: Second chance/ })
        .getByText('Revoke')
        .click();
      await expect(heading(bert)).toHaveText('This link has been revoked');
      await bert.reload();
      await expect(heading(bert)).toHaveText('This link has been revoked');
    });

    await test.step('the log shows all of it, and that nobody went beyond a role', async () => {
      expect(await admin.evaluate(() => window.theta.verifyHistory())).toMatchObject({
        invalid: 0,
      });
      const types = await admin.evaluate(async () =>
        (await window.theta.history()).map(({ type }) => type),
      );
      for (const type of ['member.admit', 'role.set', 'session.lock', 'member.remove'])
        expect(types).toContain(type);
    });
  });
});

test('S4: an operator makes a link for an admin who lost theirs, whether the server runs or not', async ({
  page,
  ownServer,
}) => {
  const { sessionId } = await createSession(ownServer);
  const data = ['--data-dir', ownServer.dataDir];
  const beside = await runTheta('link', 'new', sessionId, ...data);
  expect(beside).toMatchObject({ code: 0, said: expect.stringMatching(/^http:.*\/s\/.*#/) });
  await page.goto(beside.said.trim());
  await waitUntilConnected(page);
  expect(await page.evaluate(() => window.theta.session.role)).toBe('admin');

  await ownServer.stop();
  const alone = await runTheta('link', 'new', sessionId, '--role=editor', '--days=1', ...data);
  expect(alone).toMatchObject({ code: 0, said: expect.stringMatching(/^\/s\/.*#/) });
  await ownServer.restart();
  await expect
    .poll(() => page.evaluate(() => window.theta.session.links.at(-1)))
    .toMatchObject({ role: 'editor', expiresAt: expect.any(Number), revoked: false });

  const nowhere = await runTheta('link', 'new', 'A'.repeat(22), ...data);
  expect(nowhere).toMatchObject({ code: 1, said: expect.stringMatching(/no such session/) });
  const nobody = await runTheta('link', 'new', sessionId, '--role=king', ...data);
  expect(nobody).toMatchObject({ code: 2, said: expect.stringMatching(/viewer, editor, admin/) });
});

test('S4: an identity goes to another browser with its role and its undo, and works in both', async ({
  join,
}) => {
  test.slow();
  const ada = await join('editor');
  const made = await create(ada, 'Hers');
  const { entity } = made.result as { entity: string };
  await openIdentity(ada);
  await ada.getByLabel('New passphrase, at least 10 characters').fill('correct horse battery');
  await ada.getByLabel('The same again').fill('correct horse battery');
  const [file] = await Promise.all([
    ada.waitForEvent('download'),
    ada.getByRole('button', { name: 'Save file' }).click(),
  ]);

  const other = await join('viewer');
  await openIdentity(other);
  await other.getByLabel('Identity file').setInputFiles(await file.path());
  await other.getByLabel('Its passphrase').fill('wrong horse battery');
  await other.getByRole('button', { name: 'Become this' }).click();
  await expect(other.getByRole('alert')).toContainText(
    'The passphrase is not the one of this file',
  );
  await other.getByLabel('Its passphrase').fill('correct horse battery');
  await other.getByRole('button', { name: 'Become this' }).click();
  const author = await ada.evaluate(() => window.theta.session.author);
  await expect
    .poll(() =>
      other.evaluate(() => ('theta' in window ? window.theta.session.author : '')).catch(() => ''),
    )
    .toBe(author);
  await waitUntilConnected(other);
  expect(await other.evaluate(() => window.theta.session.role)).toBe('editor');

  expect(await other.evaluate(() => window.theta.undo())).toMatchObject({ status: 'accepted' });
  await expect.poll(() => ada.evaluate((id) => window.theta.get(id), entity)).toBeUndefined();
  for (const page of [ada, other])
    expect(await create(page, 'Both')).toMatchObject({ status: 'accepted' });
  expect(await ada.evaluate(() => window.theta.session.status)).toBe('connected');
});

async function openIdentity(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^People:/ }).click();
  await page.getByRole('button', { name: 'Your identity…' }).click();
  await expect(page.getByRole('dialog', { name: 'Your identity' })).toBeVisible();
}
