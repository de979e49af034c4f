import type { Bytes } from '../shared/bytes.ts';
import { writeUtf8 } from './utf8.ts';

const INITIAL_SIZE = 64 * 1024;
/** A buffer that grew beyond this is not kept for the next message. */
const KEPT_SIZE = 4 * 1024 * 1024;
const OFFSET_SIZE = 4;

/**
 * A growing buffer to write a message into from front to back, kept from one message to the next.
 * What is not written is zero. `view` and `bytes` change whenever something is allocated.
 */
export class OutputBuffer {
  bytes: Bytes = new Uint8Array(INITIAL_SIZE);
  view: DataView<ArrayBuffer> = new DataView(this.bytes.buffer);
  private end = 0;

  /** Passes over `size` bytes. */
  skip(size: number): void {
    this.grow(this.end + size);
    this.end += size;
  }

  /** Room for `size` bytes whose byte `lead` is aligned; returns where they start. */
  allocate(size: number, align: number, lead = 0): number {
    const aligned = this.end + lead;
    const at = aligned + ((align - (aligned % align)) % align) - lead;
    this.grow(at + size);
    this.end = at + size;
    return at;
  }

  /** Writes a string with its length before and a zero behind; returns where its length is. */
  text(text: string): number {
    const at = this.allocate(OFFSET_SIZE, OFFSET_SIZE);
    const start = at + OFFSET_SIZE;
    this.grow(start + 3 * text.length + 1);
    const length = writeUtf8(text, this.bytes, start);
    this.view.setUint32(at, length, true);
    this.end = start + length + 1;
    return at;
  }

  /** Lets the offset at `from` point to `at`. */
  pointTo(from: number, at: number): void {
    this.view.setUint32(from, at - from, true);
  }

  /** A copy of what was written, to the next multiple of four bytes. */
  finish(): Bytes {
    this.allocate(0, OFFSET_SIZE);
    return this.bytes.slice(0, this.end);
  }

  /** Makes ready for the next message. */
  reset(): void {
    if (this.bytes.length > KEPT_SIZE) this.replace(new Uint8Array(INITIAL_SIZE));
    else this.bytes.fill(0, 0, this.end);
    this.end = 0;
  }

  private grow(size: number): void {
    if (size <= this.bytes.length) return;
    const larger = new Uint8Array(Math.max(size, 2 * this.bytes.length));
    larger.set(this.bytes.subarray(0, this.end));
    this.replace(larger);
  }

  private replace(bytes: Bytes): void {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer);
  }
}
