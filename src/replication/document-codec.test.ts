import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Document } from '../ecs/document/document.ts';
import { entityId } from '../ecs/document/entity-id.ts';
import { NO_ENTITY } from '../ecs/entity.ts';
import { encodeDocument, worldHash } from './document-codec.ts';
import { loadDocument } from './document-loader.ts';
import { readSnapshot, writeSnapshot } from './snapshot.ts';
import { carryOut, randomWrites } from './testing/random-document.ts';

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

  it('S2: a snapshot makes known whoever has written, though nothing of it is left', () => {
    const mark = { author: new Uint8Array(8).fill(9), replica: 3, nonce: 1, lamport: 0 };
    const bytes = writeSnapshot(new Document(), { lamport: 1, marks: [mark] });
    const document = new Document();
    readSnapshot(document, bytes);
    expect(document.sites.find(mark.author, 3)).not.toBe(0);
  });
});
