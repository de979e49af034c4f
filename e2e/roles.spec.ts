import type { Page } from '@playwright/test';
import { expect, test } from './support/fixtures.ts';
import { waitUntilConnected } from './support/session.ts';

const heading = (page: Page) => page.getByRole('heading', { level: 1 });

test.describe('S4: governing', () => {
  test('a role changed live, a link revoked for newcomers and insiders alike', async ({
    join,
    server,
    session,
    browser,
  }) => {
    const admin = await join('admin');
    const vera = await join('viewer');
    const author = await vera.evaluate(() => window.theta.session.author);
    await admin.evaluate(
      (key) => window.theta.execute('role.set', { author: key, role: 'editor' }),
      author,
    );
    await expect(vera.getByText('You are an editor now')).toBeVisible();
    const made = await vera.evaluate(() => window.theta.execute('entity.create', { name: 'Hers' }));
    expect(made.status).toBe('accepted');

    const editor = await join('editor');
    const revoked = await admin.evaluate(() => {
      const link = window.theta.session.links.find(({ role }) => role === 'editor');
      return window.theta.execute('link.revoke', { link: link?.id });
    });
    expect(revoked.status).toBe('accepted');
    await expect(heading(editor)).toHaveText('This link has been revoked');
    await editor.reload();
    await expect(heading(editor)).toHaveText('This link has been revoked');
    const newcomer = await browser.newPage();
    await newcomer.goto(server.httpUrl + session.links.editor);
    await expect(heading(newcomer)).toHaveText('This link has been revoked');
    await newcomer.close();
    // Her role is an admin's word, not the link's.
    await waitUntilConnected(vera);
    expect(await vera.evaluate(() => window.theta.session.role)).toBe('editor');
  });
});
