import { type Bytes, concatBytes, toHex } from '../../../shared/bytes.ts';
import { type Deferred, deferred } from '../../../transport/deferred.ts';
import type { QuicBidi, QuicEnd, QuicPort } from '../quic-port.ts';

/** One direction of a stream: the peer of the server writes it, or reads what it was sent. */
class Pipe {
  readonly #stream = new TransformStream<Bytes, Bytes>(undefined, { highWaterMark: 1000 });
  readonly readable: ReadableStream<Bytes> = this.#stream.readable;
  readonly writable: WritableStream<Uint8Array> = this.#stream.writable;
}

/** A bidirectional stream as the client sees it. */
export interface FakeBidi {
  readonly id: number;
  write(...parts: readonly Uint8Array[]): Promise<void>;
  finish(): Promise<void>;
  reset(): Promise<void>;
  /** What the server has sent on it so far. */
  received(): string;
  /** How the server's side has ended, if it has. */
  readonly state: { ended: boolean };
}

/** A QUIC connection without a network: the test is the client, byte by byte. */
export class FakeQuic implements QuicPort {
  readonly remoteAddress = '192.0.2.7';
  readonly maxDatagramBytes = 1200;
  readonly incomingBidi: ReadableStream<QuicBidi>;
  readonly incomingUni: ReadableStream<ReadableStream<Bytes>>;
  readonly ended: Promise<QuicEnd>;
  /** How the server closed the connection, if it did. */
  closedWith: { code: number; reason: string } | undefined;
  /** What the server sent on its control stream, and as datagrams. */
  control = '';
  readonly datagrams: string[] = [];

  #nextBidi = 0;
  #bidi!: ReadableStreamDefaultController<QuicBidi>;
  #uni!: ReadableStreamDefaultController<ReadableStream<Bytes>>;
  readonly #end = deferred<QuicEnd>();
  #arrivedDatagrams: Bytes[] = [];
  #waitingForDatagram: Deferred<Bytes> | undefined;

  constructor() {
    this.ended = this.#end.promise;
    this.incomingBidi = new ReadableStream({
      start: (controller) => {
        this.#bidi = controller;
      },
    });
    this.incomingUni = new ReadableStream({
      start: (controller) => {
        this.#uni = controller;
      },
    });
  }

  async openUni(): Promise<WritableStream<Uint8Array>> {
    return new WritableStream({
      write: (bytes: Uint8Array) => {
        this.control += toHex(bytes);
      },
    });
  }

  async sendDatagram(datagram: Bytes): Promise<void> {
    this.datagrams.push(toHex(datagram));
  }

  readDatagram(): Promise<Bytes> {
    const arrived = this.#arrivedDatagrams.shift();
    if (arrived) return Promise.resolve(arrived);
    this.#waitingForDatagram = deferred<Bytes>();
    return this.#waitingForDatagram.promise;
  }

  close(code: number, reason: string): void {
    this.closedWith ??= { code, reason };
    this.end({ kind: 'application', code: 0, reason: '' });
  }

  /** The connection ends, as the peer or the line would have it. */
  end(end: QuicEnd): void {
    this.#end.resolve(end);
    this.#waitingForDatagram?.reject(new Error('connection ended'));
  }

  /** The client opens a stream and writes `parts` to it. */
  async openBidi(...parts: readonly Uint8Array[]): Promise<FakeBidi> {
    const id = this.#nextBidi;
    this.#nextBidi += 4;
    const [up, down] = [new Pipe(), new Pipe()];
    this.#bidi.enqueue({
      id,
      readable: up.readable,
      writable: down.writable,
      setPriority: () => undefined,
    });
    const writer = up.writable.getWriter();
    writer.closed.catch(() => undefined);
    const state = { ended: false };
    let received = '';
    void down.readable
      .pipeTo(
        new WritableStream({
          write: (bytes) => {
            received += toHex(bytes);
          },
        }),
      )
      .catch(() => undefined)
      .finally(() => {
        state.ended = true;
      });
    const stream: FakeBidi = {
      id,
      write: (...more) => writer.write(concatBytes(...more)),
      finish: () => writer.close(),
      reset: () => writer.abort(new Error('reset')),
      received: () => received,
      state,
    };
    if (parts.length > 0) await stream.write(...parts).catch(() => undefined);
    return stream;
  }

  /** The client opens a unidirectional stream, writes `parts`, and may end it. */
  async openPeerUni(parts: readonly Uint8Array[], finish = false): Promise<void> {
    const up = new Pipe();
    this.#uni.enqueue(up.readable);
    const writer = up.writable.getWriter();
    writer.closed.catch(() => undefined);
    await writer.write(concatBytes(...parts));
    if (finish) await writer.close();
  }

  arriveDatagram(datagram: Bytes): void {
    if (this.#waitingForDatagram) this.#waitingForDatagram.resolve(datagram);
    else this.#arrivedDatagrams.push(datagram);
    this.#waitingForDatagram = undefined;
  }
}
