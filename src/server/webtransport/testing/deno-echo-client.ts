import { fromBase64Url } from '../../../shared/bytes.ts';
import type { Lane, Transport } from '../../../transport/transport.ts';
import { connectWebTransport } from '../../../transport/webtransport.ts';

/*
 * Measures a `deno-echo-server.ts` in another process, and prints one line of JSON.
 * Arguments: its port, its certificate's hash, and how many round trips to time.
 */

export interface EchoFigures {
  /** Milliseconds there and back of 200 bytes, one after the other, sorted. */
  readonly reliableMs: readonly number[];
  readonly unreliableMs: readonly number[];
  /** Messages of 200 bytes there and back a second, when many are under way. */
  readonly pipelinedPerSecond: number;
  /** Bytes a second there, and as many back. */
  readonly bulkBytesPerSecond: number;
}

const MESSAGE_BYTES = 200;
const PIPELINE = 256;
const BULK_BYTES = 64 * 1024;
/** After this a datagram counts as lost, and is left out. */
const DATAGRAM_PATIENCE_MS = 100;

async function roundTrips(transport: Transport, lane: Lane, count: number): Promise<number[]> {
  const times: number[] = [];
  const message = new Uint8Array(MESSAGE_BYTES);
  while (times.length < count) {
    const startedAt = performance.now();
    const arrived = await new Promise<boolean>((resolve) => {
      const timer =
        lane === 'unreliable' ? setTimeout(() => resolve(false), DATAGRAM_PATIENCE_MS) : undefined;
      transport.onMessage = () => {
        clearTimeout(timer);
        resolve(true);
      };
      transport.send(lane, message);
    });
    if (arrived) times.push(performance.now() - startedAt);
  }
  return times.sort((a, b) => a - b);
}

/** Seconds for `count` messages there and back, with up to `PIPELINE` under way. */
function streamOf(transport: Transport, lane: Lane, bytes: number, count: number): Promise<number> {
  const message = new Uint8Array(bytes);
  const startedAt = performance.now();
  let sent = 0;
  let received = 0;
  return new Promise((resolve) => {
    const send = (): void => {
      if (sent < count && transport.send(lane, message)) sent++;
    };
    transport.onMessage = () => {
      received++;
      send();
      if (received === count) resolve((performance.now() - startedAt) / 1000);
    };
    for (let i = 0; i < Math.min(PIPELINE, (4 << 20) / bytes); i++) send();
  });
}

async function measure(port: string, hash: string, count: number): Promise<EchoFigures> {
  const transport = await connectWebTransport(`https://127.0.0.1:${port}/wt`, {
    certificateHashes: [fromBase64Url(hash)!],
  });
  await roundTrips(transport, 'reliable', Math.ceil(count / 4));
  const reliableMs = await roundTrips(transport, 'reliable', count);
  const unreliableMs = await roundTrips(transport, 'unreliable', count);
  const messages = count * 10;
  const seconds = await streamOf(transport, 'reliable', MESSAGE_BYTES, messages);
  const bulkSeconds = await streamOf(transport, 'bulk', BULK_BYTES, count);
  transport.close();
  return {
    reliableMs,
    unreliableMs,
    pipelinedPerSecond: messages / seconds,
    bulkBytesPerSecond: (count * BULK_BYTES) / bulkSeconds,
  };
}

const [port = '', hash = '', count = '100'] = Deno.args;
console.log(JSON.stringify(await measure(port, hash, Number(count))));
Deno.exit(0);
