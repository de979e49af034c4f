import { toBase64Url } from '../../../shared/bytes.ts';
import { startListener } from './deno-fixture.ts';

/*
 * A server for tests and benchmarks in other processes: returns every message on its lane, closes
 * with code 4001 on the word "close me", and prints a line of JSON for each thing that happens.
 */

/** What the server prints. */
export type EchoEvent =
  | { readonly kind: 'listening'; readonly port: number; readonly hash: string }
  | { readonly kind: 'opened'; readonly path: string; readonly origin: string | undefined }
  | {
      readonly kind: 'closed';
      readonly code: number;
      readonly reason: string;
      readonly clean: boolean;
    };

const CLOSE_REQUEST = 'close me';

function print(event: EchoEvent): void {
  console.log(JSON.stringify(event));
}

const { listener, hash } = await startListener({
  limits: { maxIdleMs: 2_000, keepAliveMs: 500 },
  accept: ({ path }) =>
    path.startsWith('/wt') ? { status: 200 } : { status: 404, reason: 'no such path' },
  onSession: (transport, { path, origin }) => {
    print({ kind: 'opened', path, origin });
    transport.onMessage = (lane, message) => {
      if (new TextDecoder().decode(message) === CLOSE_REQUEST) transport.close(4001, 'as you wish');
      else transport.send(lane, message);
    };
    transport.onClose = (info) => print({ kind: 'closed', ...info });
  },
});
print({ kind: 'listening', port: listener.port, hash: toBase64Url(hash) });
