import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer as createTcpServer } from 'node:net';
import { join } from 'node:path';

/** What the session server answers, and not the page's development server. */
const PROXIED = ['/api', '/blobs', '/healthz', '/metrics'];

/**
 * Serves the page from its sources, with hot reload, passing calls on to the session server at
 * `httpPort`. WebTransport goes straight there: `/api/transport` names its port.
 * @returns where the page is, and how to stop
 */
export async function startDevPage(root, httpPort) {
  if (!existsSync(join(root, 'index.html')))
    throw new Error('There is no page to serve: index.html is missing.');
  const { createServer } = await import('vite');
  const target = `http://localhost:${httpPort}`;
  const proxy = Object.fromEntries(PROXIED.map((path) => [path, { target, ws: path === '/api' }]));
  const server = await createServer({ root, server: { proxy } });
  await server.listen();
  const { port } = server.httpServer.address();
  return { origin: `http://localhost:${port}`, close: () => server.close() };
}

/** A TCP port that is free now, for when the operator leaves the choice to the system. */
export async function freePort() {
  const server = createTcpServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
