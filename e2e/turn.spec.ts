import { type Browser, expect } from '@playwright/test';
import { EditorPage } from './support/editor-page.ts';
import { test } from './support/fixtures.ts';
import { TestServer } from './support/server.ts';
import { createSession, openSession } from './support/session.ts';
import { TurnServer } from './support/turn-server.ts';

const SECRET = 'what coturn and Theta share';
const VIEWPORT = { width: 480, height: 320 };
/** A relay that refuses is given up after a while, and the next rung taken. */
const DOWN_TIMEOUT_MS = 30_000;

declare global {
  interface Window {
    /** The page's peer connections, all of which may use relays only. */
    relayed: RTCPeerConnection[];
  }
}

/** As a network does that lets nothing through but what goes by a relay. Runs in the page. */
function forceRelay(): void {
  const relayed: RTCPeerConnection[] = [];
  window.relayed = relayed;
  window.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(configuration: RTCConfiguration = {}) {
      super({ ...configuration, iceTransportPolicy: 'relay' });
      relayed.push(this);
    }
  };
}

async function relayOnlyPage(browser: Browser): Promise<EditorPage> {
  const context = await browser.newContext({ viewport: VIEWPORT });
  const page = await context.newPage();
  await page.addInitScript(forceRelay);
  return new EditorPage(page);
}

/** The kind and protocol of the local candidate that carries the connection. */
function route({ page }: EditorPage): Promise<unknown> {
  return page.evaluate(async () => {
    const stats = await window.relayed.at(-1)!.getStats();
    const all = [...stats.values()];
    const transport = all.find(({ type }) => type === 'transport');
    const pair = stats.get(transport.selectedCandidatePairId);
    const { candidateType, protocol, relayProtocol } = stats.get(pair.localCandidateId);
    return { candidateType, protocol, relayProtocol };
  });
}

test('T2: a browser that may use relays only edits through a real coturn, over UDP', async ({
  browser,
}) => {
  test.setTimeout(120_000);
  const turn = await TurnServer.start(SECRET);
  const env = { THETA_TURN_URL: turn.url, THETA_TURN_SECRET: SECRET };
  const server = await TestServer.start({ env });
  const session = await createSession(server);
  const ada = await relayOnlyPage(browser);
  await openSession(ada.page, server, session, 'editor', { parameters: { transport: 'webrtc' } });
  expect(await route(ada)).toEqual({
    candidateType: 'relay',
    protocol: 'udp',
    relayProtocol: 'udp',
  });
  const ben = new EditorPage(await (await browser.newContext({ viewport: VIEWPORT })).newPage());
  await openSession(ben.page, server, session);
  const created = await ada.execute('entity.create', { name: 'By relay' });
  expect(created.status).toBe('accepted');
  const seen = await ben.named('By relay');
  await ben.execute('transform.set', { entity: seen.id, position: [1, 2, 3] });
  await ada.agreesWith(ben);
  for (const { page } of [ada, ben]) await page.context().close();
  await server.dispose();
  await turn.dispose();
});

test('T2: a relay that refuses is left for the WebSocket', async ({ browser }) => {
  test.setTimeout(120_000);
  const turn = await TurnServer.start('another secret');
  const env = {
    THETA_TURN_URL: turn.url,
    THETA_TURN_SECRET: SECRET,
    THETA_TRANSPORT: 'webrtc,websocket',
  };
  const server = await TestServer.start({ env });
  const session = await createSession(server);
  const ada = await relayOnlyPage(browser);
  await openSession(ada.page, server, session);
  expect((await ada.session()).transport).toBe('websocket');
  await expect.poll(() => turn.log, { timeout: DOWN_TIMEOUT_MS }).toMatch(/401|Unauthorized/);
  await ada.page.context().close();
  await server.dispose();
  await turn.dispose();
});
