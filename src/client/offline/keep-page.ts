import { takeOver } from './load-newest.ts';

/** A newer release is here, whole; `use` loads the page anew with it. */
export type OnNewer = (use: () => void) => void;

/**
 * Has the service worker keep this page for when the server is away, and tells of newer releases.
 * Where a browser will not (an unknown certificate, storage that is full), the page works without.
 *
 * @returns asks the server for a newer release
 */
export function keepPage(onNewer: OnNewer): () => void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return () => undefined;
  let registered: ServiceWorkerRegistration | undefined;
  navigator.serviceWorker
    .register('/sw.js', { updateViaCache: 'none' })
    .then((registration) => {
      registered = registration;
      follow(registration, onNewer);
    })
    .catch(() => undefined);
  return () => {
    registered?.update().catch(() => undefined);
  };
}

function follow(registration: ServiceWorkerRegistration, onNewer: OnNewer): void {
  const look = (): void => {
    const { waiting } = registration;
    // The first one of all waits for nobody.
    if (waiting && navigator.serviceWorker.controller) onNewer(() => takeOver(waiting));
  };
  registration.addEventListener('updatefound', () => {
    registration.installing?.addEventListener('statechange', look);
  });
  look();
}
