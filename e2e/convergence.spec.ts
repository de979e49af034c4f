import { type Browser, type BrowserContext, expect } from '@playwright/test';
import { EditorPage } from './support/editor-page.ts';
import { test } from './support/fixtures.ts';
import { beginRandomEdits, type RandomEdit } from './support/random-author.ts';
import type { TestServer } from './support/server.ts';
import { type CreatedSession, createSession, openSession } from './support/session.ts';

/** How long two authors edit at once. */
const SECONDS = Number(process.env.THETA_E2E_SECONDS ?? 8);
/** As fast as the rate limit lets edits pass for good, and somewhat faster than a hand. */
const EVERY_MS = 80;
const SETTLE_TIMEOUT_MS = 60_000;
/** Drawing is not the point here. */
const VIEWPORT = { width: 480, height: 320 };
/** Edits that have been acknowledged when the server is killed. */
const ACKNOWLEDGED_BEFORE_KILL = 40;
const WHILE_OFFLINE = 5;

test.use({ viewport: VIEWPORT });

test(`O2: two authors at random for ${SECONDS} s end with one world, on disk too`, async ({
  browser,
  ownServer,
}) => {
  test.setTimeout(SECONDS * 1000 + 2 * SETTLE_TIMEOUT_MS);
  const session = await createSession(ownServer);
  const room = new Room(browser, ownServer, session);
  const [ada, ben] = [await room.enter(), await room.enter()];
  await ada.page.evaluate(beginRandomEdits, { seed: 1, everyMs: EVERY_MS });
  await ben.page.evaluate(beginRandomEdits, { seed: 2, everyMs: EVERY_MS });
  await editedFor(ada, SECONDS * 1000);
  const edits = [...(await stopped(ada)), ...(await stopped(ben))];

  expectEveryCommand(edits, await logged(ada));
  expectNamedRefusals(edits);
  await ada.agreesWith(ben);
  await expectServerAgrees(room, ada);

  await ada.page.reload();
  await ada.connected();
  await ada.agreesWith(ben);
  await expectInLog(ben, edits);
  console.log(tally(edits));
  await room.close();
});

test('D3: a server killed in the middle of traffic loses nothing that it acknowledged', async ({
  browser,
  ownServer,
}) => {
  test.setTimeout(3 * SETTLE_TIMEOUT_MS);
  const session = await createSession(ownServer);
  const room = new Room(browser, ownServer, session);
  const [ada, ben] = [await room.enter(), await room.enter()];
  await ada.page.evaluate(beginRandomEdits, { seed: 3, everyMs: EVERY_MS });
  await ben.page.evaluate(beginRandomEdits, { seed: 4, everyMs: EVERY_MS });
  await acknowledged(ada, ACKNOWLEDGED_BEFORE_KILL);
  await ownServer.kill9();
  const before = [await settledSoFar(ada), await settledSoFar(ben)].flat();

  await expect(ada.status).toHaveText('Offline');
  await expect
    .poll(async () => (await ada.session()).pending, 'edits made offline wait')
    .toBeGreaterThanOrEqual(WHILE_OFFLINE);
  await expect(ada.page.getByRole('contentinfo')).toContainText(/\d+ edits waiting/);

  await ownServer.restart();
  await expect(ada.status).toHaveText('Connected', { timeout: SETTLE_TIMEOUT_MS });
  await ben.connected();
  const edits = [...(await stopped(ada)), ...(await stopped(ben))];
  for (const editor of [ada, ben]) {
    await expect.poll(async () => (await editor.session()).pending).toBe(0);
    await expect(editor.page.getByRole('contentinfo')).not.toContainText('waiting');
  }

  expect(before.filter(isAccepted).length).toBeGreaterThan(ACKNOWLEDGED_BEFORE_KILL / 2);
  expectNamedRefusals(edits.filter(({ type }) => type !== 'import'));
  await expectInLog(ada, before);
  await expectInLog(ada, edits);
  await ada.agreesWith(ben);
  await expectServerAgrees(room, ada);
  console.log(tally(edits));
  await room.close();
});

/** A session, and the browser profiles in which people have joined it. */
class Room {
  readonly #browser: Browser;
  readonly #server: TestServer;
  readonly #session: CreatedSession;
  readonly #contexts: BrowserContext[] = [];

  constructor(browser: Browser, server: TestServer, session: CreatedSession) {
    this.#browser = browser;
    this.#server = server;
    this.#session = session;
  }

  async enter(): Promise<EditorPage> {
    const context = await this.#browser.newContext({ viewport: VIEWPORT });
    this.#contexts.push(context);
    const page = await context.newPage();
    await openSession(page, this.#server, this.#session);
    return new EditorPage(page);
  }

  async close(): Promise<void> {
    await Promise.all(this.#contexts.map((context) => context.close()));
  }
}

/** Resolves when the page's own clock says that so much time has gone by. */
async function editedFor({ page }: EditorPage, ms: number): Promise<void> {
  const until = (await page.evaluate(() => performance.now())) + ms;
  await page.waitForFunction((end) => performance.now() >= end, until, {
    timeout: 2 * ms + 30_000,
  });
}

async function acknowledged({ page }: EditorPage, count: number): Promise<void> {
  await page.waitForFunction(
    (enough) => window.randomAuthor.settled.filter(({ seq }) => seq !== undefined).length >= enough,
    count,
    { timeout: SETTLE_TIMEOUT_MS },
  );
}

function settledSoFar({ page }: EditorPage): Promise<RandomEdit[]> {
  return page.evaluate(() => [...window.randomAuthor.settled]);
}

/** Every edit of the page, each with its verdict. */
function stopped({ page }: EditorPage): Promise<RandomEdit[]> {
  return page.evaluate(() => window.randomAuthor.stop());
}

function logged({ page }: EditorPage): Promise<string[]> {
  return page.evaluate(() =>
    window.theta.commands
      .filter(({ role }) => role !== 'admin')
      .filter(({ durability }) => durability === 'logged')
      .map(({ type }) => type),
  );
}

function isAccepted({ status, seq }: RandomEdit): boolean {
  return status === 'accepted' && seq !== undefined;
}

/** These come of something else: of an import, of undo, and of the history's panel. */
const INDIRECT: ReadonlySet<string> = new Set(['asset.add', 'history.revert', 'history.restore']);

function expectEveryCommand(edits: readonly RandomEdit[], commands: readonly string[]): void {
  const accepted = new Set(edits.filter(isAccepted).map(({ type }) => type));
  const wanted = commands.filter((type) => !INDIRECT.has(type));
  expect([...accepted]).toEqual(expect.arrayContaining([...wanted, 'import', 'undo']));
}

/** What was not accepted has a name, and is what two people may run into. */
function expectNamedRefusals(edits: readonly RandomEdit[]): void {
  const faults = edits.filter(
    ({ status, code }) => status === 'rejected' && !EXPECTED_REFUSALS.has(code ?? ''),
  );
  expect(faults).toEqual([]);
}

/** Of an entity or place that somebody else has just changed; `offline` of what is only shown. */
const EXPECTED_REFUSALS: ReadonlySet<string> = new Set([
  'changed_since',
  'cycle',
  'invalid_params',
  'no_such_entity',
  'offline',
  'parent_deleted',
  'rate',
  'scope_changed',
  'transaction',
  'entity_exists',
]);

/** The document in the server's memory, as who comes anew gets it, and the log that it stores. */
async function expectServerAgrees(room: Room, editor: EditorPage): Promise<void> {
  const hash = await editor.hash();
  const newcomer = await room.enter();
  expect(await newcomer.hash()).toBe(hash);
  const report = await newcomer.page.evaluate(() => window.theta.verifyHistory());
  expect(report).toMatchObject({ invalid: 0, worldHash: hash });
  expect(report.valid).toBeGreaterThan(0);
}

/** Each accepted edit is in the stored log, under its number and in its author's name. */
async function expectInLog(editor: EditorPage, edits: readonly RandomEdit[]): Promise<void> {
  const entries = await editor.page.evaluate(() => window.theta.history());
  const bySeq = new Map(entries.map((entry) => [entry.seq, entry]));
  const lost = edits.filter(isAccepted).filter(({ id, seq }) => {
    const [, author = 'nobody'] = id.split('-');
    return !bySeq.get(seq)?.author.startsWith(author);
  });
  expect(lost).toEqual([]);
}

/** How many edits came to what. */
function tally(edits: readonly RandomEdit[]): string {
  const counts = new Map<string, number>();
  for (const { status, code } of edits) {
    const name = status === 'rejected' ? `rejected (${code})` : status;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const parts = [...counts].sort().map(([name, count]) => `${count} ${name}`);
  return `${edits.length} edits: ${parts.join(', ')}`;
}
