import type { Bytes } from '../shared/bytes.ts';
import { type Deferred, deferred } from './deferred.ts';
import type { LaneCarrier, LaneStream } from './lane-carrier.ts';
import { type CloseInfo, LOST, type TransportFault } from './transport.ts';

/*
 * Lanes over a channel that carries whole messages in order: a WebSocket, or a data channel. The first
 * byte of a message says what it is. Each lane is a stream of bytes with a window of its own: what an
 * end may send before the other has read it. So nothing piles up where neither end sees it, and a
 * command waits behind one window of a snapshot at most (T1).
 */

/** What a message holds, by its first byte. */
const TAG = { reliable: 0, bulk: 1, datagram: 2, credit: 3 } as const;

type OrderedLane = 'reliable' | 'bulk';

/** A credit after its tag: the lane's tag, and how many more bytes the other end may send (u32). */
const CREDIT_BYTES = 5;

export const CHANNEL_LIMITS = {
  /** What an end may send on an ordered lane before the other has read any of it. */
  windowBytes: 512 * 1024,
  /** Of a lane's bytes in one message: between two of them another lane gets its turn. */
  maxPartBytes: 32 * 1024,
  maxDatagramBytes: 1100,
} as const;

/** How much is read before the other end is told. */
const CREDIT_STEP = CHANNEL_LIMITS.windowBytes / 4;

/** A channel in both directions, open already. */
export interface MessageChannelPort {
  /** Sends whole messages in order; takes over `message`. Nothing happens once it has closed. */
  send(message: Bytes): void;
  /** The same without promises, on a way of its own; absent, datagrams go among the messages. */
  readonly sendDatagram?: (datagram: Bytes) => void;
  /** Whether so much waits to be sent that a datagram would be stale on arrival. */
  readonly isCongested: boolean;
  /** Closes at once; `onClose` may or may not follow. */
  close(): void;
  onMessage: (message: Bytes) => void;
  onDatagram: (datagram: Bytes) => void;
  onClose: () => void;
}

/** A channel of messages as the carrier of a `LaneTransport`. */
export class ChannelCarrier implements LaneCarrier {
  readonly reliable: LaneStream;
  readonly bulk: LaneStream;
  readonly maxDatagramBytes = CHANNEL_LIMITS.maxDatagramBytes;
  readonly ended: Promise<CloseInfo>;
  onDatagram: (datagram: Bytes) => void = () => undefined;
  readonly #port: MessageChannelPort;
  readonly #inlets: Readonly<Record<OrderedLane, Inlet>>;
  readonly #outlets: Readonly<Record<OrderedLane, Outlet>>;
  readonly #markEnded: (info: CloseInfo) => void;
  #isEnded = false;

  constructor(port: MessageChannelPort) {
    this.#port = port;
    const { promise, resolve } = deferred<CloseInfo>();
    this.ended = promise;
    this.#markEnded = resolve;
    this.#inlets = { reliable: this.#inlet('reliable'), bulk: this.#inlet('bulk') };
    this.#outlets = { reliable: new Outlet(TAG.reliable, port), bulk: new Outlet(TAG.bulk, port) };
    this.reliable = this.#stream('reliable');
    this.bulk = this.#stream('bulk');
    port.onMessage = (message) => this.#onMessage(message);
    port.onDatagram = (datagram) => this.#onDatagram(datagram);
    port.onClose = () => this.#finish(LOST);
  }

  sendDatagram(datagram: Bytes): Promise<void> {
    const port = this.#port;
    if (this.#isEnded || port.isCongested) return Promise.resolve();
    if (port.sendDatagram) port.sendDatagram(datagram);
    else port.send(tagged(TAG.datagram, datagram));
    return Promise.resolve();
  }

  end(code: number, reason: string): void {
    this.#finish({ code, reason, clean: true });
  }

  #onMessage(message: Bytes): void {
    if (this.#isEnded) return;
    const body = message.subarray(1);
    const [tag] = message;
    if (tag === TAG.reliable) this.#take('reliable', body);
    else if (tag === TAG.bulk) this.#take('bulk', body);
    else if (tag === TAG.datagram) this.#onDatagram(body.slice());
    else if (tag === TAG.credit) this.#onCredit(body);
    else this.#fault('channel-malformed');
  }

  #take(lane: OrderedLane, bytes: Bytes): void {
    if (bytes.length > CHANNEL_LIMITS.maxPartBytes || !this.#inlets[lane].push(bytes))
      this.#fault('channel-overrun');
  }

  #onDatagram(datagram: Bytes): void {
    if (datagram.length <= CHANNEL_LIMITS.maxDatagramBytes) this.onDatagram(datagram);
  }

  #onCredit(body: Bytes): void {
    const credit = decodeCredit(body);
    if (!credit || !this.#outlets[credit.lane].grant(credit.bytes))
      this.#fault('channel-malformed');
  }

  #inlet(lane: OrderedLane): Inlet {
    return new Inlet((bytes) => {
      if (!this.#isEnded) this.#port.send(encodeCredit(TAG[lane], bytes));
    });
  }

  #stream(lane: OrderedLane): LaneStream {
    const inlet = this.#inlets[lane];
    const outlet = this.#outlets[lane];
    return {
      readable: new ReadableStream({ pull: (to) => inlet.pull(to) }, { highWaterMark: 0 }),
      writable: new WritableStream({ write: (chunk) => outlet.write(chunk) }),
    };
  }

  #fault(fault: TransportFault): void {
    this.#finish({ ...LOST, reason: 'the other end broke the rules of the channel', fault });
  }

  #finish(info: CloseInfo): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#port.close();
    this.#markEnded(info);
    for (const lane of ['reliable', 'bulk'] as const) {
      this.#inlets[lane].end();
      this.#outlets[lane].end();
    }
  }
}

/** What came in on a lane and waits to be read; never more than a window of it. */
class Inlet {
  readonly #credit: (bytes: number) => void;
  #parts: Bytes[] = [];
  /** Came in, and the other end has not been told that it was read. */
  #uncredited = 0;
  #read = 0;
  #wanted: Deferred<void> | undefined;
  #isEnded = false;

  constructor(credit: (bytes: number) => void) {
    this.#credit = credit;
  }

  /** False when the other end sends more than it may. */
  push(bytes: Bytes): boolean {
    this.#uncredited += bytes.length;
    if (this.#uncredited > CHANNEL_LIMITS.windowBytes) return false;
    if (bytes.length > 0) this.#parts.push(bytes);
    this.#wanted?.resolve();
    return true;
  }

  async pull(to: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    while (this.#parts.length === 0) {
      if (this.#isEnded) {
        to.close();
        return;
      }
      this.#wanted = deferred();
      await this.#wanted.promise;
    }
    const part = this.#parts.shift()!;
    to.enqueue(part);
    this.#onRead(part.length);
  }

  end(): void {
    this.#isEnded = true;
    this.#wanted?.resolve();
  }

  #onRead(bytes: number): void {
    this.#read += bytes;
    if (this.#read < CREDIT_STEP) return;
    this.#credit(this.#read);
    this.#uncredited -= this.#read;
    this.#read = 0;
  }
}

/** Sends a lane's bytes as far as the other end's window reaches. */
class Outlet {
  readonly #tag: number;
  readonly #port: MessageChannelPort;
  #window: number = CHANNEL_LIMITS.windowBytes;
  #opened: Deferred<void> | undefined;
  #isEnded = false;

  constructor(tag: number, port: MessageChannelPort) {
    this.#tag = tag;
    this.#port = port;
  }

  /** False for more than can have been read. */
  grant(bytes: number): boolean {
    this.#window += bytes;
    this.#opened?.resolve();
    return this.#window <= CHANNEL_LIMITS.windowBytes;
  }

  async write(chunk: Uint8Array): Promise<void> {
    for (let at = 0; at < chunk.length; ) {
      await this.#open();
      const size = Math.min(chunk.length - at, this.#window, CHANNEL_LIMITS.maxPartBytes);
      this.#port.send(tagged(this.#tag, chunk.subarray(at, at + size)));
      this.#window -= size;
      at += size;
    }
  }

  end(): void {
    this.#isEnded = true;
    this.#opened?.resolve();
  }

  async #open(): Promise<void> {
    while (this.#window === 0 && !this.#isEnded) {
      this.#opened = deferred();
      await this.#opened.promise;
    }
    if (this.#isEnded) throw new Error('The channel has closed');
  }
}

function tagged(tag: number, bytes: Uint8Array): Bytes {
  const message = new Uint8Array(1 + bytes.length);
  message[0] = tag;
  message.set(bytes, 1);
  return message;
}

function encodeCredit(laneTag: number, bytes: number): Bytes {
  const body = new Uint8Array(CREDIT_BYTES);
  body[0] = laneTag;
  new DataView(body.buffer).setUint32(1, bytes);
  return tagged(TAG.credit, body);
}

function decodeCredit(body: Bytes): { lane: OrderedLane; bytes: number } | undefined {
  const lane = (['reliable', 'bulk'] as const).find((each) => TAG[each] === body[0]);
  if (lane === undefined || body.length !== CREDIT_BYTES) return undefined;
  return { lane, bytes: new DataView(body.buffer, body.byteOffset).getUint32(1) };
}
