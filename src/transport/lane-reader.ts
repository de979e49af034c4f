import type { Bytes } from '../shared/bytes.ts';
import { type Farewell, FrameDecoder } from './framing.ts';

/** Where a `LaneReader` hands what it reads. */
export interface LaneReaderEvents {
  onMessage(message: Bytes): void;
  onFarewell(farewell: Farewell): void;
  /** The peer ended the stream, between two messages. */
  onEnd(): void;
  /** The stream broke, or what came on it is refused (`FramingError`). */
  onFailure(error: unknown): void;
}

/** Reads one stream to its end and cuts it into messages; holds no more than one of them. */
export class LaneReader {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #events: LaneReaderEvents;
  #isReleased = false;

  constructor(readable: ReadableStream<Uint8Array>, events: LaneReaderEvents) {
    this.#reader = readable.getReader();
    this.#events = events;
  }

  /** Starts reading; each event comes in a later microtask. */
  start(maxMessageBytes: number): void {
    void this.#read(new FrameDecoder(maxMessageBytes, this.#events));
  }

  /** Lets go of the stream, which its owner then frees; no event comes any more. */
  release(): void {
    this.#isReleased = true;
    this.#reader.releaseLock();
  }

  async #read(decoder: FrameDecoder): Promise<void> {
    try {
      for (;;) {
        const { value, done } = await this.#reader.read();
        if (this.#isReleased) return;
        if (done) break;
        decoder.push(value);
      }
      decoder.finish();
    } catch (error) {
      if (!this.#isReleased) this.#events.onFailure(error);
      return;
    }
    this.#events.onEnd();
  }
}
