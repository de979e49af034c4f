/**
 * T4: keeps the page in the browser, so that it opens while the server is away. It holds one release
 * whole: a page goes on with the parts it was loaded with until it is closed or asks for the next.
 */
import { clientsClaim } from 'workbox-core';
import {
  cleanupOutdatedCaches,
  matchPrecache,
  type PrecacheEntry,
  precacheAndRoute,
} from 'workbox-precaching';
import { registerRoute } from 'workbox-routing';
import { SKIP_WAITING, WITHOUT } from './names.ts';

/** The files of this release: filled in when it is built (scripts/lib/service-worker-plugin.mjs). */
declare const THETA_RELEASE: readonly PrecacheEntry[];
/** Of the scope that service workers run in. */
declare function skipWaiting(): Promise<void>;

/** A network that is slower than this to answer is as good as none. */
const PATIENCE_MS = 3000;

precacheAndRoute([...THETA_RELEASE]);
cleanupOutdatedCaches();
clientsClaim();
addEventListener('message', ({ data }) => {
  if (data === SKIP_WAITING) void skipWaiting();
});
registerRoute(
  ({ request, url }) =>
    request.mode === 'navigate' &&
    (url.pathname === '/' || url.pathname.startsWith('/s/')) &&
    !url.searchParams.has(WITHOUT),
  ({ request }) => page(request),
);

/** The page as the server has it, else as it was kept. */
async function page(request: Request): Promise<Response> {
  try {
    const response = await fetch(request, { signal: AbortSignal.timeout(PATIENCE_MS) });
    // Whoever stands before a server that is away says so in its place.
    if (response.status < 500) return response;
  } catch (thrown) {
    if (!(thrown instanceof Error)) throw thrown;
  }
  return (await matchPrecache('/')) ?? fetch(request);
}
