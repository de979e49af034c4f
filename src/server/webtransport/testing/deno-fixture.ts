import { fromBase64Url } from '../../../shared/bytes.ts';
import type { TransportPair } from '../../../transport/contract-cases.ts';
import type { IncomingRequest, Transport } from '../../../transport/transport.ts';
import { connectWebTransport } from '../../../transport/webtransport.ts';
import { createSelfSigned } from '../../tls/certificate.ts';
import {
  listenWebTransport,
  type WebTransportListener,
  type WebTransportListenOptions,
} from '../deno-listener.ts';
import { UdpRelay } from './deno-udp-relay.ts';

/** What a test of the listener has at hand. */
export interface ListenerFixture {
  readonly listener: WebTransportListener;
  readonly hash: Uint8Array<ArrayBuffer>;
  readonly url: string;
  /** Sessions in the order of their opening, as a queue. */
  nextSession(): Promise<{ transport: Transport; request: IncomingRequest }>;
}

export async function testCertificate(): Promise<{
  cert: string;
  key: string;
  hash: Uint8Array<ArrayBuffer>;
}> {
  const { certPem, keyPem, hash } = await createSelfSigned([], Date.now());
  const unpadded = hash.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  return { cert: certPem, key: keyPem, hash: fromBase64Url(unpadded)! };
}

/** A listener on a free port that accepts everything unless `options` say otherwise. */
export async function startListener(
  options: Partial<WebTransportListenOptions> = {},
): Promise<ListenerFixture> {
  const { cert, key, hash } = await testCertificate();
  const arrived: { transport: Transport; request: IncomingRequest }[] = [];
  const waiting: ((session: { transport: Transport; request: IncomingRequest }) => void)[] = [];
  const listener = listenWebTransport({
    port: 0,
    cert,
    key,
    accept: () => ({ status: 200 }),
    onSession: (transport, request) => {
      const waiter = waiting.shift();
      if (waiter) waiter({ transport, request });
      else arrived.push({ transport, request });
    },
    ...options,
  });
  return {
    listener,
    hash,
    url: `https://127.0.0.1:${listener.port}/wt`,
    nextSession: () => {
      const session = arrived.shift();
      return session ? Promise.resolve(session) : new Promise((resolve) => waiting.push(resolve));
    },
  };
}

/** A connected pair over real QUIC on loopback, through a relay that can be cut. */
export async function startPair(): Promise<TransportPair> {
  const fixture = await startListener({ limits: { maxIdleMs: 1_000, keepAliveMs: 200 } });
  const relay = new UdpRelay(fixture.listener.port);
  const [client, { transport: server }] = await Promise.all([
    connectWebTransport(`https://127.0.0.1:${relay.port}/wt`, {
      certificateHashes: [fixture.hash],
    }),
    fixture.nextSession(),
  ]);
  return {
    client,
    server,
    advance: () => new Promise((resolve) => setTimeout(resolve, 2)),
    cut: () => relay.cut(),
    dispose: async () => {
      client.close();
      await fixture.listener.close();
      relay.close();
    },
  };
}
