import { test as base, type Page } from '@playwright/test';
import { installHeadset } from './headset.ts';
import { TestServer } from './server.ts';
import {
  type CreatedSession,
  createSession,
  type OpenOptions,
  openSession,
  type Role,
} from './session.ts';

interface PerTest {
  /** A session of this test's own. */
  readonly session: CreatedSession;
  /** Joins it as another author, in a browser profile of his own; closed when the test ends. */
  readonly join: (role?: Role, options?: OpenOptions) => Promise<Page>;
}

interface PerWorker {
  /** One server for all tests of a worker. Who stops it starts one of his own: `ownServer`. */
  readonly server: TestServer;
}

interface Owned {
  /** A server for this test alone, which it may stop, kill and restart. */
  readonly ownServer: TestServer;
}

export const test = base.extend<PerTest & Owned, PerWorker>({
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern to know what is needed
    async ({}, use) => {
      const server = await TestServer.start();
      await use(server);
      await server.dispose();
    },
    { scope: 'worker' },
  ],

  // biome-ignore lint/correctness/noEmptyPattern: as above
  ownServer: async ({}, use) => {
    const server = await TestServer.start();
    await use(server);
    await server.dispose();
  },

  session: async ({ server }, use) => {
    await use(await createSession(server));
  },

  join: async ({ browser, server, session }, use) => {
    const contexts: { close(): Promise<void> }[] = [];
    await use(async (role = 'editor', options = {}) => {
      const context = await browser.newContext({ ignoreHTTPSErrors: true });
      contexts.push(context);
      const page = await context.newPage();
      if (options.headset !== undefined) await installHeadset(page, options.headset);
      await openSession(page, server, session, role, options);
      return page;
    });
    for (const context of contexts) await context.close();
  },
});

export { expect } from '@playwright/test';
