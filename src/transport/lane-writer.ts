import { type Bytes, concatBytes } from '../shared/bytes.ts';

/** Small frames are joined up to this size, to spare the network layer a call for each. */
const BATCH_BYTES = 64 * 1024;

/** Where a `LaneWriter` tells what happens to it. */
export interface LaneWriterEvents {
  /** Fewer bytes wait than before. */
  onProgress(): void;
  /** The stream takes no more; what waited is dropped. */
  onFailure(error: unknown): void;
}

/** Writes frames to one stream in order, and knows how much of them still waits. */
export class LaneWriter {
  readonly #writer: WritableStreamDefaultWriter<Uint8Array>;
  readonly #events: LaneWriterEvents;
  #queue: Bytes[] = [];
  #bufferedBytes = 0;
  #isWriting = false;
  #isDone = false;

  constructor(writable: WritableStream<Uint8Array>, events: LaneWriterEvents) {
    this.#writer = writable.getWriter();
    this.#events = events;
    this.#writer.closed.catch((error: unknown) => this.#fail(error));
  }

  get bufferedBytes(): number {
    return this.#bufferedBytes;
  }

  /** Takes over `frame`, which nobody changes any more; false when the stream takes no more. */
  push(frame: Bytes): boolean {
    if (this.#isDone) return false;
    this.#queue.push(frame);
    this.#bufferedBytes += frame.length;
    if (!this.#isWriting) void this.#write();
    return true;
  }

  /** Drops what waits and lets go of the stream, which its owner then frees. */
  release(): void {
    this.#fail(undefined);
    this.#writer.releaseLock();
  }

  async #write(): Promise<void> {
    this.#isWriting = true;
    try {
      while (this.#queue.length > 0) {
        const batch = this.#takeBatch();
        await this.#writer.write(batch);
        if (this.#isDone) return;
        this.#bufferedBytes -= batch.length;
        this.#events.onProgress();
      }
    } catch (error) {
      this.#fail(error);
    }
    this.#isWriting = false;
  }

  #takeBatch(): Bytes {
    let count = 0;
    let bytes = 0;
    while (count < this.#queue.length) {
      bytes += this.#queue[count]!.length;
      if (count > 0 && bytes > BATCH_BYTES) break;
      count++;
    }
    const frames = this.#queue.splice(0, count);
    return frames.length === 1 ? frames[0]! : concatBytes(...frames);
  }

  #fail(error: unknown): void {
    if (this.#isDone) return;
    this.#isDone = true;
    this.#queue = [];
    this.#bufferedBytes = 0;
    this.#events.onFailure(error);
  }
}
