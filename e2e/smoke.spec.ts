import { expect, test } from './support/fixtures.ts';
import { createSession, openSession, waitUntilConnected } from './support/session.ts';

test('the start page makes a session and enters it', async ({ page, server }) => {
  await page.goto(server.httpUrl);
  await page
    .getByRole('button', { name: /session/i })
    .first()
    .click();
  await page.waitForURL(/\/s\/[^/]+$/);
  await expect
    .poll(() => page.evaluate(() => ('theta' in window ? window.theta.session.role : 'absent')))
    .toBe('admin');
});

test('T2: a link connects over WebTransport, and its token leaves the address bar (S4)', async ({
  page,
  server,
  session,
}) => {
  await openSession(page, server, session, 'editor');
  const { id, role, transport, status } = await page.evaluate(() => window.theta.session);
  expect({ id, role, transport, status }).toEqual({
    id: session.sessionId,
    role: 'editor',
    transport: 'webtransport',
    status: 'connected',
  });
  expect(new URL(page.url()).hash).toBe('');
});

test('O2: what one makes, the other sees, and both have the same world', async ({ join }) => {
  const [ada, ben] = [await join(), await join()];
  const made = await ada.evaluate(() =>
    window.theta.execute('entity.create', {
      name: 'Tower',
      components: { primitive: { kind: 'box' } },
    }),
  );
  expect(made).toMatchObject({ status: 'accepted' });
  const hash = await ada.evaluate(() => window.theta.worldHash());
  await expect.poll(() => ben.evaluate(() => window.theta.worldHash())).toBe(hash);
  expect(await ben.evaluate(() => window.theta.entities())).toHaveLength(1);
});

test('S6: a page loads nothing from another origin, and nothing breaks its policy', async ({
  page,
  server,
  session,
}) => {
  const foreign: string[] = [];
  const problems: string[] = [];
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (protocol.startsWith('http') && origin !== server.httpUrl) foreign.push(request.url());
  });
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (/Content Security Policy/i.test(message.text())) problems.push(message.text());
  });
  await openSession(page, server, session, 'editor');
  await expect(page.locator('canvas').first()).toBeVisible();
  expect({ foreign, problems }).toEqual({ foreign: [], problems: [] });
});

test('D3: a server killed keeps what it acknowledged, and its pages come back', async ({
  page,
  ownServer,
}) => {
  const session = await createSession(ownServer);
  await openSession(page, ownServer, session);
  const made = await page.evaluate(() => window.theta.execute('entity.create', { name: 'Keep' }));
  expect(made).toMatchObject({ status: 'accepted' });
  const hash = await page.evaluate(() => window.theta.worldHash());
  await ownServer.kill9();
  await expect.poll(() => page.evaluate(() => window.theta.session.status)).not.toBe('connected');
  await ownServer.restart();
  await waitUntilConnected(page);
  expect(await page.evaluate(() => window.theta.worldHash())).toBe(hash);
  await page.reload();
  await waitUntilConnected(page);
  expect(await page.evaluate(() => window.theta.worldHash())).toBe(hash);
});
