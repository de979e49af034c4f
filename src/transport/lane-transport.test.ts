import { describe, expect, it } from 'vitest';
import type { Bytes } from '../shared/bytes.ts';
import { transportContract } from './contract.ts';
import type { TransportPair } from './contract-cases.ts';
import { deferred } from './deferred.ts';
import { encodeMessage } from './framing.ts';
import type { LaneCarrier, LaneStream } from './lane-carrier.ts';
import { LaneTransport } from './lane-transport.ts';
import { ManualClock } from './testing/manual-clock.ts';
import { type CloseInfo, LOST, TRANSPORT_LIMITS } from './transport.ts';

/** A carrier in this process: streams that the test can see, and an end that it can cause. */
class FakeCarrier implements LaneCarrier {
  readonly maxDatagramBytes = 1200;
  readonly reliable: LaneStream;
  readonly bulk: LaneStream;
  readonly ended: Promise<CloseInfo>;
  readonly endings: CloseInfo[] = [];
  onDatagram: (datagram: Bytes) => void = () => undefined;
  peer: FakeCarrier | undefined;
  readonly #markEnded: (info: CloseInfo) => void;

  constructor(reliable: LaneStream, bulk: LaneStream) {
    this.reliable = reliable;
    this.bulk = bulk;
    const { promise, resolve } = deferred<CloseInfo>();
    this.ended = promise;
    this.#markEnded = resolve;
  }

  async sendDatagram(datagram: Bytes): Promise<void> {
    await Promise.resolve();
    this.peer?.onDatagram(datagram.slice());
  }

  end(code: number, reason: string): void {
    this.endings.push({ code, reason, clean: true });
    this.lose({ code, reason, clean: true });
    this.peer?.lose({ code, reason, clean: true });
  }

  lose(info: CloseInfo): void {
    this.#markEnded(info);
  }
}

function pipes(): [LaneStream, LaneStream] {
  const there = new TransformStream<Uint8Array, Uint8Array>();
  const back = new TransformStream<Uint8Array, Uint8Array>();
  return [
    { readable: back.readable, writable: there.writable },
    { readable: there.readable, writable: back.writable },
  ];
}

function carriers(): [FakeCarrier, FakeCarrier] {
  const reliable = pipes();
  const bulk = pipes();
  const a = new FakeCarrier(reliable[0], bulk[0]);
  const b = new FakeCarrier(reliable[1], bulk[1]);
  a.peer = b;
  b.peer = a;
  return [a, b];
}

/** Lets promises settle: the streams of this process need no more than that. */
async function settle(): Promise<void> {
  for (let i = 0; i < 50; i++) await Promise.resolve();
}

async function makePair(): Promise<TransportPair> {
  const [a, b] = carriers();
  const client = new LaneTransport('webtransport', a);
  const server = new LaneTransport('webtransport', b);
  const cut = (): void => {
    a.lose(LOST);
    b.lose(LOST);
  };
  return { client, server, advance: settle, cut, dispose: async () => cut() };
}

/** One end under test; the test holds the streams of the other. */
function lone() {
  const clock = new ManualClock();
  const [here, there] = carriers();
  const transport = new LaneTransport('webtransport', here, { clock });
  const closes: CloseInfo[] = [];
  transport.onClose = (info) => closes.push(info);
  return { clock, here, there, transport, closes };
}

transportContract('lanes over streams of this process', makePair);

describe('LaneTransport', () => {
  it('S3: gives up on a peer that takes nothing, and not on one that takes a little', async () => {
    const { clock, here, there, transport, closes } = lone();
    const reader = there.reliable.readable.getReader();
    for (let i = 0; i < 20; i++) transport.send('reliable', new Uint8Array(60_000));
    for (let i = 0; i < 4; i++) {
      await settle();
      clock.advance(20_000);
      await reader.read();
    }
    await settle();
    expect(closes).toEqual([]);
    clock.advance(30_000);
    expect(closes).toEqual([{ ...LOST, reason: 'the other end takes no more' }]);
    expect(here.endings).toHaveLength(1);
    expect(transport.bufferedBytes('reliable')).toBe(0);
  });

  it('S5: ends with a reason at bytes that are no message', async () => {
    const { there, transport, closes } = lone();
    const tooLarge = encodeMessage(new Uint8Array(TRANSPORT_LIMITS.maxReliableBytes + 1));
    there.reliable.writable.getWriter().write(tooLarge.subarray(0, 10)).catch(settle);
    await settle();
    expect(closes).toEqual([
      { ...LOST, fault: 'frame-too-large', reason: expect.stringContaining('frame over') },
    ]);
    expect(transport.send('reliable', new Uint8Array(1))).toBe(false);
  });

  it('T4: takes the word of the carrier for a lane that breaks', async () => {
    const { clock, here, there, transport, closes } = lone();
    await there.reliable.writable.abort();
    await settle();
    expect(transport.send('bulk', new Uint8Array(1))).toBe(true);
    here.lose({ code: 4003, reason: 'put out', clean: true });
    await settle();
    clock.advance(10_000);
    expect(closes).toEqual([{ code: 4003, reason: 'put out', clean: true }]);
  });

  it('T4: counts a lane that breaks as a loss when the carrier says nothing', async () => {
    const { clock, here, there, transport, closes } = lone();
    await there.bulk.readable.cancel();
    await settle();
    transport.send('bulk', new Uint8Array(1));
    await settle();
    expect(transport.send('bulk', new Uint8Array(1))).toBe(false);
    clock.advance(2_000);
    expect(closes).toEqual([LOST]);
    expect(here.endings).toHaveLength(1);
  });

  it('T4: closes alone when the peer does not answer, and waits while it still reads', async () => {
    const { clock, here, there, transport, closes } = lone();
    const reader = there.reliable.readable.getReader();
    transport.send('reliable', new Uint8Array(60_000));
    transport.close(4005, 'bye');
    await settle();
    clock.advance(1_900);
    await reader.read();
    await settle();
    clock.advance(1_900);
    expect(closes).toEqual([]);
    clock.advance(200);
    expect(closes).toEqual([{ code: 4005, reason: 'bye', clean: true }]);
    expect(here.endings).toEqual([{ code: 4005, reason: 'bye', clean: true }]);
  });

  it('T4: frees itself when the peer said goodbye and then vanished', async () => {
    const { clock, here, there, closes } = lone();
    const other = new LaneTransport('webtransport', there, { clock });
    there.end = () => undefined;
    other.close(4006, 'bye');
    await settle();
    expect(closes).toEqual([{ code: 4006, reason: 'bye', clean: true }]);
    expect(here.endings).toEqual([]);
    clock.advance(2_000);
    expect(here.endings).toHaveLength(1);
  });

  it('T1: drops datagrams that the carrier does not take in time', () => {
    const { here, transport } = lone();
    here.sendDatagram = () => new Promise(() => undefined);
    let taken = 0;
    while (transport.send('unreliable', new Uint8Array(1000))) taken++;
    expect(taken).toBe(Math.floor(TRANSPORT_LIMITS.maxBufferedDatagramBytes / 1000));
  });
});
