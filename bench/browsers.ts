import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from '@playwright/test';
import { TestServer } from '../e2e/support/server.ts';
import { createSession } from '../e2e/support/session.ts';
import '../e2e/support/theta-window.ts';
import { findChromium } from '../scripts/lib/chromium.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** Small: what is measured is not the software renderer. */
const VIEWPORT = { width: 480, height: 320 };
const JOIN_TIMEOUT_MS = 60_000;
const ARGUMENTS = [
  '--no-sandbox',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
];

/** The real server with one session, and browsers to open it in. */
export interface Stage {
  readonly editorLink: string;
  /** A person's page, in the session: storage of its own, a small window. */
  join(): Promise<Page>;
  /** An empty page of another browser, which the caller closes. */
  another(): Promise<Page>;
  dispose(): Promise<void>;
}

export async function openStage(): Promise<Stage> {
  const server = await TestServer.start();
  const browser = await launch();
  const { links } = await createSession(server);
  const link = new URL(links.editor, server.httpUrl);
  link.searchParams.set('renderer', 'webgl');
  const blank = async (from: Browser): Promise<Page> => {
    const context = await from.newContext({ viewport: VIEWPORT });
    return context.newPage();
  };
  return {
    editorLink: link.href,
    another: async () => blank(await launch()),
    async join() {
      const page = await blank(browser);
      await page.goto(link.href);
      await untilConnected(page);
      return page;
    },
    async dispose() {
      await browser.close();
      await server.dispose();
    },
  };
}

export async function untilConnected(page: Page): Promise<void> {
  await page.waitForFunction(() => window.theta?.session.status === 'connected', null, {
    timeout: JOIN_TIMEOUT_MS,
  });
}

async function launch(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM ?? findChromium(ROOT);
  return chromium.launch({ args: ARGUMENTS, ...(executablePath && { executablePath }) });
}
