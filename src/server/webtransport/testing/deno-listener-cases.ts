import assert from 'node:assert/strict';
import type { CloseInfo, IncomingRequest, Transport } from '../../../transport/transport.ts';
import { connectWebTransport } from '../../../transport/webtransport.ts';
import { type ListenerFixture, startListener, testCertificate } from './deno-fixture.ts';

/** What only real QUIC can show of the listener. */
export interface ListenerCase {
  readonly name: string;
  run(): Promise<void>;
}

const GRACE_MS = 500;

async function withListener(
  options: Parameters<typeof startListener>[0],
  body: (fixture: ListenerFixture) => Promise<void>,
): Promise<void> {
  const fixture = await startListener(options);
  try {
    await body(fixture);
  } finally {
    await fixture.listener.close(0, '', GRACE_MS);
  }
}

function connect({ url, hash }: ListenerFixture): Promise<Transport> {
  return connectWebTransport(url, { certificateHashes: [hash], farewellTimeoutMs: 300 });
}

function closed(transport: Transport): Promise<CloseInfo> {
  return new Promise((resolve) => {
    transport.onClose = resolve;
  });
}

async function eventually(what: string, holds: () => boolean): Promise<void> {
  const deadline = performance.now() + 5_000;
  while (!holds()) {
    assert.ok(performance.now() < deadline, `waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

async function refusesByPath(): Promise<void> {
  const asked: IncomingRequest[] = [];
  const accept = (request: IncomingRequest) => {
    asked.push(request);
    return { status: 403, reason: 'not here' } as const;
  };
  await withListener({ accept }, async (fixture) => {
    await assert.rejects(connect(fixture), { code: 'connect-failed' });
    assert.equal(asked.length, 1);
    assert.equal(asked[0]!.path, '/wt');
    assert.match(asked[0]!.remoteAddress, /^(127\.0\.0\.1|::1)$/);
    assert.equal(fixture.listener.sessionCount, 0);
  });
}

async function timesOut(): Promise<void> {
  const socket = Deno.listenDatagram({ transport: 'udp', hostname: '127.0.0.1', port: 0 });
  const { port } = socket.addr as Deno.NetAddr;
  const startedAt = performance.now();
  const connecting = connectWebTransport(`https://127.0.0.1:${port}/`, { timeoutMs: 200 });
  await assert.rejects(connecting, { code: 'connect-timeout' });
  assert.ok(performance.now() - startedAt < 2_000);
  socket.close();
}

/** More sessions, one after the other, than a connection or the listener may hold at once. */
async function freesSessions(): Promise<void> {
  const limits = { maxConnections: 8, lingerMs: 1, maxIdleMs: 2_000 };
  await withListener({ limits }, async (fixture) => {
    for (let i = 0; i < 40; i++) {
      const transport = await connect(fixture);
      const { transport: server } = await fixture.nextSession();
      const ends = [closed(transport), closed(server)];
      transport.close(0, 'next');
      await Promise.all(ends);
      await eventually('room', () => fixture.listener.connectionCount < limits.maxConnections);
    }
    await eventually('all to be freed', () => fixture.listener.connectionCount === 0);
    assert.equal(fixture.listener.sessionCount, 0);
  });
}

async function limitsAddresses(): Promise<void> {
  await withListener({ limits: { maxConnectionsPerAddress: 2 } }, async (fixture) => {
    const kept = [await connect(fixture), await connect(fixture)];
    await assert.rejects(connect(fixture), { code: 'connect-failed' });
    for (const transport of kept) transport.close();
  });
}

async function rotates(): Promise<void> {
  await withListener({}, async (fixture) => {
    const before = await connect(fixture);
    const { transport: server } = await fixture.nextSession();
    const { cert, key, hash } = await testCertificate();
    fixture.listener.rotateCertificate({ cert, key });
    const after = await connect({ ...fixture, hash });
    await assert.rejects(connect(fixture), { code: 'connect-failed' });
    const arrived = new Promise((resolve) => {
      server.onMessage = resolve;
    });
    before.send('reliable', Uint8Array.of(1));
    await arrived;
    before.close();
    after.close();
  });
}

async function shutsDown(): Promise<void> {
  await withListener({}, async (fixture) => {
    const transports = await Promise.all([connect(fixture), connect(fixture), connect(fixture)]);
    for (const _ of transports) await fixture.nextSession();
    const ends = transports.map(closed);
    await fixture.listener.close(4010, 'down for an update', GRACE_MS);
    const told = { code: 4010, reason: 'down for an update', clean: true };
    assert.deepEqual(await Promise.all(ends), [told, told, told]);
  });
}

/** A peer that speaks HTTP/3 well enough to get in, then reads nothing (CVE-2026-21435). */
async function boundsSlowReaders(): Promise<void> {
  await withListener({}, async (fixture) => {
    const session = new WebTransport(fixture.url, {
      serverCertificateHashes: [{ algorithm: 'sha-256', value: fixture.hash }],
    });
    session.closed.catch(() => undefined);
    await session.ready;
    const unread: ReadableStream[] = [];
    for (const tag of [0, 1]) {
      const { readable, writable } = await session.createBidirectionalStream();
      await writable.getWriter().write(Uint8Array.of(tag));
      unread.push(readable);
    }
    const { transport } = await fixture.nextSession();
    const chunk = new Uint8Array(64 * 1024);
    let sent = 0;
    for (let turn = 0; turn < 500; turn++) {
      while (transport.send('reliable', chunk)) sent += chunk.length;
      await new Promise((resolve) => setTimeout(resolve, 0));
    }
    assert.ok(transport.bufferedBytes('reliable') > 0, 'it is stuck');
    assert.ok(sent < 24 * 1024 * 1024, `took ${sent} bytes for a peer that reads none`);
    assert.equal(unread.length, 2, 'kept, or the runtime would stop them');
    session.close();
  });
}

/** Raw QUIC that breaks the rules: the connection ends with the named refusal, others go on. */
async function refusesGarbage(): Promise<void> {
  const refusals: string[] = [];
  const onRefusal = (code: string) => refusals.push(code);
  await withListener({ onRefusal }, async (fixture) => {
    const bystander = await connect(fixture);
    const { transport: server } = await fixture.nextSession();
    for (const bytes of [
      [0x01, 0x80, 0x10, 0, 0],
      [0x00, 0x01, 0xff],
      [0x40, 0x41, 0x03],
      [0x02, 0x00],
    ]) {
      const conn = await rawConnection(fixture);
      const stream = await conn.createBidirectionalStream();
      const writer = stream.writable.getWriter();
      await writer.write(Uint8Array.from(bytes));
      await conn.closed;
    }
    assert.deepEqual(refusals, [
      'frame-too-large',
      'frame-unexpected',
      'session-id-invalid',
      'frame-unexpected',
    ]);
    const arrived = new Promise((resolve) => {
      server.onMessage = resolve;
    });
    bystander.send('reliable', Uint8Array.of(1));
    await arrived;
    bystander.close();
  });
}

/** Deno's QUIC client takes certificate hashes too, though its types do not say so. */
function rawConnection({ listener, hash }: ListenerFixture): Promise<Deno.QuicConn> {
  const options = {
    hostname: '127.0.0.1',
    port: listener.port,
    alpnProtocols: ['h3'],
    serverCertificateHashes: [{ algorithm: 'sha-256', value: hash }],
  };
  return Deno.connectQuic<false>(options);
}

async function dropsIdleConnections(): Promise<void> {
  await withListener({ limits: { handshakeTimeoutMs: 200 } }, async (fixture) => {
    const conn = await rawConnection(fixture);
    await conn.closed;
    await eventually('the connection to be freed', () => fixture.listener.connectionCount === 0);
  });
}

export const LISTENER_CASES: readonly ListenerCase[] = [
  { name: 'S6: a request is refused by its path or origin', run: refusesByPath },
  { name: 'T2: a port that does not answer times out', run: timesOut },
  { name: 'S3: ended sessions are freed (CVE-2026-21438)', run: freesSessions },
  { name: 'S3: one address gets so many connections', run: limitsAddresses },
  { name: 'S3: a peer that reads nothing costs bounded memory', run: boundsSlowReaders },
  { name: 'S3: a connection without a session is dropped', run: dropsIdleConnections },
  { name: 'S5: a peer that breaks the rules ends alone', run: refusesGarbage },
  { name: 'a new certificate serves new connections, old ones go on', run: rotates },
  { name: `T4: closing tells every session, within ${GRACE_MS} ms`, run: shutsDown },
];
