import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from '@playwright/test';
import { TestServer } from '../e2e/support/server.ts';
import { createSession } from '../e2e/support/session.ts';
import '../e2e/support/theta-window.ts';
import { findChromium } from '../scripts/lib/chromium.mjs';
import { buildPageIfStale } from '../scripts/lib/page-build.mjs';

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
  /**
   * A person's page, in the session: storage of its own, a small window.
   * @param before is given the page before it is opened
   */
  join(before?: (page: Page) => void): Promise<Page>;
  /** An empty page of another browser, which ends with the stage unless it is closed before. */
  another(): Promise<Page>;
  /** Ends every browser and the server: a browser left running would keep this process from its end. */
  dispose(): Promise<void>;
}

/** @param parameters of the page, beside its renderer, e.g. `{ transport: 'websocket' }` */
export async function openStage(parameters: Readonly<Record<string, string>> = {}): Promise<Stage> {
  await buildPageIfStale(ROOT);
  const server = await TestServer.start();
  const browsers: Browser[] = [];
  const launchAnother = async (): Promise<Browser> => {
    const browser = await launch();
    browsers.push(browser);
    return browser;
  };
  const browser = await launchAnother();
  const { links } = await createSession(server);
  const link = new URL(links.editor, server.httpUrl);
  link.searchParams.set('renderer', 'webgl');
  for (const [name, value] of Object.entries(parameters)) link.searchParams.set(name, value);
  const blank = async (from: Browser): Promise<Page> => {
    const context = await from.newContext({ viewport: VIEWPORT });
    // tsx names inner functions by a helper that functions sent to a page would miss.
    await context.addInitScript('globalThis.__name ??= (named) => named');
    return context.newPage();
  };
  return {
    editorLink: link.href,
    another: async () => blank(await launchAnother()),
    async join(before) {
      const page = await blank(browser);
      before?.(page);
      await page.goto(link.href);
      await untilConnected(page);
      return page;
    },
    async dispose() {
      await Promise.all(browsers.map((each) => each.close()));
      await server.dispose();
    },
  };
}

/** Moves a page's pointer over its view, round a circle; `turn` says where on it. */
export async function circlePointer(page: Page, turn: number): Promise<void> {
  const box = await page.locator('main canvas').first().boundingBox();
  if (box === null) throw new Error('The page has no view.');
  const radius = Math.min(box.width, box.height) / 4;
  const x = box.x + box.width / 2 + radius * Math.cos(turn / 4);
  const y = box.y + box.height / 2 + radius * Math.sin(turn / 4);
  await page.mouse.move(x, y);
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
