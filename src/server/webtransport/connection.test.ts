import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { concatBytes, fromHex, toHex } from '../../shared/bytes.ts';
import { encodeMessage } from '../../transport/framing.ts';
import type { CloseInfo, IncomingRequest, Transport } from '../../transport/transport.ts';
import { LOST } from '../../transport/transport.ts';
import { encodeVarint } from '../../transport/varint.ts';
import { encodeCloseCapsule } from './capsules.ts';
import { type Acceptance, WebTransportConnection } from './connection.ts';
import { H3_CODE } from './h3-errors.ts';
import { encodeFrame, encodeGoaway, FRAME } from './h3-frames.ts';
import { WEBTRANSPORT_LIMITS } from './limits.ts';
import { encodeFields } from './qpack.ts';
import { encodeSettings, SETTING } from './settings.ts';
import { FakeQuic } from './testing/fake-quic.ts';

const hex = (text: string) => fromHex(text)!;
const CONTROL = [
  Uint8Array.of(0),
  encodeFrame(FRAME.settings, encodeSettings(new Map([[SETTING.h3Datagram, 1]]))),
];
const CONNECT = encodeFrame(
  FRAME.headers,
  encodeFields([
    { name: ':method', value: 'CONNECT' },
    { name: ':scheme', value: 'https' },
    { name: ':authority', value: 'theta.test' },
    { name: ':path', value: '/wt?a=b' },
    { name: ':protocol', value: 'webtransport' },
    { name: 'origin', value: 'https://theta.test' },
  ]),
);
const status = (code: number): string =>
  toHex(encodeFrame(FRAME.headers, encodeFields([{ name: ':status', value: String(code) }])));
const lane = (session: number, tag: number): Uint8Array =>
  concatBytes(hex('4041'), encodeVarint(session), Uint8Array.of(tag));
const closing = (code: number, reason: string): Uint8Array =>
  encodeFrame(FRAME.data, encodeCloseCapsule({ code, reason }));

/** Streams of this process need a few turns of the event loop, and no time. */
async function settle(): Promise<void> {
  await vi.advanceTimersByTimeAsync(0);
  for (let i = 0; i < 60; i++) await Promise.resolve();
}

function serve(acceptance: Acceptance = { status: 200 }) {
  const quic = new FakeQuic();
  const transports: Transport[] = [];
  const requests: IncomingRequest[] = [];
  const closes: CloseInfo[] = [];
  const messages: string[] = [];
  const refusals: string[] = [];
  const connection = new WebTransportConnection(quic, {
    accept: (request) => {
      requests.push(request);
      return acceptance;
    },
    onSession: (transport) => {
      transports.push(transport);
      transport.onClose = (info) => closes.push(info);
      transport.onMessage = (on, message) => messages.push(`${on} ${toHex(message)}`);
    },
    onRefusal: (code) => refusals.push(code),
  });
  return { quic, connection, transports, requests, closes, messages, refusals };
}

async function openSession(server: ReturnType<typeof serve>) {
  const connect = await server.quic.openBidi(CONNECT);
  const reliable = await server.quic.openBidi(lane(connect.id, 0));
  const bulk = await server.quic.openBidi(lane(connect.id, 1));
  await settle();
  return { connect, reliable, bulk };
}

async function serveSession() {
  const server = serve();
  await server.quic.openPeerUni(CONTROL);
  return { ...server, ...(await openSession(server)) };
}

describe('an HTTP/3 connection', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('announces what it supports', async () => {
    const { quic } = serve();
    await settle();
    expect(quic.control.slice(0, 4)).toBe('0004');
    expect(quic.control).toContain(toHex(encodeVarint(SETTING.enableWebTransport)));
  });

  it('S6: asks the owner, with path and origin, and opens the session', async () => {
    const { connect, requests, transports } = await serveSession();
    expect(connect.received()).toBe(status(200));
    expect(requests).toEqual([
      {
        path: '/wt?a=b',
        authority: 'theta.test',
        origin: 'https://theta.test',
        remoteAddress: '192.0.2.7',
      },
    ]);
    expect(transports).toHaveLength(1);
  });

  it.each([403, 404, 429] as const)('S6: refuses with %i and leaves no session', async (code) => {
    const { quic, connection, transports } = serve({ status: code, reason: 'no' });
    await quic.openPeerUni(CONTROL);
    const connect = await quic.openBidi(CONNECT);
    const early = await quic.openBidi(lane(connect.id, 0));
    await settle();
    expect(connect.received()).toBe(status(code));
    expect(connect.state.ended && early.state.ended).toBe(true);
    expect(connection.sessionCount + transports.length).toBe(0);
  });

  it('answers other requests with 405', async () => {
    const { quic } = serve();
    const get = encodeFields([
      { name: ':method', value: 'GET' },
      { name: ':path', value: '/' },
    ]);
    const stream = await quic.openBidi(encodeFrame(FRAME.headers, get));
    await settle();
    expect(stream.received()).toBe(status(405));
    expect(stream.state.ended).toBe(true);
  });

  it('waits for SETTINGS, and keeps the streams that overtake the acceptance', async () => {
    const server = serve();
    const { connect } = await openSession(server);
    expect(connect.received()).toBe('');
    await server.quic.openPeerUni(CONTROL);
    await settle();
    expect(connect.received()).toBe(status(200));
    expect(server.transports).toHaveLength(1);
  });

  it('T1: carries messages on all lanes, both ways', async () => {
    const { quic, reliable, bulk, transports, messages } = await serveSession();
    await reliable.write(encodeMessage(Uint8Array.of(1)));
    await bulk.write(encodeMessage(Uint8Array.of(2)));
    quic.arriveDatagram(Uint8Array.of(0, 3));
    quic.arriveDatagram(Uint8Array.of(1, 9));
    quic.arriveDatagram(new Uint8Array(0));
    await settle();
    expect(messages.sort()).toEqual(['bulk 02', 'reliable 01', 'unreliable 03']);
    transports[0]!.send('reliable', Uint8Array.of(4));
    transports[0]!.send('bulk', Uint8Array.of(5));
    transports[0]!.send('unreliable', Uint8Array.of(6));
    await settle();
    expect([reliable.received(), bulk.received()]).toEqual(['0204', '0205']);
    expect(quic.datagrams).toEqual(['0006']);
  });

  it('T1: holds several sessions apart, up to its limit', async () => {
    const server = await serveSession();
    for (let i = 1; i < WEBTRANSPORT_LIMITS.maxSessionsPerConnection; i++)
      await openSession(server);
    expect(server.transports).toHaveLength(WEBTRANSPORT_LIMITS.maxSessionsPerConnection);
    const late = await openSession(server);
    expect(late.connect.received()).toBe(status(429));
    server.quic.arriveDatagram(Uint8Array.of(3, 7));
    server.transports[1]!.send('unreliable', Uint8Array.of(8));
    await settle();
    expect(server.messages).toEqual(['unreliable 07']);
    expect(server.quic.datagrams).toEqual(['0308']);
  });

  it('T4: takes a close capsule, split over DATA frames, and answers with an end', async () => {
    const { connection, connect, reliable, bulk, closes } = await serveSession();
    const capsule = encodeCloseCapsule({ code: 4100, reason: 'bye' });
    for (const byte of capsule) await connect.write(encodeFrame(FRAME.data, Uint8Array.of(byte)));
    await settle();
    expect(closes).toEqual([{ code: 4100, reason: 'bye', clean: true }]);
    expect(connection.sessionCount).toBe(0);
    expect([connect, reliable, bulk].map((stream) => stream.state.ended)).toEqual([
      true,
      true,
      true,
    ]);
  });

  it('T4: takes the end of CONNECT for a close, and its reset for a loss', async () => {
    const ended = await serveSession();
    await ended.connect.finish();
    await settle();
    expect(ended.closes).toEqual([{ code: 0, reason: '', clean: true }]);
    const reset = await serveSession();
    await reset.connect.reset();
    await settle();
    expect(reset.closes).toEqual([LOST]);
  });

  it('T4: closes with a capsule, and frees the lanes only when the peer has heard', async () => {
    const { transports, connect, reliable } = await serveSession();
    transports[0]!.close(4200, 'out');
    await vi.advanceTimersByTimeAsync(2_000);
    await settle();
    expect(connect.received()).toBe(status(200) + toHex(closing(4200, 'out')));
    expect(connect.state.ended).toBe(true);
    expect(reliable.state.ended).toBe(false);
    await connect.finish();
    await settle();
    expect(reliable.state.ended).toBe(true);
  });

  it('S3: frees the lanes of a peer that never answers, and then the connection', async () => {
    const { quic, transports, reliable } = await serveSession();
    transports[0]!.close();
    await vi.advanceTimersByTimeAsync(2_000 + WEBTRANSPORT_LIMITS.lingerMs);
    await settle();
    expect(reliable.state.ended).toBe(true);
    expect(quic.closedWith).toEqual({ code: H3_CODE.noError, reason: '' });
  });

  it.each([
    [{ kind: 'lost', code: 0, reason: 'timed out' }, LOST],
    [{ kind: 'application', code: 0x100, reason: '' }, LOST],
    [
      { kind: 'application', code: 4300, reason: 'x' },
      { code: 4300, reason: 'x', clean: true },
    ],
  ] as const)('T4: takes the end of the connection %j as it is meant', async (end, info) => {
    const { quic, connection, closes } = await serveSession();
    quic.end(end);
    await connection.done;
    await settle();
    expect(closes).toEqual([info]);
    expect(connection.sessionCount).toBe(0);
  });

  it('S3: drops a connection without a session, and a session without its lanes', async () => {
    const idle = serve();
    await vi.advanceTimersByTimeAsync(WEBTRANSPORT_LIMITS.handshakeTimeoutMs);
    expect(idle.quic.closedWith?.code).toBe(H3_CODE.noError);
    const half = serve();
    await half.quic.openPeerUni(CONTROL);
    const connect = await half.quic.openBidi(CONNECT);
    const reliable = await half.quic.openBidi(lane(connect.id, 0));
    await vi.advanceTimersByTimeAsync(WEBTRANSPORT_LIMITS.handshakeTimeoutMs);
    await vi.advanceTimersByTimeAsync(WEBTRANSPORT_LIMITS.lingerMs);
    await settle();
    expect(connect.state.ended && reliable.state.ended).toBe(true);
    expect(half.quic.closedWith?.code).toBe(H3_CODE.noError);
  });

  it('S3: gives up a request that says nothing, lets quiet control streams be', async () => {
    const { quic, connection, refusals } = await serveSession();
    const silent = await quic.openBidi();
    await quic.openPeerUni([new Uint8Array(0)]);
    await settle();
    await vi.advanceTimersByTimeAsync(WEBTRANSPORT_LIMITS.handshakeTimeoutMs);
    await settle();
    expect(silent.received()).toBe(status(400));
    expect(silent.state.ended).toBe(true);
    expect(refusals).toEqual([]);
    expect(connection.sessionCount).toBe(1);
  });

  it('S3: ends streams that are no lane, doubled, or of no session', async () => {
    const { quic, connect, refusals } = await serveSession();
    const strays = [
      await quic.openBidi(lane(connect.id, 0)),
      await quic.openBidi(lane(connect.id, 2)),
      await quic.openBidi(lane(400, 0)),
    ];
    await settle();
    expect(strays.map((stream) => stream.state.ended)).toEqual([true, true, true]);
    expect(refusals).toEqual([]);
  });

  it('T4: says GOAWAY when it shuts down, and takes no more sessions', async () => {
    const server = await serveSession();
    server.connection.shutdown(4400, 'closing');
    const late = await openSession(server);
    expect(server.quic.control.endsWith(toHex(encodeGoaway(12)))).toBe(true);
    expect(late.connect.received()).toBe(status(429));
    await server.connect.write(closing(0, ''));
    await vi.advanceTimersByTimeAsync(5_000);
    await settle();
    expect(server.closes).toEqual([{ code: 4400, reason: 'closing', clean: true }]);
    expect(server.quic.closedWith).toBeDefined();
  });

  it.each([
    ['a second control stream', CONTROL, 'stream-unexpected'],
    ['a push stream', [hex('0100')], 'stream-unexpected'],
    ['a stream of no possible session', [hex('405401')], 'session-id-invalid'],
  ])('S5: refuses %s by name', async (_what, parts, code) => {
    const { quic, refusals, closes } = await serveSession();
    await quic.openPeerUni(parts);
    await settle();
    expect(refusals).toEqual([code]);
    expect(quic.closedWith?.reason).toBe(code);
    expect(closes).toMatchObject([{ code: 1, clean: false }]);
  });

  it('S5: refuses a control stream that ends, and settings without datagrams', async () => {
    const ended = serve();
    await ended.quic.openPeerUni(CONTROL, true);
    await settle();
    expect(ended.refusals).toEqual(['stream-critical-closed']);
    const without = serve();
    await without.quic.openPeerUni([
      Uint8Array.of(0),
      encodeFrame(FRAME.settings, new Uint8Array(0)),
    ]);
    await settle();
    expect(without.refusals).toEqual(['settings-unsupported']);
  });

  it('S5: any bytes on any stream end in a named refusal or in nothing', async () => {
    const start = fc.constantFrom(new Uint8Array(0), CONNECT, lane(0, 0), lane(0, 1), hex('00'));
    const noise = fc.uint8Array({ minLength: 1, maxLength: 80 });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(start, noise, fc.boolean()), { minLength: 1, maxLength: 4 }),
        async (streams) => {
          const { quic, connection, refusals } = await serveSession();
          for (const [prefix, bytes, isBidi] of streams) {
            if (isBidi) await quic.openBidi(prefix, bytes);
            else await quic.openPeerUni([prefix, bytes]);
            quic.arriveDatagram(bytes);
          }
          await settle();
          expect(refusals.length > 0).toBe(quic.closedWith !== undefined);
          expect(quic.closedWith?.code).not.toBe(H3_CODE.internal);
          quic.end({ kind: 'lost', code: 0, reason: '' });
          await connection.done;
          expect(connection.sessionCount).toBe(0);
        },
      ),
      { numRuns: 150 },
    );
  });
});
