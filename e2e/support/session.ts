import { expect, type Page } from '@playwright/test';
import type { HeadsetOptions } from './headset.ts';
import type { TestServer } from './server.ts';
import './theta-window.ts';

export type Role = 'viewer' | 'editor' | 'admin';

export interface CreatedSession {
  readonly sessionId: string;
  /** Paths with the token in their fragments. */
  readonly links: Readonly<Record<Role, string>>;
}

export interface OpenOptions {
  /** The page's parameters, e.g. `{ transport: 'websocket' }`. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Which of the server's origins the page comes from; plain HTTP on loopback unless told. */
  readonly origin?: string;
  /** On an emulated headset's browser. */
  readonly headset?: HeadsetOptions;
}

/** Connecting loads the editor, and a software renderer draws its first frame meanwhile. */
const CONNECT_TIMEOUT_MS = 30_000;

/** Makes a session as a script would: over HTTP. */
export async function createSession(server: TestServer): Promise<CreatedSession> {
  const response = await fetch(`${server.httpUrl}/api/sessions`, {
    method: 'POST',
    headers: { Origin: server.httpUrl },
  });
  expect(response.status, 'POST /api/sessions').toBe(201);
  return (await response.json()) as CreatedSession;
}

/** Opens a session's link of a role, and waits until the page is connected. */
export async function openSession(
  page: Page,
  server: TestServer,
  session: CreatedSession,
  role: Role = 'editor',
  { parameters = {}, origin = server.httpUrl }: OpenOptions = {},
): Promise<void> {
  const url = new URL(session.links[role], origin);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  await page.goto(url.href);
  await waitUntilConnected(page);
}

/** Waits until the page has its snapshot and has caught up, and its panels are there to be used. */
export async function waitUntilConnected(page: Page): Promise<void> {
  await expect
    .poll(() => page.evaluate(() => ('theta' in window ? window.theta.session.status : 'absent')), {
      timeout: CONNECT_TIMEOUT_MS,
    })
    .toBe('connected');
  await expect(page.getByRole('contentinfo')).toBeVisible({ timeout: CONNECT_TIMEOUT_MS });
}
