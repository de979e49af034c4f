import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Document } from '../ecs/document/document.ts';
import { entityId, NO_ENTITY_ID } from '../ecs/document/entity-id.ts';
import { decode, encode } from '../protocol/codec.ts';
import { decodeEntries, encodeEntries, type Transaction } from './entries.ts';
import { definitionOf, newestDefinition } from './registry.ts';
import { applyTransaction } from './transaction.ts';

const BY = { author: new Uint8Array(8).fill(7), replica: 3 };

/** A packet's entries as the first Theta wrote them: a struct an operation, a head an entry. */
const FIRST_THETA =
  'EAAAAAwAFAAEAAgADAAQAAwAAAAQAAAAHAAAADAAAACcAQAAAQAAAAcHBwcHBwcHAwAAAAUAAAAAAAAAAQABAAIAAQADAAEABgABAAUAAAAcAAAAhAAAANAAAAD8AAAALAEAAAgACQAIAAQACAAAAAwAAAABAAYACAAEAAYAAAAEAAAAAQAAABAAAAAMABwABAAMABQAGAAMAAAAAAAAAAEAAAAAAAAAAAAAAAgAAAAMAAAAAgAAAGEwAAABAAAADAAAAAYADAAEAAAACAAAALL4cCyh1noldAAAAAwAAAAHAAYACAAEAAYAAAAEAAAAAQAAAAAAAAABAAAAAACAPwAAAEAAAEBAAAAAAAAAAAAAAAAAAACAPwAAAAAAAAAAAAAAAAMAAADEAAAADAAAAAgABgAIAAQABgAAAAQAAAABAAAAAAAAAAEAAAAAAAA/AAAAAAAAAAD0AAAADAAAAAkABgAIAAQABgAAAAQAAAABAAAAAAAAAAEAAAAAAIA/AAAAAAAAAAAAAAAAKAEAAAwAAAAKAAYACAAEAAYAAAAEAAAAAQAAAAAAAAABAAAAAAAAQAAAAEAAAABAAgAAAAgAAAAQAAAABAAAAEN1YmUAAAAABAAAAE1vdmUAAAAA';

interface Shape {
  readonly label: string;
  readonly clocks: readonly number[];
}

function made(shapes: readonly Shape[]) {
  const document = new Document();
  const site = document.sites.intern(BY.author, BY.replica);
  const definition = newestDefinition('transform.translate')!;
  const transactions = shapes.map(
    ({ label, clocks }): Transaction => ({
      label,
      entries: clocks.map((lamport) => ({
        definition,
        op: { entity: entityId(site, lamport), offset: [lamport, 0, 0] },
        stamp: { lamport, site },
      })),
    }),
  );
  return { document, site, transactions };
}

/** Transactions whose clocks rise, with gaps between them and, now and then, within. */
const shapes = fc
  .array(
    fc.record({
      label: fc.constantFrom('Move', 'Turn', ''),
      gap: fc.nat(3),
      steps: fc.array(fc.constantFrom(1, 1, 1, 1, 2), { minLength: 1, maxLength: 5 }),
    }),
    { minLength: 1, maxLength: 30 },
  )
  .map((all) => {
    let clock = 10;
    return all.map(({ label, gap, steps }): Shape => {
      clock += gap;
      return { label, clocks: steps.map((step) => (clock += step)) };
    });
  });

describe('entries of a packet', () => {
  it('come back with their clocks, transactions and labels', () => {
    fc.assert(
      fc.property(shapes, (given) => {
        const { document, site, transactions } = made(given);
        const bytes = encodeEntries(document, site, 10, transactions);
        expect(decodeEntries(document, BY, 10, bytes)).toEqual(transactions);
      }),
    );
  });

  it('S1: written by the first Theta are read as it read them', () => {
    const document = new Document();
    const read = decodeEntries(
      document,
      BY,
      5,
      Uint8Array.from(atob(FIRST_THETA), (each) => each.charCodeAt(0)),
    );
    expect(read.map(({ label }) => label)).toEqual(['Cube', 'Move']);
    const entries = read.flatMap((transaction) => transaction.entries);
    expect(entries.map(({ stamp }) => stamp.lamport)).toEqual([5, 6, 7, 8, 11]);
    for (const { entries: each } of read)
      expect(applyTransaction(document, each).refused).toBe(false);
    const site = document.sites.intern(BY.author, BY.replica);
    const entity = document.entityOf(entityId(site, 1))!;
    const transform = document.componentIndex('transform')!;
    expect(document.parentOf(entity)).toBe(NO_ENTITY_ID);
    expect(document.fieldValue(entity, transform, 0)).toEqual([1.5, 2, 3]);
    expect(document.fieldValue(entity, transform, 1)).toEqual([1, 0, 0, 0]);
    expect(document.fieldValue(entity, transform, 2)).toEqual([2, 2, 2]);
  });

  it('of a stream of edits that 64 fill are less than 18 bytes each', () => {
    const random = Array.from({ length: 64 }, (_, i) => ({ label: 'Move', clocks: [i + 1] }));
    const { document, site, transactions } = made(random);
    const far = transactions.map((transaction, i): Transaction => {
      const [entry] = transaction.entries;
      const position = [1, 2, 3].map((k) => Math.fround(Math.sin(i * 7 + k) * 100));
      const definition = newestDefinition('transform.set')!;
      return {
        ...transaction,
        entries: [
          {
            ...entry!,
            definition,
            op: { entity: entityId(site, ((i * 577) % 1000) + 1), position },
          },
        ],
      };
    });
    expect(encodeEntries(document, site, 1, far).length / 64).toBeLessThan(18);
  });
});

describe('S5: spans', () => {
  const withSpans = (spans: readonly number[], labels: readonly string[] = ['Move']) => {
    const { document, site, transactions } = made([{ label: 'Move', clocks: [10, 11] }]);
    const entries = decode('Entries', encodeEntries(document, site, 10, transactions));
    const bytes = encode('Entries', {
      ...entries,
      labels: [...labels],
      spans: Uint8Array.from(spans),
    });
    return decodeEntries(document, BY, 10, bytes);
  };

  it('say what they say', () => {
    expect(withSpans([1, 2, 0, 0])[0]?.entries).toHaveLength(2);
    expect(withSpans([2, 1, 0, 5]).map(({ entries }) => entries[0]?.stamp.lamport)).toEqual([
      15, 21,
    ]);
  });

  it.each([
    [
      'of more entries than a packet may have',
      [0xff, 0xff, 0xff, 0x7f, 2, 0, 0],
      'too many entries',
    ],
    ['of no transactions', [0, 2, 0, 0], 'no entries'],
    ['of transactions without entries', [2, 0, 0, 0], 'no entries'],
    ['with a label that is not there', [1, 2, 1, 0], 'no label'],
    ['of fewer entries than there are', [1, 1, 0, 0], 'more operations than entries'],
    ['of more entries than there are', [1, 3, 0, 0], 'fewer operations than entries'],
    ['whose clocks run away', [1, 2, 0, 0xff, 0xff, 0x7f], 'too far apart'],
    ['cut off', [1, 2], 'too early'],
    ['that are none', [], 'has no entries'],
  ])('%s are refused', (_what, spans, message) => {
    expect(() => withSpans(spans)).toThrow(message);
  });

  it('beside heads are refused', () => {
    const { document, site, transactions } = made([{ label: 'Move', clocks: [10, 12] }]);
    const entries = decode('Entries', encodeEntries(document, site, 10, transactions));
    expect(entries.heads.count).toBe(2);
    const bytes = encode('Entries', { ...entries, spans: Uint8Array.of(1, 2, 0, 0) });
    expect(() => decodeEntries(document, BY, 10, bytes)).toThrow('twice');
  });

  it('name the versions that a log is replayed with', () => {
    expect(definitionOf('TransformSet1').version).toBe(1);
    expect(definitionOf('TransformSet2').version).toBe(2);
  });
});
