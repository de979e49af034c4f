import { WITHOUT } from './names.ts';

/**
 * `?without=service-worker`: takes away the service worker and the page it kept, in case either is
 * broken, and loads the page from the server. Edits and what one last knew stay.
 * @param address the page's
 */
export async function dropKeptPage(address: URL): Promise<void> {
  if ('serviceWorker' in navigator) {
    const registrations = await navigator.serviceWorker.getRegistrations();
    await Promise.all(registrations.map((each) => each.unregister()));
    const names = (await caches.keys()).filter((name) => name.startsWith('workbox-'));
    await Promise.all(names.map((name) => caches.delete(name)));
  }
  address.searchParams.delete(WITHOUT);
  location.replace(address.href);
}
