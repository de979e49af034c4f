/**
 * A document of 100,000 entities for who joins late: what it costs the server, and what the page does
 * with it, in Node with the page's own code. `npx tsx bench/join-100k.ts [--quick]`.
 */
import { generateNKeysBetween } from 'fractional-indexing';
import { newestDefinition } from '../src/commands/registry.ts';
import { Document } from '../src/ecs/document/document.ts';
import { entityId, NO_ENTITY_ID } from '../src/ecs/document/entity-id.ts';
import { decompress, decompressSnapshot, loadCompressor } from '../src/protocol/compression.ts';
import { MAX_SNAPSHOT_BYTES } from '../src/protocol/limits.ts';
import { worldHash } from '../src/replication/document-codec.ts';
import { readSnapshot, writeSnapshot } from '../src/replication/snapshot.ts';
import {
  type BenchOptions,
  type BenchReport,
  type BenchRow,
  isMain,
  printReport,
} from './harness.ts';

const ENTITIES = { full: 100_000, quick: 2000 } as const;
const ROUNDS = { full: 7, quick: 1 } as const;
const MOST_APPLY_MS = 100;
const MOST_SLICE_MS = 8;

/** Boxes on a grid, each with a name. */
function fill(count: number): Document {
  const document = new Document();
  const site = document.sites.intern(new Uint8Array(8).fill(3), 1);
  const create = newestDefinition('entity.create');
  const index = (name: string): number => document.componentIndex(name) as number;
  for (const [i, order] of generateNKeysBetween(null, null, count).entries()) {
    const position = [i % 100, Math.floor(i / 100) % 100, Math.floor(i / 10_000)];
    const components = [
      { component: index('name'), fields: [{ field: 0, value: `Box ${i}` }] },
      { component: index('transform'), fields: [{ field: 0, value: position }] },
      { component: index('primitive'), fields: [] },
    ].sort((a, b) => a.component - b.component);
    const op = { entity: entityId(site, i + 1), parent: NO_ENTITY_ID, order, components };
    create?.apply(document, op as never, { lamport: i + 1, site });
  }
  return document;
}

function rowOf(label: string, samples: readonly number[]): BenchRow {
  const sorted = samples.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] ?? 0;
  return { label, unit: 'ms', value: at(0.5), spread: [at(0.25), at(0.75)] };
}

export async function run({ quick }: BenchOptions): Promise<BenchReport> {
  const count = quick ? ENTITIES.quick : ENTITIES.full;
  const document = fill(count);
  const hash = worldHash(document);
  const compress = await loadCompressor();
  const took = { write: [], compress: [], small: [], own: [], apply: [] } as Record<
    string,
    number[]
  >;
  const timed = async <T>(name: string, step: () => T | Promise<T>): Promise<T> => {
    const began = performance.now();
    const result = await step();
    took[name]?.push(performance.now() - began);
    return result;
  };
  let size = 0;
  for (let round = 0; round < (quick ? ROUNDS.quick : ROUNDS.full); round++) {
    const snapshot = await timed('write', () =>
      writeSnapshot(document, { lamport: count, marks: [] }),
    );
    const sent = await timed('compress', () => compress(snapshot));
    size = sent.length;
    await timed('small', () => decompress(sent, MAX_SNAPSHOT_BYTES));
    const read = await timed('own', () => decompressSnapshot(sent, MAX_SNAPSHOT_BYTES));
    const joined = new Document();
    await timed('apply', () => readSnapshot(joined, read));
    if (round === 0 && worldHash(joined) !== hash)
      throw new Error('The document came out otherwise.');
  }
  const apply = rowOf('page: applied, in one slice', took.apply ?? []);
  return {
    name: 'join-100k',
    rows: [
      { label: 'snapshot as sent', value: size / 1024, unit: 'KiB' },
      rowOf('server: written', took.write ?? []),
      rowOf('server: compressed', took.compress ?? []),
      rowOf('page: read by fzstd', took.small ?? []),
      rowOf('page: read as a page does (zstd itself, where it is large)', took.own ?? []),
      { ...apply, goal: `≤ ${MOST_APPLY_MS} ms`, pass: apply.value <= MOST_APPLY_MS },
      {
        ...apply,
        label: 'page: the longest slice',
        goal: `≤ ${MOST_SLICE_MS} ms`,
        pass: apply.value <= MOST_SLICE_MS,
      },
    ],
    notes: [`${count} named boxes; in Node with the page's code, not in a page`],
  };
}

if (isMain(import.meta.url)) printReport(await run({ quick: process.argv.includes('--quick') }));
