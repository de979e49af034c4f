import { describe, expect, it } from 'vitest';
import type { Bytes } from '../shared/bytes.ts';
import { CHANNEL_LIMITS, ChannelCarrier, type MessageChannelPort } from './channel-carrier.ts';
import { transportContract } from './contract.ts';
import type { TransportPair } from './contract-cases.ts';
import { LaneTransport } from './lane-transport.ts';
import type { CloseInfo } from './transport.ts';

/** One end of a channel in this process, which delivers when the test says so. */
class FakePort implements MessageChannelPort {
  readonly isCongested = false;
  readonly sent: Bytes[] = [];
  isClosed = false;
  onMessage: (message: Bytes) => void = () => undefined;
  onDatagram: (datagram: Bytes) => void = () => undefined;
  onClose: () => void = () => undefined;

  send(message: Bytes): void {
    if (!this.isClosed) this.sent.push(message);
  }

  close(): void {
    this.isClosed = true;
  }
}

/** The same with a way of its own for datagrams, as a data channel has. */
class FakePortPair extends FakePort {
  readonly datagrams: Bytes[] = [];
  readonly sendDatagram = (datagram: Bytes): void => {
    this.datagrams.push(datagram);
  };
}

function deliver(from: FakePort, to: FakePort): void {
  const message = from.sent.shift();
  if (message) to.onMessage(message.slice());
  const datagram = from instanceof FakePortPair ? from.datagrams.shift() : undefined;
  if (datagram) to.onDatagram(datagram.slice());
  if (from.isClosed && from.sent.length === 0) to.onClose();
}

function makePair(makePort: () => FakePort): TransportPair {
  const [near, far] = [makePort(), makePort()];
  const close = (): void => {
    for (const port of [near, far]) {
      port.sent.length = 0;
      port.close();
      port.onClose();
    }
  };
  return {
    client: new LaneTransport('websocket', new ChannelCarrier(near)),
    server: new LaneTransport('websocket', new ChannelCarrier(far)),
    async advance() {
      deliver(near, far);
      deliver(far, near);
      await new Promise((resolve) => setImmediate(resolve));
    },
    cut: close,
    dispose: async () => close(),
  };
}

transportContract('lanes over one channel', async () => makePair(() => new FakePort()));
transportContract('lanes over a channel, datagrams beside it', async () =>
  makePair(() => new FakePortPair()),
);

function carrierWith(): { port: FakePort; carrier: ChannelCarrier; ended: CloseInfo[] } {
  const port = new FakePort();
  const carrier = new ChannelCarrier(port);
  const ended: CloseInfo[] = [];
  void carrier.ended.then((info) => ended.push(info));
  return { port, carrier, ended };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function part(lane: 0 | 1, length: number): Bytes {
  const bytes = new Uint8Array(1 + length);
  bytes[0] = lane;
  return bytes;
}

const credit = (lane: number, bytes: number): Bytes =>
  Uint8Array.of(3, lane, bytes >>> 24, bytes >>> 16, bytes >>> 8, bytes);

describe('ChannelCarrier', () => {
  it('S3: sends no more than a window that nobody reads, and goes on when somebody has', async () => {
    const { port, carrier } = carrierWith();
    const writer = carrier.bulk.writable.getWriter();
    const { windowBytes, maxPartBytes } = CHANNEL_LIMITS;
    let isWritten = false;
    const writing = writer.write(new Uint8Array(windowBytes + 10)).then(() => {
      isWritten = true;
    });
    await turn();
    expect(port.sent.map(({ length }) => length - 1)).toEqual(
      Array.from({ length: windowBytes / maxPartBytes }, () => maxPartBytes),
    );
    expect(isWritten).toBe(false);
    port.sent.length = 0;
    port.onMessage(credit(1, 4));
    port.onMessage(credit(1, 6));
    await writing;
    expect(port.sent.reduce((sum, { length }) => sum + length - 1, 0)).toBe(10);
  });

  it('S3: gives credit for what was read, and for nothing else', async () => {
    const { port, carrier } = carrierWith();
    const quarter = CHANNEL_LIMITS.windowBytes / 4;
    for (let at = 0; at < quarter; at += CHANNEL_LIMITS.maxPartBytes)
      port.onMessage(part(0, CHANNEL_LIMITS.maxPartBytes));
    await turn();
    expect(port.sent).toEqual([]);
    const reader = carrier.reliable.readable.getReader();
    for (let at = 0; at < quarter; at += CHANNEL_LIMITS.maxPartBytes) await reader.read();
    expect(port.sent).toEqual([credit(0, quarter)]);
  });

  it.each<[string, readonly Bytes[], string]>([
    ['an empty message', [new Uint8Array(0)], 'channel-malformed'],
    ['an unknown tag', [Uint8Array.of(9, 1, 2)], 'channel-malformed'],
    ['a part that is too large', [part(0, CHANNEL_LIMITS.maxPartBytes + 1)], 'channel-overrun'],
    [
      'more than the window',
      Array.from({ length: CHANNEL_LIMITS.windowBytes / CHANNEL_LIMITS.maxPartBytes + 1 }, () =>
        part(1, CHANNEL_LIMITS.maxPartBytes),
      ),
      'channel-overrun',
    ],
    ['a credit cut short', [credit(0, 1).subarray(0, 5)], 'channel-malformed'],
    ['a credit for no lane', [credit(2, 1)], 'channel-malformed'],
    ['a credit for what was not sent', [credit(0, 1)], 'channel-malformed'],
  ])('S5: ends at %s', async (_, messages, fault) => {
    const { port, ended } = carrierWith();
    for (const message of messages) port.onMessage(message);
    await turn();
    expect(ended).toEqual([expect.objectContaining({ code: 1, clean: false, fault })]);
    expect(port.isClosed).toBe(true);
  });

  it('S3: drops a datagram that is too large or would be stale, and stays', async () => {
    const { port, carrier, ended } = carrierWith();
    const datagrams: Bytes[] = [];
    carrier.onDatagram = (datagram) => datagrams.push(datagram);
    port.onDatagram(new Uint8Array(CHANNEL_LIMITS.maxDatagramBytes + 1));
    port.onDatagram(Uint8Array.of(7));
    Object.assign(port, { isCongested: true });
    await carrier.sendDatagram(Uint8Array.of(8));
    await turn();
    expect(datagrams).toEqual([Uint8Array.of(7)]);
    expect(port.sent).toEqual([]);
    expect(ended).toEqual([]);
  });
});
