import { type Bytes, concatBytes } from '../../shared/bytes.ts';

/** A readable stream from which the first bytes can be read apart, before it is passed on. */
export class ByteSource {
  readonly #reader: ReadableStreamDefaultReader<Bytes>;
  #ahead: Bytes | undefined;

  constructor(readable: ReadableStream<Bytes>) {
    this.#reader = readable.getReader();
  }

  /** The next bytes, or `undefined` at the end. Rejects when the stream is reset. */
  async read(): Promise<Bytes | undefined> {
    const ahead = this.#ahead;
    this.#ahead = undefined;
    if (ahead) return ahead;
    const { value, done } = await this.#reader.read();
    return done ? undefined : value;
  }

  /**
   * Reads on until `parse` finds what it seeks, consumes up to its `next`, and returns it;
   * `undefined` when the stream ends before. `parse` must find or refuse within a few bytes.
   */
  async parse<T extends { readonly next: number }>(
    parse: (bytes: Bytes) => T | undefined,
  ): Promise<T | undefined> {
    let bytes: Bytes = new Uint8Array(0);
    for (;;) {
      const chunk = await this.read();
      if (!chunk) return undefined;
      bytes = bytes.length === 0 ? chunk : concatBytes(bytes, chunk);
      const found = parse(bytes);
      if (!found) continue;
      if (found.next < bytes.length) this.#ahead = bytes.subarray(found.next);
      return found;
    }
  }

  /** What is left, as a stream; the source is of no use afterwards. */
  toReadable(): ReadableStream<Bytes> {
    return new ReadableStream<Bytes>(
      {
        pull: async (controller) => {
          const chunk = await this.read();
          if (chunk) controller.enqueue(chunk);
          else controller.close();
        },
        cancel: () => this.#reader.cancel(),
      },
      { highWaterMark: 0 },
    );
  }

  /** Wants no more; a read under way ends as if the stream had. */
  cancel(): void {
    this.#reader.cancel().catch(() => undefined);
  }
}
