import assert from 'node:assert/strict';
import type { Bytes } from '../shared/bytes.ts';
import { MAX_REASON_BYTES } from './framing.ts';
import { maxMessageBytes } from './message-limit.ts';
import { type CloseInfo, type Lane, TRANSPORT_LIMITS, type Transport } from './transport.ts';

/** Two connected ends of an adapter under test. */
export interface TransportPair {
  readonly client: Transport;
  readonly server: Transport;
  /** Lets the network move on a little; called again and again while a case waits. */
  advance(): Promise<void>;
  /** Ends the line without a word to either end. */
  cut(): void;
  /** Frees what the pair holds, whatever state it is in. */
  dispose(): Promise<void>;
}

/** One rule that every adapter keeps; `run` rejects where it is broken. Knows no test framework. */
export interface ContractCase {
  readonly name: string;
  run(pair: TransportPair): Promise<void>;
}

const PATIENCE_MS = 15_000;

interface Received {
  readonly messages: { readonly lane: Lane; readonly bytes: Bytes }[];
  readonly closes: CloseInfo[];
}

function listen(transport: Transport): Received {
  const received: Received = { messages: [], closes: [] };
  transport.onMessage = (lane, bytes) => received.messages.push({ lane, bytes });
  transport.onClose = (info) => received.closes.push(info);
  return received;
}

async function until(pair: TransportPair, what: string, holds: () => boolean): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (!holds()) {
    if (performance.now() > deadline) assert.fail(`waited in vain for ${what}`);
    await pair.advance();
  }
}

/** Gives what should not happen a chance to. */
async function settle(pair: TransportPair): Promise<void> {
  for (let i = 0; i < 10; i++) await pair.advance();
}

async function resolved(pair: TransportPair, what: string, promise: Promise<void>): Promise<void> {
  let done = false;
  const watch = promise.then(() => {
    done = true;
  });
  await until(pair, what, () => done);
  await watch;
}

/** Bytes that tell by their content which message they are, and whether they are whole. */
function patterned(seed: number, length: number): Bytes {
  const bytes = new Uint8Array(length);
  for (let i = 0; i < length; i++) bytes[i] = (seed * 31 + i * 7) & 0xff;
  return bytes;
}

function assertBytes(actual: Uint8Array, expected: Uint8Array, what: string): void {
  assert.equal(actual.length, expected.length, `${what}: length`);
  const wrong = expected.findIndex((byte, i) => actual[i] !== byte);
  assert.equal(wrong, -1, `${what}: byte ${wrong} differs`);
}

function onLane(received: Received, lane: Lane): Bytes[] {
  return received.messages.filter((each) => each.lane === lane).map((each) => each.bytes);
}

async function keepsOrder(pair: TransportPair, lane: Lane, lengths: number[]): Promise<void> {
  const atClient = listen(pair.client);
  const atServer = listen(pair.server);
  lengths.forEach((length, i) => {
    assert.ok(pair.client.send(lane, patterned(i, length)));
    assert.ok(pair.server.send(lane, patterned(i + 1000, length)));
  });
  const arrived = (): boolean =>
    onLane(atServer, lane).length >= lengths.length &&
    onLane(atClient, lane).length >= lengths.length;
  await until(pair, `${lengths.length} messages each way`, arrived);
  lengths.forEach((length, i) => {
    assertBytes(onLane(atServer, lane)[i]!, patterned(i, length), `message ${i}`);
    assertBytes(onLane(atClient, lane)[i]!, patterned(i + 1000, length), `message ${i} back`);
  });
}

const someLengths = Array.from({ length: 300 }, (_, i) => (i * i * 13) % 2500);

async function closesWithItsWord(pair: TransportPair, by: 'client' | 'server'): Promise<void> {
  const atClient = listen(pair.client);
  const atServer = listen(pair.server);
  const [from, there] = by === 'client' ? [pair.client, atServer] : [pair.server, atClient];
  for (let i = 0; i < 50; i++) assert.ok(from.send('reliable', patterned(i, 5000)));
  from.close(4242, 'the room is full, ты');
  from.close(1, 'a second close means nothing');
  assert.equal(atClient.closes.length + atServer.closes.length, 0, 'never inside close');
  await until(pair, 'both ends to close', () =>
    [atClient, atServer].every((end) => end.closes.length > 0),
  );
  await settle(pair);
  const farewell = { code: 4242, reason: 'the room is full, ты', clean: true };
  assert.deepEqual(atClient.closes, [farewell]);
  assert.deepEqual(atServer.closes, [farewell]);
  assert.equal(there.messages.length, 50, 'what was queued on reliable came first');
}

async function echoesLargest(pair: TransportPair, lane: Lane): Promise<void> {
  listen(pair.client);
  const atServer = listen(pair.server);
  const limit = maxMessageBytes(pair.client, lane);
  assert.ok(!pair.client.send(lane, new Uint8Array(limit + 1)), 'one byte over');
  assert.equal(pair.client.bufferedBytes(lane), 0);
  assert.ok(pair.client.send(lane, patterned(1, limit)), 'at the limit');
  await until(pair, 'the largest message', () => {
    if (lane === 'unreliable' && atServer.messages.length === 0)
      pair.client.send(lane, patterned(1, limit));
    return atServer.messages.length > 0;
  });
  assertBytes(atServer.messages[0]!.bytes, patterned(1, limit), 'the largest message');
}

async function carriesDatagrams(pair: TransportPair): Promise<void> {
  const atClient = listen(pair.client);
  const atServer = listen(pair.server);
  assert.ok(pair.client.maxDatagramBytes >= 1000 && pair.server.maxDatagramBytes >= 1000);
  for (const [from, to] of [
    [pair.client, atServer],
    [pair.server, atClient],
  ] as const) {
    await until(pair, 'a datagram', () => {
      from.send('unreliable', patterned(9, 64));
      return to.messages.length > 0;
    });
    assert.equal(to.messages[0]!.lane, 'unreliable');
    assertBytes(to.messages[0]!.bytes, patterned(9, 64), 'the datagram');
  }
}

async function bulkYields(pair: TransportPair): Promise<void> {
  listen(pair.client);
  const atServer = listen(pair.server);
  const chunks = 24;
  for (let i = 0; i < chunks; i++)
    assert.ok(pair.client.send('bulk', patterned(i, TRANSPORT_LIMITS.maxBulkBytes)));
  assert.ok(pair.client.send('reliable', patterned(0, 200)));
  await until(pair, 'all chunks', () => atServer.messages.length === chunks + 1);
  const place = atServer.messages.findIndex((each) => each.lane === 'reliable');
  assert.ok(place < chunks / 2, `the command came after ${place} of ${chunks} chunks`);
}

async function pushesBack(pair: TransportPair, lane: Lane): Promise<void> {
  listen(pair.client);
  const atServer = listen(pair.server);
  await pair.client.drained(lane, 0);
  const message = patterned(3, 64 * 1024);
  let accepted = 0;
  while (pair.client.send(lane, message)) {
    accepted++;
    assert.ok(pair.client.bufferedBytes(lane) <= TRANSPORT_LIMITS.maxBufferedBytes);
  }
  assert.ok(accepted >= 64 && pair.client.bufferedBytes(lane) > 0, 'it buffers, within bounds');
  await resolved(pair, 'half of it to drain', pair.client.drained(lane, 4 * 1024 * 1024));
  assert.ok(pair.client.bufferedBytes(lane) <= 4 * 1024 * 1024);
  assert.ok(pair.client.send(lane, message), 'room again');
  await resolved(pair, 'all of it to drain', pair.client.drained(lane, 0));
  assert.equal(pair.client.bufferedBytes(lane), 0);
  await until(pair, 'what was accepted', () => atServer.messages.length === accepted + 1);
}

async function silentAfterClose(pair: TransportPair): Promise<void> {
  const atClient = listen(pair.client);
  const atServer = listen(pair.server);
  pair.server.send('bulk', patterned(1, 100_000));
  pair.server.send('reliable', patterned(1, 100));
  pair.client.close(7, 'enough');
  for (const lane of ['reliable', 'bulk', 'unreliable'] as const) {
    assert.ok(!pair.client.send(lane, patterned(1, 10)), `${lane} after close`);
    pair.server.send(lane, patterned(1, 10));
  }
  await until(pair, 'both ends to close', () =>
    [atClient, atServer].every((end) => end.closes.length > 0),
  );
  await settle(pair);
  assert.equal(atClient.messages.length, 0, 'nothing is delivered to the end that closed');
  assert.ok(!pair.server.send('reliable', patterned(1, 10)), 'the other end has closed too');
  await resolved(pair, 'drained after close', pair.client.drained('bulk', 0));
  await resolved(pair, 'drained after close', pair.server.drained('bulk', 0));
}

async function noticesDeath(pair: TransportPair): Promise<void> {
  const atClient = listen(pair.client);
  const atServer = listen(pair.server);
  pair.client.send('reliable', patterned(1, 10));
  await until(pair, 'a first message', () => atServer.messages.length === 1);
  pair.cut();
  pair.client.send('bulk', patterned(1, 100_000));
  const waiting = pair.client.drained('bulk', 0);
  await until(pair, 'both ends to notice', () =>
    [atClient, atServer].every((end) => end.closes.length > 0),
  );
  await settle(pair);
  for (const { closes } of [atClient, atServer]) {
    assert.equal(closes.length, 1, 'onClose once');
    assert.equal(closes[0]!.code, 1);
    assert.equal(closes[0]!.clean, false);
  }
  await resolved(pair, 'drained after the loss', waiting);
}

async function copies(pair: TransportPair): Promise<void> {
  const atClient = listen(pair.client);
  const atServer = listen(pair.server);
  const reused = patterned(5, 300);
  pair.client.send('reliable', reused);
  reused.fill(0xee);
  pair.client.send('bulk', patterned(6, 300));
  await until(pair, 'both', () => atServer.messages.length === 2);
  const first = onLane(atServer, 'reliable')[0]!;
  assertBytes(first, patterned(5, 300), 'sent before the buffer was reused');
  first.fill(0);
  assertBytes(onLane(atServer, 'bulk')[0]!, patterned(6, 300), 'each message has its own bytes');
  pair.server.send('reliable', first);
  await until(pair, 'the answer', () => atClient.messages.length === 1);
  assert.notEqual(atClient.messages[0]!.bytes.buffer, first.buffer);
}

async function cutsLongReasons(pair: TransportPair): Promise<void> {
  listen(pair.client);
  const atServer = listen(pair.server);
  pair.client.close(9, 'é'.repeat(MAX_REASON_BYTES));
  await until(pair, 'the close', () => atServer.closes.length > 0);
  assert.equal(atServer.closes[0]!.reason, 'é'.repeat(MAX_REASON_BYTES / 2));
}

/** What every adapter promises, on a fresh pair for each case. */
export const CONTRACT_CASES: readonly ContractCase[] = [
  {
    name: 'T1: reliable keeps order, empty messages included',
    run: (pair) => keepsOrder(pair, 'reliable', someLengths),
  },
  {
    name: 'T1: bulk keeps order',
    run: (pair) => keepsOrder(pair, 'bulk', [0, 1, 100_000, 262_144, 3, 70_000]),
  },
  { name: 'T1: bulk never holds up reliable', run: bulkYields },
  { name: 'T1: unreliable carries messages, both ways', run: carriesDatagrams },
  {
    name: 'S3: reliable takes its largest message and not a byte more',
    run: (pair) => echoesLargest(pair, 'reliable'),
  },
  {
    name: 'S3: bulk takes its largest message and not a byte more',
    run: (pair) => echoesLargest(pair, 'bulk'),
  },
  {
    name: 'S3: unreliable takes maxDatagramBytes and not a byte more',
    run: (pair) => echoesLargest(pair, 'unreliable'),
  },
  {
    name: 'T1: reliable pushes back and drains',
    run: (pair) => pushesBack(pair, 'reliable'),
  },
  { name: 'T1: bulk pushes back and drains', run: (pair) => pushesBack(pair, 'bulk') },
  { name: 'T1: messages are copies', run: copies },
  {
    name: 'T4: a close by the client brings code and reason, after what was queued',
    run: (pair) => closesWithItsWord(pair, 'client'),
  },
  {
    name: 'T4: a close by the server brings code and reason, after what was queued',
    run: (pair) => closesWithItsWord(pair, 'server'),
  },
  { name: 'T4: nothing is sent or delivered after close', run: silentAfterClose },
  { name: 'T4: a long reason is cut, not refused', run: cutsLongReasons },
  { name: 'T4: a dead line closes each end once, as a loss', run: noticesDeath },
];
