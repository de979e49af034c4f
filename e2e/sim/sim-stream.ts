import type { Bytes } from '../../src/shared/bytes.ts';
import type { LaneStream } from '../../src/transport/lane-carrier.ts';
import type { NetworkWeather } from './network-weather.ts';

/** Bytes on their way beyond which a writer has to wait. */
const WINDOW_BYTES = 64 * 1024;

/**
 * One direction of a stream: what is written comes out later, in other pieces, in order and once, as
 * QUIC and TCP promise; a lost segment holds up all behind it until it is sent again.
 */
export class SimStream {
  readonly readable: ReadableStream<Uint8Array>;
  readonly writable: WritableStream<Uint8Array>;
  readonly #weather: NetworkWeather;
  readonly #name: string;
  readonly #underWay: Bytes[] = [];
  #bytesUnderWay = 0;
  #reader: ReadableStreamDefaultController<Uint8Array> | undefined;
  #writer: WritableStreamDefaultController | undefined;
  #wake: () => void = () => undefined;
  #lastDueAt = 0;
  #arrived = 0;
  #over = false;
  /** While true nothing comes through; what comes due waits. */
  stalled = false;

  constructor(weather: NetworkWeather, name: string) {
    this.#weather = weather;
    this.#name = name;
    this.readable = new ReadableStream<Uint8Array>({
      start: (controller) => {
        this.#reader = controller;
      },
    });
    this.writable = new WritableStream<Uint8Array>({
      start: (controller) => {
        this.#writer = controller;
      },
      write: (chunk) => this.#write(chunk),
    });
  }

  /** What came due during a stall comes now. */
  resume(): void {
    this.stalled = false;
    while (this.#arrived > 0) {
      this.#arrived -= 1;
      this.#deliver();
    }
  }

  /**
   * The line dies. Of what is under way, a part that ends anywhere still arrives.
   * @returns whether it ended inside a segment
   */
  cut(reason: Error): boolean {
    if (this.#over) return false;
    const { random } = this.#weather;
    const inside = this.#underWay.length > 0;
    for (let whole = random.below(this.#underWay.length + 1); whole > 0; whole--) this.#deliver();
    const [next] = this.#underWay;
    if (next && next.length > 1)
      this.#reader?.enqueue(next.slice(0, 1 + random.below(next.length - 1)));
    this.#end(reason);
    return inside;
  }

  /** Its session has ended in order: what is under way is gone. */
  end(): void {
    if (!this.#over) this.#end(new Error('The session has ended.'));
  }

  #end(reason: Error): void {
    this.#over = true;
    this.#underWay.length = 0;
    this.#wake();
    this.#reader?.error(reason);
    this.#writer?.error(reason);
  }

  #write(chunk: Uint8Array): Promise<void> | undefined {
    for (let at = 0; at < chunk.length; ) {
      const size = this.#weather.segmentSize();
      this.#send(chunk.slice(at, at + size));
      at += size;
    }
    if (this.#over || this.#bytesUnderWay <= WINDOW_BYTES) return undefined;
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  #send(segment: Bytes): void {
    const { clock } = this.#weather;
    this.#underWay.push(segment);
    this.#bytesUnderWay += segment.length;
    this.#lastDueAt = Math.max(this.#lastDueAt, clock.now() + this.#weather.segmentDelay());
    clock.setTimer(() => {
      if (this.stalled) this.#arrived += 1;
      else this.#deliver();
    }, this.#lastDueAt - clock.now());
  }

  #deliver(): void {
    const segment = this.#underWay.shift();
    if (segment === undefined || this.#over) return;
    this.#bytesUnderWay -= segment.length;
    this.#weather.trace.add(this.#weather.clock.now(), this.#name, segment);
    this.#reader?.enqueue(segment);
    if (this.#bytesUnderWay <= WINDOW_BYTES) this.#wake();
  }
}

/** What one end of a bidirectional stream holds: it writes into one direction and reads the other. */
export function endOf(out: SimStream, into: SimStream): LaneStream {
  return { writable: out.writable, readable: into.readable };
}
