import fc from 'fast-check';
import { jpegHeader, pngHeader, webpHeader } from '../../src/client/import/testing/images.ts';
import { decodeEntries, encodeEntries } from '../../src/commands/entries.ts';
import type { LocalTransaction } from '../../src/commands/local-transaction.ts';
import { CommandLog } from '../../src/commands/log.ts';
import { CommandPipeline } from '../../src/commands/pipeline.ts';
import { applyTransaction } from '../../src/commands/transaction.ts';
import { Document } from '../../src/ecs/document/document.ts';
import { checkGeometry } from '../../src/mesh/geometry-asset.ts';
import { decode, encode, type TableName } from '../../src/protocol/codec.ts';
import { decompress, loadCompressor } from '../../src/protocol/compression.ts';
import { Reason } from '../../src/protocol/generated/types.ts';
import { BLOB_ENTRIES_LIMITS } from '../../src/protocol/limits.ts';
import { loadMessageCodec } from '../../src/protocol/message-compression.ts';
import { table } from '../../src/protocol/testing/arbitrary.ts';
import { checkInRange } from '../../src/protocol/testing/in-range.ts';
import { ROOTS } from '../../src/protocol/testing/roots.ts';
import { readSnapshot, writeSnapshot } from '../../src/replication/snapshot.ts';
import { carryOut, randomWrites } from '../../src/replication/testing/random-document.ts';
import { capsuleDecoder, encodeCloseCapsule } from '../../src/server/webtransport/capsules.ts';
import {
  controlDecoder,
  encodeFrame,
  FRAME,
  requestDecoder,
} from '../../src/server/webtransport/h3-frames.ts';
import { decodeHuffman, encodeHuffman } from '../../src/server/webtransport/huffman.ts';
import { WEBTRANSPORT_LIMITS } from '../../src/server/webtransport/limits.ts';
import { decodeFields, encodeFields } from '../../src/server/webtransport/qpack.ts';
import {
  decodeSettings,
  encodeSettings,
  serverSettings,
} from '../../src/server/webtransport/settings.ts';
import { readStreamHeader } from '../../src/server/webtransport/stream-header.ts';
import type { Bytes } from '../../src/shared/bytes.ts';
import { ThetaError } from '../../src/shared/errors.ts';
import { readImageHeader } from '../../src/shared/image-header.ts';
import { seededRandom } from '../../src/shared/random.ts';
import { encodeFarewell, encodeMessage, FrameDecoder } from '../../src/transport/framing.ts';
import { doSomething } from '../sim/random-commands.ts';
import { fileTargets } from './file-targets.ts';

/** Something that reads bytes from outside. */
export interface FuzzTarget {
  readonly name: string;
  /** What it is made to read, before it is damaged. */
  readonly samples: readonly Bytes[];
  /** Reads them. May throw a `ThetaError`, and nothing else. */
  readonly read: (bytes: Bytes) => unknown;
  /** Of the inputs, how many are for it: slower ones get fewer. */
  readonly weight: number;
}

const SAMPLES = 20;
const SEED = 20261122;
const MAX_DECOMPRESSED = 1024 * 1024;
const AUTHOR = { author: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8), replica: 0 };

const ignore = (): void => undefined;
const utf8 = (text: string): Bytes => new TextEncoder().encode(text);

function samplesOf(name: TableName): Bytes[] {
  return fc
    .sample(table(name), { numRuns: SAMPLES, seed: SEED })
    .map((value) => encode(name, value as never));
}

function roots(): FuzzTarget[] {
  return ROOTS.map((name) => ({
    name: `${name} buffer`,
    samples: samplesOf(name),
    read: (bytes) => checkInRange(name, decode(name, bytes) as never),
    weight: 4,
  }));
}

function snapshots(): Bytes[] {
  const histories = fc.sample(randomWrites, { numRuns: SAMPLES, seed: SEED });
  return histories.map((writes) => {
    const document = new Document();
    for (const [i, write] of writes.entries()) carryOut(document, write, i + 1);
    return writeSnapshot(document, { lamport: writes.length, marks: [] });
  });
}

/** What people do, as their packets carry it. */
function realEntries(): Bytes[] {
  const document = new Document();
  const site = document.sites.intern(AUTHOR.author, AUTHOR.replica);
  const log = new CommandLog(document, site);
  const made: LocalTransaction[] = [];
  const pipeline = new CommandPipeline({
    log,
    enqueue: (transaction) => made.push(transaction),
    objection: () => Reason.none,
  });
  const random = seededRandom(SEED);
  const person = { session: { pipeline, document }, does: () => undefined };
  while (made.length < 4 * SAMPLES) doSomething(random, person);
  return made.map((transaction) => encodeEntries(document, site, 1, [transaction]));
}

/** Decodes entries as a room does, and applies what can be applied. */
function readEntries(bytes: Bytes): void {
  const document = new Document();
  for (const { entries } of decodeEntries(document, AUTHOR, 1, bytes, BLOB_ENTRIES_LIMITS))
    applyTransaction(document, entries);
}

const documents: readonly FuzzTarget[] = [
  {
    name: 'command payloads, applied',
    samples: [...realEntries(), ...samplesOf('Entries')],
    read: readEntries,
    weight: 4,
  },
  {
    name: 'snapshot into a document',
    samples: snapshots(),
    read: (bytes) => readSnapshot(new Document(), bytes),
    weight: 2,
  },
  {
    name: 'geometry asset',
    samples: [
      encode('Geometry', {
        submeshes: [{ positions: new Float32Array(9), indices: Uint32Array.of(0, 1, 2) }],
      }),
      ...samplesOf('Geometry'),
    ],
    read: (bytes) => checkGeometry(decode('Geometry', bytes)),
    weight: 4,
  },
  {
    name: 'image header',
    samples: [pngHeader(64, 64), jpegHeader(64, 64), webpHeader(64, 64)],
    read: (bytes) => {
      if (!readImageHeader(bytes)) throw new ThetaError('no_image', 'That is no image.');
    },
    weight: 4,
  },
];

/** Reads a stream to its end, in two pieces. */
function inPieces(decoder: { push(chunk: Uint8Array): void; finish(): void }, bytes: Bytes): void {
  const half = bytes.length >> 1;
  decoder.push(bytes.subarray(0, half));
  decoder.push(bytes.subarray(half));
  decoder.finish();
}

const limits = WEBTRANSPORT_LIMITS;
const fields = encodeFields([
  { name: ':method', value: 'CONNECT' },
  { name: ':path', value: '/wt?x=1' },
  { name: 'origin', value: 'https://theta.example' },
]);
const settings = encodeSettings(serverSettings(limits));

const streams: readonly FuzzTarget[] = [
  {
    name: 'lane framing',
    samples: [encodeMessage(utf8('message')), encodeFarewell({ code: 4400, reason: 'bye' })],
    read: (bytes) =>
      inPieces(new FrameDecoder(1024, { onMessage: ignore, onFarewell: ignore }), bytes),
    weight: 4,
  },
  {
    name: 'HTTP/3 request stream',
    samples: [encodeFrame(FRAME.headers, fields), encodeFrame(FRAME.data, utf8('data'))],
    read: (bytes) => inPieces(requestDecoder({ onHeaders: ignore, onData: ignore }, limits), bytes),
    weight: 4,
  },
  {
    name: 'HTTP/3 control stream',
    samples: [encodeFrame(FRAME.settings, settings), encodeFrame(FRAME.goaway, Uint8Array.of(0))],
    read: (bytes) =>
      inPieces(controlDecoder({ onSettings: ignore, onGoaway: ignore }, limits), bytes),
    weight: 4,
  },
  {
    name: 'QPACK field section',
    samples: [fields],
    read: (bytes) => decodeFields(bytes, limits),
    weight: 4,
  },
  {
    name: 'Huffman text',
    samples: [
      encodeHuffman(utf8('theta.example')),
      encodeHuffman(utf8('text/html; charset=utf-8')),
    ],
    read: (bytes) => decodeHuffman(bytes, 256),
    weight: 4,
  },
  {
    name: 'HTTP/3 settings',
    samples: [settings],
    read: (bytes) => decodeSettings(bytes, limits),
    weight: 4,
  },
  {
    name: 'capsules',
    samples: [encodeCloseCapsule({ code: 4400, reason: 'bye' })],
    read: (bytes) => inPieces(capsuleDecoder({ onClose: ignore, onDrain: ignore }, limits), bytes),
    weight: 4,
  },
  {
    name: 'stream header',
    samples: [Uint8Array.of(0x40, 0x41, 0), Uint8Array.of(0x40, 0x54, 4), Uint8Array.of(0)],
    read: (bytes) => [readStreamHeader('bidi', bytes), readStreamHeader('uni', bytes)],
    weight: 4,
  },
];

/** Everything that reads what somebody else wrote. */
export async function allTargets(): Promise<FuzzTarget[]> {
  const compress = await loadCompressor();
  const messages = await loadMessageCodec();
  const packed = [compress(utf8('theta '.repeat(200))), compress(new Uint8Array(5000))];
  return [
    ...roots(),
    ...documents,
    ...streams,
    {
      name: 'zstd',
      samples: packed,
      read: (bytes) => decompress(bytes, MAX_DECOMPRESSED),
      weight: 2,
    },
    {
      name: 'compressed messages',
      samples: realEntries().map((bytes) => messages.deflate(bytes)),
      read: (bytes) => messages.inflate(bytes, MAX_DECOMPRESSED),
      weight: 2,
    },
    ...(await fileTargets()),
  ];
}
