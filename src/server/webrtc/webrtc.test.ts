import { cleanup } from 'node-datachannel';
import { RTCPeerConnection as NodePeerConnection } from 'node-datachannel/polyfill';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../shared/clock.ts';
import { transportContract } from '../../transport/contract.ts';
import type { TransportPair } from '../../transport/contract-cases.ts';
import type { Transport } from '../../transport/transport.ts';
import { connectWebRtc } from '../../transport/webrtc.ts';
import { WebRtcGateway } from './gateway.ts';
import { GatewayLine } from './gateway-line.ts';
import type { GatewaySocket } from './gateway-wire.ts';

/*
 * Real peer connections on this machine's own addresses, of the library that the gateway uses, at both
 * ends; between gateway and server a line in this process. What Chromium makes of it, e2e shows.
 */

const PATIENCE = { timeout: 15_000 };
const REQUEST = { path: '/', origin: undefined, authority: 'localhost', remoteAddress: '::1' };

/** An end of a line that delivers in order, each message in a task of its own. */
class FakeSocket implements GatewaySocket {
  binaryType: BinaryType = 'arraybuffer';
  readyState: WebSocket['readyState'] = 1;
  onmessage: GatewaySocket['onmessage'] = null;
  onclose: GatewaySocket['onclose'] = null;
  peer: FakeSocket | undefined;

  send(data: string | ArrayBufferLike | Blob | ArrayBufferView): void {
    if (!ArrayBuffer.isView(data)) throw new TypeError('The line carries bytes alone');
    const copy = new Uint8Array(data.byteLength);
    copy.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    setImmediate(() => this.peer?.onmessage?.({ data: copy.buffer } as MessageEvent));
  }

  end(): void {
    if (this.readyState !== 1) return;
    this.readyState = 3;
    this.onclose?.({} as CloseEvent);
    this.peer?.end();
  }
}

interface Fixture {
  readonly gateway: WebRtcGateway;
  readonly line: FakeSocket;
  nextTransport(): Promise<Transport>;
}

async function startGateway(): Promise<Fixture> {
  const [inside, outside] = [new FakeSocket(), new FakeSocket()];
  inside.peer = outside;
  outside.peer = inside;
  const arrived: Transport[] = [];
  const gateway = new WebRtcGateway({
    clock: systemClock,
    onTransport: (transport) => arrived.push(transport),
  });
  gateway.attach(inside);
  const config = { iceServers: [], maxMessageSize: 64 * 1024 };
  new GatewayLine(outside, config, () => undefined).begin(4444);
  await vi.waitFor(() => expect(gateway.udpPort).toBe(4444), PATIENCE);
  return {
    gateway,
    line: inside,
    nextTransport: () =>
      vi.waitFor(() => {
        expect(arrived).not.toEqual([]);
        return arrived.shift()!;
      }, PATIENCE),
  };
}

const signallingTo = (gateway: WebRtcGateway) => ({
  iceServers: async () => [],
  answer: (sdp: string) => gateway.answer(sdp, REQUEST),
});

/** The library's own copy of the browser's interface may take an answer before it has begun. */
function connected(gateway: WebRtcGateway): Promise<Transport> {
  return vi.waitFor(() => connectWebRtc(signallingTo(gateway)), PATIENCE);
}

/** The peer connections of this end, so that a test may break them. */
const connections: RTCPeerConnection[] = [];

beforeAll(() => {
  vi.stubGlobal(
    'RTCPeerConnection',
    class extends (NodePeerConnection as typeof RTCPeerConnection) {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        connections.push(this);
      }
    },
  );
});

afterAll(() => {
  vi.unstubAllGlobals();
  cleanup();
});

async function makePair(): Promise<TransportPair> {
  const { gateway, line, nextTransport } = await startGateway();
  const [client, server] = await Promise.all([connected(gateway), nextTransport()]);
  const own = connections.at(-1);
  return {
    client,
    server,
    advance: () => new Promise((resolve) => setTimeout(resolve, 2)),
    cut: () => own?.close(),
    dispose: async () => {
      own?.close();
      line.end();
    },
  };
}

transportContract('WebRTC through the gateway', makePair);

describe('WebRtcGateway', () => {
  it('S5: refuses what is no offer, and takes the next', async () => {
    const { gateway, line } = await startGateway();
    await expect(gateway.answer('v=0 nonsense', REQUEST)).rejects.toMatchObject({
      code: 'gateway-refused',
    });
    const transport = await connected(gateway);
    transport.close();
    line.end();
  });

  it('T2: says that it is down while there is none, and ends its peers with it', async () => {
    const { gateway, line, nextTransport } = await startGateway();
    const [client, server] = await Promise.all([connected(gateway), nextTransport()]);
    const ended = new Promise((resolve) => {
      server.onClose = resolve;
    });
    line.end();
    expect(await ended).toMatchObject({ code: 1, clean: false });
    expect(gateway.udpPort).toBeUndefined();
    expect(gateway.connectionCount).toBe(0);
    await expect(gateway.answer('v=0', REQUEST)).rejects.toMatchObject({ code: 'gateway-down' });
    client.close();
  });

  it('S3: holds so many connections, and lets those go that do not open in time', async () => {
    const { gateway: first, line } = await startGateway();
    line.end();
    expect(first.udpPort).toBeUndefined();
    const sent: number[] = [];
    const gateway = new WebRtcGateway({
      clock: systemClock,
      onTransport: () => undefined,
      maxConnections: 1,
      openTimeoutMs: 20,
    });
    const socket = new FakeSocket();
    const other = new FakeSocket();
    socket.peer = other;
    other.onmessage = ({ data }) => sent.push(new Uint8Array(data as ArrayBuffer)[0]!);
    gateway.attach(socket);
    socket.onmessage?.({ data: Uint8Array.of(0, 0, 0, 0, 0, 49).buffer } as MessageEvent);
    const waiting = expect(gateway.answer('v=0', REQUEST)).rejects.toMatchObject({
      code: 'gateway-down',
    });
    await expect(gateway.answer('v=0', REQUEST)).rejects.toMatchObject({ code: 'gateway-full' });
    await waiting;
    expect(gateway.connectionCount).toBe(0);
    await vi.waitFor(() => expect(sent).toEqual([0, 3]), PATIENCE);
  });
});
