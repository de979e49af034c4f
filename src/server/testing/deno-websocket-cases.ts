import assert from 'node:assert/strict';
import { Hono } from 'hono';
import { systemClock } from '../../shared/clock.ts';
import { Metrics } from '../../telemetry/prometheus.ts';
import { CHANNEL_LIMITS } from '../../transport/channel-carrier.ts';
import type { TransportPair } from '../../transport/contract-cases.ts';
import { deferred } from '../../transport/deferred.ts';
import {
  type CloseInfo,
  type IncomingRequest,
  TRANSPORT_LIMITS,
  type Transport,
} from '../../transport/transport.ts';
import { connectWebSocket } from '../../transport/websocket.ts';
import { type HttpListener, listenHttp } from '../deno-http-listener.ts';
import { WEBSOCKET_LIMITS, webSocketsFor } from '../deno-websocket.ts';
import { forwardedAddress } from '../http/forwarded.ts';
import { OriginPolicy } from '../http/origins.ts';
import type { AppEnv } from '../http/request-context.ts';
import { contractRuns, type NamedRun, runCases } from './case-runner.ts';
import { TcpRelay } from './tcp-relay.ts';

/* Real WebSockets, both ends in Deno. Arguments: parts of names to select. */

const PUBLIC_ORIGIN = 'https://theta.example';

interface Arrival {
  readonly transport: Transport;
  readonly request: IncomingRequest;
}

interface Fixture {
  readonly listener: HttpListener;
  readonly metrics: Metrics;
  nextArrival(): Promise<Arrival>;
}

function listen(isOn = true): Fixture {
  const metrics = new Metrics();
  const arrived: Arrival[] = [];
  const waiting: ((arrival: Arrival) => void)[] = [];
  const rooms = {
    acceptTransport(transport: Transport, request: IncomingRequest) {
      const waiter = waiting.shift();
      if (waiter) waiter({ transport, request });
      else arrived.push({ transport, request });
    },
  };
  const origins = new OriginPolicy({
    ports: () => ({ httpPort: listener.port, httpsPort: 0 }),
    publicOrigin: PUBLIC_ORIGIN,
    names: () => [],
    addresses: () => [],
  });
  const upgrade = webSocketsFor(rooms, { origins, isOn }, { metrics, clock: systemClock });
  const app = new Hono<AppEnv>()
    .get('/address', (c) => c.text(c.env.remoteAddress))
    .get('*', (c) => c.text('the page'));
  const addressOf = forwardedAddress(PUBLIC_ORIGIN, () => ({
    httpPort: listener.port,
    httpsPort: 0,
  }));
  const listener = listenHttp({ hostname: '127.0.0.1', port: 0, app, upgrade, addressOf });
  return {
    listener,
    metrics,
    nextArrival: () => {
      const arrival = arrived.shift();
      return arrival ? Promise.resolve(arrival) : new Promise((resolve) => waiting.push(resolve));
    },
  };
}

async function startPair(): Promise<TransportPair> {
  const { listener, nextArrival } = listen();
  const relay = await TcpRelay.open(listener.port);
  const [client, { transport: server }] = await Promise.all([
    connectWebSocket(`ws://127.0.0.1:${relay.port}/ws`),
    nextArrival(),
  ]);
  let isCut = false;
  const cut = (): void => {
    if (!isCut) relay.cut();
    isCut = true;
  };
  return {
    client,
    server,
    advance: () => new Promise((resolve) => setTimeout(resolve, 2)),
    cut,
    dispose: async () => {
      client.close();
      cut();
      await listener.close(0);
    },
  };
}

/** The status line's number that a request for a WebSocket gets. */
async function statusFor(
  port: number,
  headers: Readonly<Record<string, string>>,
  path = '/ws',
): Promise<number> {
  const conn = await Deno.connect({ hostname: '127.0.0.1', port });
  const sent = {
    Host: `127.0.0.1:${port}`,
    Connection: 'Upgrade',
    Upgrade: 'websocket',
    'Sec-WebSocket-Version': '13',
    'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
    ...headers,
  };
  const lines = Object.entries(sent).map(([name, value]) => `${name}: ${value}\r\n`);
  await conn.write(new TextEncoder().encode(`GET ${path} HTTP/1.1\r\n${lines.join('')}\r\n`));
  const answer = new Uint8Array(1024);
  const read = (await conn.read(answer)) ?? 0;
  conn.close();
  return Number(new TextDecoder().decode(answer.subarray(0, read)).split(' ')[1]);
}

async function withListener(isOn: boolean, body: (fixture: Fixture) => Promise<void>) {
  const fixture = listen(isOn);
  try {
    await body(fixture);
  } finally {
    await fixture.listener.close(0);
  }
}

function closed(transport: Transport): Promise<CloseInfo> {
  const { promise, resolve } = deferred<CloseInfo>();
  transport.onClose = resolve;
  return promise;
}

const CASES: readonly NamedRun[] = [
  {
    name: 'S6: takes a page of this server, a proxy of it and no browser; no other page',
    run: () =>
      withListener(true, async ({ listener: { port }, metrics }) => {
        assert.equal(await statusFor(port, { Origin: `http://127.0.0.1:${port}` }), 101);
        assert.equal(await statusFor(port, {}), 101);
        const proxied = { Host: 'theta.example', Origin: 'https://theta.example' };
        assert.equal(await statusFor(port, proxied), 101);
        assert.equal(await statusFor(port, { Origin: 'https://evil.example' }), 403);
        const rebound = { Host: 'evil.example', Origin: 'http://evil.example' };
        assert.equal(await statusFor(port, rebound), 403);
        const text = await metrics.text();
        assert.match(text, /theta_websocket_refusals_total\{reason="origin"\} 1/);
        assert.match(text, /theta_websocket_refusals_total\{reason="host"\} 1/);
      }),
  },
  {
    name: 'S5: refuses what is no proper request, and leaves other paths to HTTP',
    run: () =>
      withListener(true, async ({ listener: { port } }) => {
        assert.equal(await statusFor(port, { Upgrade: 'carrier-pigeon' }), 400);
        assert.equal(await statusFor(port, {}, '/ws/more'), 200);
      }),
  },
  {
    name: 'S3: counts those behind a proxy apart, over HTTP and WebSockets',
    run: () =>
      withListener(true, async ({ listener: { port }, nextArrival }) => {
        const headers = { 'X-Forwarded-For': '198.51.100.1, 203.0.113.9' };
        const answer = await fetch(`http://127.0.0.1:${port}/address`, { headers });
        assert.equal(await answer.text(), '203.0.113.9');
        assert.equal(await statusFor(port, headers), 101);
        assert.equal((await nextArrival()).request.remoteAddress, '203.0.113.9');
      }),
  },
  {
    name: 'T2: refuses all when the operator has switched it off',
    run: () =>
      withListener(false, async ({ listener: { port } }) => {
        assert.equal(await statusFor(port, {}), 403);
        const refused = connectWebSocket(`ws://127.0.0.1:${port}/ws`);
        await assert.rejects(refused, { code: 'connect-failed' });
      }),
  },
  {
    name: 'S5: ends at a text message, and says which rule it broke',
    run: () =>
      withListener(true, async ({ listener: { port }, nextArrival }) => {
        const socket = new WebSocket(`ws://127.0.0.1:${port}/ws`);
        socket.onopen = () => socket.send('hello');
        const { transport, request } = await nextArrival();
        assert.equal(request.path, '/ws');
        assert.match(request.remoteAddress, /^127\.0\.0\.1$/);
        assert.equal((await closed(transport)).fault, 'channel-malformed');
      }),
  },
  {
    name: 'S3: a peer that takes nothing in is sent a window, and holds up no other',
    run: () =>
      withListener(true, async ({ listener: { port }, nextArrival }) => {
        const stuck = new WebSocket(`ws://127.0.0.1:${port}/ws`);
        stuck.binaryType = 'arraybuffer';
        const arrived: Uint8Array[] = [];
        const windowSent = deferred();
        const body = (): number => arrived.reduce((sum, { length }) => sum + length - 1, 0);
        stuck.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => {
          arrived.push(new Uint8Array(data));
          if (body() >= CHANNEL_LIMITS.windowBytes) windowSent.resolve();
        };
        const { transport: server } = await nextArrival();
        while (server.send('reliable', new Uint8Array(64 * 1024)));
        assert.ok(server.bufferedBytes('reliable') <= TRANSPORT_LIMITS.maxBufferedBytes);
        await windowSent.promise;
        const other = await connectWebSocket(`ws://127.0.0.1:${port}/ws`);
        const heard = deferred<Uint8Array>();
        other.onMessage = (_, message) => heard.resolve(message);
        (await nextArrival()).transport.send('reliable', Uint8Array.of(7));
        assert.deepEqual(await heard.promise, Uint8Array.of(7));
        assert.equal(body(), CHANNEL_LIMITS.windowBytes);
        other.close();
        stuck.close();
      }),
  },
  {
    name: 'S3: takes so many connections of one address, and another when one has gone',
    run: () =>
      withListener(true, async ({ listener: { port }, nextArrival, metrics }) => {
        const url = `ws://127.0.0.1:${port}/ws`;
        const { maxConnectionsPerAddress } = WEBSOCKET_LIMITS;
        const all = await Promise.all(
          Array.from({ length: maxConnectionsPerAddress }, () => connectWebSocket(url)),
        );
        const first = await nextArrival();
        const over = await connectWebSocket(url);
        assert.equal((await closed(over)).clean, false);
        assert.match(await metrics.text(), /refusals_total\{reason="too-many"\} 1/);
        const gone = closed(first.transport);
        for (const transport of all) transport.close();
        await gone;
        const open = async (): Promise<string> =>
          /theta_websocket_connections (\d+)/.exec(await metrics.text())?.[1] ?? '';
        while ((await open()) !== '0') await new Promise((resolve) => setTimeout(resolve, 5));
        const next = await connectWebSocket(url);
        next.send('reliable', Uint8Array.of(1));
        next.close();
        assert.equal((await closed(next)).clean, true);
      }),
  },
];

await runCases([...contractRuns(startPair), ...CASES]);
