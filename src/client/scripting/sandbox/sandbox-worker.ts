/**
 * Where scripts run: a worker in the sandboxed frame, so that one that never ends can be ended, and the
 * page goes on meanwhile. It is built into one text (scripts/lib/bundled-text-plugin.mjs).
 */
import { serveScripts } from './serve-scripts.ts';

addEventListener(
  'message',
  ({ ports: [port] }) => {
    if (port === undefined) return;
    const server = serveScripts(port);
    addEventListener('error', (event) => {
      event.preventDefault();
      server.report(event.error ?? new Error(event.message));
    });
    addEventListener('unhandledrejection', (event) => {
      event.preventDefault();
      server.report(event.reason);
    });
  },
  { once: true },
);
