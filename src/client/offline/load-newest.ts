import { SKIP_WAITING } from './names.ts';

/** Loads the page anew with the release of a service worker that waits. */
export function takeOver(waiting: ServiceWorker): void {
  navigator.serviceWorker.addEventListener('controllerchange', () => location.reload());
  waiting.postMessage(SKIP_WAITING);
}

/** Loads the page anew, in the newest release there is: the one kept here, else what the server has. */
export async function loadNewest(): Promise<void> {
  const kept = await navigator.serviceWorker?.getRegistration();
  if (kept?.waiting) takeOver(kept.waiting);
  else location.reload();
}
