import type { EchoFigures } from '../src/server/webtransport/testing/deno-echo-client.ts';
import type { EchoEvent } from '../src/server/webtransport/testing/deno-echo-server.ts';
import { DenoScript } from '../src/server/webtransport/testing/spawn-deno.ts';
import {
  type BenchOptions,
  type BenchReport,
  type BenchRow,
  isMain,
  printReport,
} from './harness.ts';

const ROUND_TRIPS = { full: 4_000, quick: 100 } as const;
/** A command's way over loopback and back must be nothing beside a frame. */
const MOST_MEDIAN_MS = 2;
const MEBIBYTE = 1 << 20;

/** WebTransport over loopback, between two Deno processes: our client adapter and our server. */
export async function run({ quick }: BenchOptions): Promise<BenchReport> {
  const figures = await measure(quick ? ROUND_TRIPS.quick : ROUND_TRIPS.full);
  const rows: BenchRow[] = [
    ...roundTripRows('reliable', figures.reliableMs),
    ...roundTripRows('unreliable', figures.unreliableMs),
    { label: 'reliable, pipelined', value: figures.pipelinedPerSecond, unit: 'echoes/s' },
    { label: 'bulk, each way', value: figures.bulkBytesPerSecond / MEBIBYTE, unit: 'MiB/s' },
  ];
  return {
    name: 'transport-echo',
    rows,
    notes: ['200 bytes there and back; bulk in chunks of 64 KiB. Two Deno processes, loopback.'],
  };
}

async function measure(roundTrips: number): Promise<EchoFigures> {
  await using server = new DenoScript<EchoEvent>('./deno-echo-server.ts');
  const { port, hash } = await server.waitFor((event) => event.kind === 'listening');
  const args = [String(port), hash, String(roundTrips)];
  await using client = new DenoScript<EchoFigures>('./deno-echo-client.ts', args);
  return await client.waitFor((figures): figures is EchoFigures => 'reliableMs' in figures);
}

function roundTripRows(lane: string, sortedMs: readonly number[]): BenchRow[] {
  const at = (share: number): number => sortedMs[Math.floor(share * (sortedMs.length - 1))]!;
  const pass = at(0.5) <= MOST_MEDIAN_MS;
  const goal = `at most ${MOST_MEDIAN_MS} ms`;
  return [
    {
      label: `${lane}, RTT p50`,
      value: at(0.5),
      unit: 'ms',
      spread: [at(0.25), at(0.75)],
      ...(lane === 'reliable' ? { goal, pass } : {}),
    },
    { label: `${lane}, RTT p99`, value: at(0.99), unit: 'ms' },
  ];
}

if (isMain(import.meta.url)) printReport(await run({ quick: false }));
