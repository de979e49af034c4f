/**
 * Messages on `reliable`, compressed by zstd with a dictionary of what messages hold. It is the
 * messages that are compressed, packets and signatures inside them come out byte for byte (S1).
 * A buffer never begins as a zstd frame does, so a message says itself which it is.
 */
import type { Bytes } from '../shared/bytes.ts';
import { messageOf, ThetaError } from '../shared/errors.ts';
import { loadZstd } from './compression.ts';
import { type CompressionCode, contentSizeOf } from './zstd-frame.ts';

/** Each has its module in `dictionaries/`, and stays. */
export const MESSAGE_DICTIONARY = 1;

/** By measurement: below this compressing costs more than it saves. */
export const LEAST_COMPRESSED_BYTES = 192;
/** By measurement: a higher one takes twice as long for 5 % less. */
const LEVEL = 3;

/** How much it has done. */
export interface CompressionCounts {
  /** Bytes of messages, and what they were on the line. */
  plain: number;
  compressed: number;
  /** How long the last one took, in ms. */
  lastMs: number;
}

/** Compresses messages, and reads those that were, by one dictionary. */
export class MessageCodec {
  readonly dictionary: number;
  readonly counts: CompressionCounts = { plain: 0, compressed: 0, lastMs: 0 };
  readonly #zstd: Zstd;
  readonly #bytes: Bytes;
  readonly #compressor: number;
  readonly #decompressor: number;
  /** What was compressed last: a message to many is compressed once. */
  #last: { readonly message: Bytes; readonly result: Bytes } | undefined;

  constructor(zstd: Zstd, dictionary: number, bytes: Bytes) {
    this.dictionary = dictionary;
    this.#zstd = zstd;
    this.#bytes = bytes;
    this.#compressor = zstd.createCCtx();
    this.#decompressor = zstd.createDCtx();
  }

  /** The message as it goes on the line: as it is where that is shorter. */
  deflate(message: Bytes): Bytes {
    if (this.#last?.message === message) return this.#count(message, this.#last.result);
    const began = performance.now();
    const result = message.length < LEAST_COMPRESSED_BYTES ? message : this.#compress(message);
    this.#last = { message, result };
    this.counts.lastMs = performance.now() - began;
    return this.#count(message, result);
  }

  /**
   * A message as it was before it was compressed; its size is known, and bounded, before any memory
   * is taken for it. @throws {ThetaError<CompressionCode>}
   */
  inflate(bytes: Bytes, maxSize: number): Bytes {
    const size = contentSizeOf(bytes, maxSize, this.dictionary);
    const began = performance.now();
    const content = this.#decompress(bytes);
    if (content.length !== size) throw corrupt('The frame is shorter than it says.');
    this.counts.lastMs = performance.now() - began;
    return this.#count(content, bytes, content);
  }

  #compress(message: Bytes): Bytes {
    const frame = this.#zstd.compressUsingDict(this.#compressor, message, this.#bytes, LEVEL);
    return frame.length < message.length ? own(frame) : message;
  }

  #decompress(bytes: Bytes): Bytes {
    try {
      return own(this.#zstd.decompressUsingDict(this.#decompressor, bytes, this.#bytes));
    } catch (thrown) {
      throw corrupt(messageOf(thrown));
    }
  }

  #count(plain: Bytes, line: Bytes, result = line): Bytes {
    this.counts.plain += plain.length;
    this.counts.compressed += line.length;
    return result;
  }
}

type Zstd = Awaited<ReturnType<typeof loadZstd>>;

/** Fetched and compiled at the first call only; 80 KB in a browser. */
export async function loadMessageCodec(dictionary = MESSAGE_DICTIONARY): Promise<MessageCodec> {
  if (dictionary !== MESSAGE_DICTIONARY) {
    throw new RangeError(`There is no dictionary ${dictionary} here.`);
  }
  const [zstd, { BASE64 }] = await Promise.all([
    loadZstd(),
    import('./dictionaries/messages-1.ts'),
  ]);
  const bytes = Uint8Array.from(atob(BASE64), (each) => each.charCodeAt(0));
  return new MessageCodec(zstd, dictionary, bytes);
}

function own(bytes: Uint8Array): Bytes {
  return bytes as Bytes;
}

function corrupt(message: string): ThetaError<CompressionCode> {
  return new ThetaError('corrupt', message);
}
