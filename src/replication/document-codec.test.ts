import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Document } from '../ecs/document/document.ts';
import { entityId } from '../ecs/document/entity-id.ts';
import { NO_ENTITY } from '../ecs/entity.ts';
import { decode, encode } from '../protocol/codec.ts';
import type { Column } from '../protocol/generated/types.ts';
import { structsFrom } from '../protocol/struct-vector.ts';
import { encodeDocument, worldHash } from './document-codec.ts';
import { loadDocument } from './document-loader.ts';
import { readSnapshot, writeSnapshot } from './snapshot.ts';
import { carryOut, randomWrites } from './testing/random-document.ts';
import { WireFault } from './wire/wire-fault.ts';

describe('the canonical form', () => {
  it('O2: encoding, loading and encoding again gives the same bytes', () => {
    fc.assert(
      fc.property(randomWrites, (writes) => {
        const document = new Document();
        for (const [i, write] of writes.entries()) carryOut(document, write, i + 1);
        const bytes = encodeDocument(document);
        const loaded = new Document();
        loadDocument(loaded, bytes);
        expect(encodeDocument(loaded)).toEqual(bytes);
      }),
    );
  });

  it('O2: the hash does not depend on when entities and sites became known', () => {
    const make = (order: readonly number[]): Document => {
      const document = new Document();
      for (const at of order) document.sites.intern(`${at}`.repeat(16), at);
      for (const at of order) {
        const site = document.sites.find(`${at}`.repeat(16), at);
        document.create(entityId(site, 7 - at), NO_ENTITY, `a${at}`, { lamport: at, site });
      }
      return document;
    };
    const expected = worldHash(make([1, 2, 3, 4]));
    fc.assert(
      fc.property(fc.shuffledSubarray([1, 2, 3, 4], { minLength: 4 }), (order) => {
        expect(worldHash(make(order))).toBe(expected);
      }),
    );
  });

  it('O2: what was written and rolled back leaves no trace in the hash', () => {
    fc.assert(
      fc.property(randomWrites, randomWrites, (kept, undone) => {
        const document = new Document();
        for (const [i, write] of kept.entries()) carryOut(document, write, i + 1);
        const before = worldHash(document);
        const journals = undone.map((write, i) => carryOut(document, write, kept.length + i + 1));
        for (const journal of journals.reverse()) document.rollBack(journal);
        document.sweep();
        expect(worldHash(document)).toBe(before);
      }),
    );
  });

  it('O6: minus zero is zero', () => {
    const make = (zero: number): string => {
      const document = new Document();
      const by = { lamport: 1, site: document.sites.intern('00'.repeat(8), 0) };
      const entity = document.create(entityId(by.site, 1), NO_ENTITY, 'a0', by);
      const transform = document.componentIndex('transform') as number;
      document.writePresence(entity, transform, true, by);
      document.writeField(entity, transform, 0, [zero, 1, zero], by);
      return worldHash(document);
    };
    expect(make(-0)).toBe(make(0));
  });

  it('O7: an emptied document that is filled again has the same handles', () => {
    fc.assert(
      fc.property(randomWrites, (writes) => {
        const document = new Document();
        for (const [i, write] of writes.entries()) carryOut(document, write, i + 1);
        const handles = new Map(
          [...document.entities()].map((each) => [document.idOf(each), each]),
        );
        const bytes = encodeDocument(document);
        document.clear();
        loadDocument(document, bytes);
        document.sweep();
        for (const [id, entity] of handles) expect(document.entityOf(id)).toBe(entity);
        expect(encodeDocument(document)).toEqual(bytes);
      }),
    );
  });

  it('R2: what was made in one go and is alike costs little beyond its own values', () => {
    const document = new Document();
    const site = document.sites.intern('00'.repeat(8), 0);
    const material = document.componentIndex('material') as number;
    const count = 1000;
    for (let i = 1; i <= count; i++) {
      const by = { lamport: i, site };
      const entity = document.create(entityId(site, i), NO_ENTITY, 'a0', by);
      document.writePresence(entity, material, true, by);
      for (const { index } of document.components[material]?.fields ?? []) {
        document.writeField(
          entity,
          material,
          index,
          document.fieldValue(entity, material, index),
          by,
        );
      }
    }
    // An id and a stamp (24 bytes), and for each of two components the number of the stamp.
    expect(encodeDocument(document).length).toBeLessThan(count * 40);
  });

  it('S5: numbers of stamps, digests and rows that there are not are refused by name', () => {
    const document = new Document();
    const by = { lamport: 1, site: document.sites.intern('00'.repeat(8), 0) };
    const entity = document.create(entityId(by.site, 1), NO_ENTITY, 'a0', by);
    const material = document.componentIndex('material') as number;
    document.writePresence(entity, material, true, by);
    const good = decode('Document', encodeDocument(document));
    const odd = (row: number, slot: number, stamp: number) =>
      structsFrom('OddStamp', [{ row, slot, stamp }]);
    const last = good.columns.length - 1;
    const column = good.columns[last] as Column;
    const faults: Partial<Column>[] = [
      { rows: Uint32Array.of(1) },
      { absent: Uint32Array.of(1) },
      { stamps: Uint32Array.of(9) },
      { stamps: Uint32Array.of(1, 1) },
      { odd: odd(1, 0, 1) },
      { odd: odd(0, 99, 1) },
      { odd: odd(0, 0, 9) },
      { digests: new Uint32Array(column.digests?.length ?? 1).fill(9) },
      { floats: new Float32Array((column.floats?.length ?? 0) + 1) },
    ];
    for (const fault of faults) {
      const columns = good.columns.with(last, { ...column, ...fault });
      const bytes = encode('Document', { ...good, columns });
      expect(() => loadDocument(new Document(), bytes), JSON.stringify(fault)).toThrow(WireFault);
    }
  });

  it('S2: a snapshot makes known whoever has written, though nothing of it is left', () => {
    const mark = { author: new Uint8Array(8).fill(9), replica: 3, nonce: 1, lamport: 0 };
    const bytes = writeSnapshot(new Document(), { lamport: 1, marks: [mark] });
    const document = new Document();
    readSnapshot(document, bytes);
    expect(document.sites.find(mark.author, 3)).not.toBe(0);
  });
});
