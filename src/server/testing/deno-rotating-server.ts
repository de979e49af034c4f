import { Hono } from 'hono';
import { SecurePort } from '../deno-secure-port.ts';
import type { AppEnv } from '../http/request-context.ts';
import { createSelfSigned } from '../tls/certificate.ts';
import { listenWebTransport } from '../webtransport/deno-listener.ts';

/**
 * A secure port that takes another certificate at every line of input, and prints a line of JSON,
 * `{ port, hash }`, when it listens with it. Ends with its input.
 */
const print = (port: number, hash: string): void => console.log(JSON.stringify({ port, hash }));

const first = await createSelfSigned([], Date.now());
const secure = await SecurePort.open(
  {
    host: '127.0.0.1',
    port: 0,
    app: new Hono<AppEnv>().get('/', (c) => c.text('here')),
    listenForTransports({ hostname, port, certificate }) {
      const listener = listenWebTransport({
        hostname,
        port,
        cert: certificate.certPem,
        key: certificate.keyPem,
        accept: () => ({ status: 200 }),
        onSession: (transport) => transport.close(),
      });
      return {
        port: listener.port,
        rotateCertificate: ({ certPem, keyPem }) =>
          listener.rotateCertificate({ cert: certPem, key: keyPem }),
        close: () => listener.close(),
      };
    },
  },
  first,
);
print(secure.port, first.hash);
for await (const _ of Deno.stdin.readable) {
  const next = await createSelfSigned([], Date.now());
  await secure.replaceCertificate(next, 1000);
  print(secure.port, next.hash);
}
await secure.close(1000);
