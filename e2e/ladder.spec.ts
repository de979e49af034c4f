import { type Browser, expect } from '@playwright/test';
import { beginDragging, letGo } from './support/dragging.ts';
import { EditorPage } from './support/editor-page.ts';
import { test } from './support/fixtures.ts';
import { mixedTraffic } from './support/mixed-traffic.ts';
import type { TestServer } from './support/server.ts';
import { type CreatedSession, createSession, openSession } from './support/session.ts';
import { UdpRelay } from './support/udp-relay.ts';

/** Drawing is not the point here. */
const VIEWPORT = { width: 480, height: 320 };
const DOWN_PATIENCE_MS = 15_000;
/** T2: how long a session may stand on a dead rung. */
const DOWN_WITHIN_MS = 3_000;
/** A rung that failed is passed over for a while, and then tried. */
const UP_WITHIN_MS = 30_000;
const AGREE_WITHIN_MS = 60_000;
const FRAMES = 120;
const RUNG_NAMES = ['webtransport', 'webrtc', 'websocket'] as const;

/** Where one lands who has to leave WebTransport: with WebRTC, or where no UDP gets through. */
const LANDINGS = ['webrtc', 'websocket'] as const;

/** A person whose WebTransport goes through a relay, which may be cut, and who may have WebRTC. */
async function enterThrough(
  browser: Browser,
  server: TestServer,
  session: CreatedSession,
  relay: UdpRelay,
  landing: (typeof LANDINGS)[number],
): Promise<EditorPage> {
  const context = await browser.newContext({ viewport: VIEWPORT, bypassCSP: true });
  const page = await context.newPage();
  await page.route('**/api/transport', async (route) => {
    const response = await route.fetch();
    const { webrtc, ...offer } = await response.json();
    const url = new URL(offer.webtransport.url);
    url.hostname = '127.0.0.1';
    url.port = String(relay.port);
    await route.fulfill({
      response,
      json: {
        ...offer,
        webtransport: { ...offer.webtransport, url },
        ...(landing === 'webrtc' && { webrtc }),
      },
    });
  });
  await openSession(page, server, session);
  return new EditorPage(page);
}

function rung({ page }: EditorPage): Promise<string | undefined> {
  return page.evaluate(() => window.theta.session.transport);
}

/** Resolves with the milliseconds until the page says that it stands on a rung, and is connected. */
function standsOn({ page }: EditorPage, wanted: string, timeout: number): Promise<number> {
  return page
    .waitForFunction(
      (name) => {
        const { transport, status } = window.theta.session;
        return transport === name && status === 'connected' ? performance.now() : false;
      },
      wanted,
      { timeout, polling: 20 },
    )
    .then((found) => found.jsonValue() as Promise<number>);
}

/** Where a page is so busy drawing that the server lets it go, it comes back and catches up. */
async function agree(one: EditorPage, other: EditorPage): Promise<void> {
  await expect
    .poll(async () => (await one.hash()) === (await other.hash()), { timeout: AGREE_WITHIN_MS })
    .toBe(true);
}

for (const landing of LANDINGS) {
  test(`T2: a dead rung is left for ${landing} within 3 s, and taken again, while two authors drag one object`, async ({
    browser,
    ownServer,
  }) => {
    test.setTimeout(150_000);
    const session = await createSession(ownServer);
    const relay = await UdpRelay.open(Number(new URL(ownServer.httpsUrl).port));
    const ada = await enterThrough(browser, ownServer, session, relay, landing);
    const ben = await enterThrough(browser, ownServer, session, relay, landing);
    expect([await rung(ada), await rung(ben)]).toEqual(['webtransport', 'webtransport']);
    const { result } = await ada.execute('entity.create', { components: { primitive: {} } });
    const { entity } = result as { entity: string };
    await ada.agreesWith(ben);

    await ada.page.evaluate(beginDragging, { entity, axis: 0 } as const);
    await ben.page.evaluate(beginDragging, { entity, axis: 2 } as const);
    const began = await ada.page.evaluate(() => performance.now());
    relay.cut();
    const down = (await standsOn(ada, landing, DOWN_PATIENCE_MS)) - began;
    await standsOn(ben, landing, DOWN_PATIENCE_MS);
    console.log(`down to ${landing} after ${Math.round(down)} ms`);
    expect(down).toBeLessThan(DOWN_WITHIN_MS);
    relay.mend();
    await standsOn(ada, 'webtransport', UP_WITHIN_MS);
    await standsOn(ben, 'webtransport', UP_WITHIN_MS);

    const dragged = [await ada.page.evaluate(letGo), await ben.page.evaluate(letGo)];
    const moves = (await ada.history()).filter(({ type }) => type === 'transform.set');
    expect(dragged.flatMap(({ refused }) => refused)).toEqual([]);
    expect(moves, 'none lost, none twice').toHaveLength(
      dragged.reduce((sum, { moves: made }) => sum + made, 0),
    );
    await agree(ada, ben);
    const report = await ben.page.evaluate(() => window.theta.verifyHistory());
    expect(report).toMatchObject({ invalid: 0, worldHash: await ben.hash() });
    for (const { page } of [ada, ben]) await page.context().close();
    relay.close();
  });
}

test.use({ viewport: VIEWPORT });

test(`T2: peers on every rung converge after ${FRAMES} frames of mixed traffic`, async ({
  join,
}) => {
  test.setTimeout(240_000);
  const editors: EditorPage[] = [];
  for (const transport of RUNG_NAMES) {
    const page = await join('editor', { parameters: { transport } });
    const editor = new EditorPage(page);
    expect(await rung(editor)).toBe(transport);
    editors.push(editor);
  }
  const outcomes = await Promise.all(
    editors.map(({ page }, seed) =>
      page.evaluate(mixedTraffic, { seed: seed + 1, frames: FRAMES }),
    ),
  );
  for (const { kinds, unnamed } of outcomes) {
    expect(kinds).toEqual(['create', 'delete', 'edit', 'reparent', 'undo']);
    expect(unnamed).toEqual([]);
  }
  const [first, ...others] = editors;
  for (const other of others) await agree(first!, other);
  const report = await first!.page.evaluate(() => window.theta.verifyHistory());
  expect(report).toMatchObject({ invalid: 0, worldHash: await first!.hash() });
});
