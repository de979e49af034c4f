import { sha256 } from '@noble/hashes/sha2.js';
import type { Verifier } from '../../commands/signing.ts';
import { decode } from '../../protocol/codec.ts';
import type {
  SnapshotBegin,
  SnapshotChunk,
  SnapshotHeader,
} from '../../protocol/generated/types.ts';
import { MAX_SNAPSHOT_BYTES } from '../../protocol/limits.ts';
import { type Bytes, equalBytes } from '../../shared/bytes.ts';
import { ThetaError } from '../../shared/errors.ts';

/** R2: a snapshot on its way: its signed header, then the compressed bytes in order. */
export class SnapshotReceiver {
  #begin: SnapshotBegin | undefined;
  #header: SnapshotHeader | undefined;
  #bytes: Bytes = new Uint8Array(0);
  #received = 0;

  /** From 0 to 1. */
  get progress(): number {
    return this.#bytes.length === 0 ? 0 : this.#received / this.#bytes.length;
  }

  /** Of its content, as its header says; 0 before that has come. */
  get size(): number {
    return this.#header?.size ?? 0;
  }

  begin(begin: SnapshotBegin): boolean {
    const header = decode('SnapshotHeader', begin.body);
    if (header.compressedSize > MAX_SNAPSHOT_BYTES || header.size > MAX_SNAPSHOT_BYTES) {
      throw new ThetaError('malformed', 'The snapshot is larger than a document may be.');
    }
    this.#begin = begin;
    this.#header = header;
    this.#bytes = new Uint8Array(header.compressedSize);
    this.#received = 0;
    return this.#received === header.compressedSize;
  }

  /** Whether it is complete now. @throws {ThetaError} `malformed` for a chunk out of order */
  add({ offset, bytes }: SnapshotChunk): boolean {
    if (this.#header === undefined || offset !== this.#received) {
      throw new ThetaError('malformed', 'A part of the snapshot is missing.');
    }
    if (offset + bytes.length > this.#bytes.length) {
      throw new ThetaError('malformed', 'The snapshot is longer than it says.');
    }
    this.#bytes.set(bytes, offset);
    this.#received += bytes.length;
    return this.#received === this.#bytes.length;
  }

  /** The snapshot, verified and decompressed. @throws {ThetaError} `malformed` */
  async finish(
    verifier: Verifier,
    sessionKey: Bytes,
    decompress: (bytes: Bytes, size: number) => Bytes | Promise<Bytes>,
  ): Promise<{ header: SnapshotHeader; bytes: Bytes; compressed: Bytes }> {
    const begin = this.#begin as SnapshotBegin;
    const header = this.#header as SnapshotHeader;
    const signed = await verifier.verify(
      sessionKey,
      'theta snapshot 1',
      begin.body,
      begin.signature,
    );
    if (!signed || !equalBytes(sha256(this.#bytes), header.compressed)) {
      throw new ThetaError('malformed', 'The snapshot is not what the session signed.');
    }
    const compressed = this.#bytes;
    this.#bytes = new Uint8Array(0);
    return { header, bytes: await contentOf(header, compressed, decompress), compressed };
  }
}

/** T3: who did not offer to read compressed ones gets them as they are. */
function contentOf(
  { plain, size }: SnapshotHeader,
  bytes: Bytes,
  decompress: (bytes: Bytes, size: number) => Bytes | Promise<Bytes>,
): Bytes | Promise<Bytes> {
  if (!plain) return decompress(bytes, size);
  if (bytes.length === size) return bytes;
  throw new ThetaError('malformed', 'The snapshot is not of the size that it says.');
}
