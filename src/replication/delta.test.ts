import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Document } from '../ecs/document/document.ts';
import { applyDelta, encodeDelta, RevisionTracker } from './delta.ts';
import { encodeDocument } from './document-codec.ts';
import { loadDocument } from './document-loader.ts';
import { carryOut, randomWrites } from './testing/random-document.ts';

function copyOf(document: Document): Document {
  const copy = new Document();
  loadDocument(copy, encodeDocument(document));
  return copy;
}

describe('R2: deltas', () => {
  it('R2: a delta turns any earlier state into the present one, to the byte', () => {
    fc.assert(
      fc.property(randomWrites, fc.nat(40), (writes, at) => {
        const document = new Document();
        const revisions = new RevisionTracker();
        const from = Math.min(at, writes.length);
        let replica = new Document();
        for (const [i, write] of writes.entries()) {
          if (i === from) replica = copyOf(document);
          revisions.note(carryOut(document, write, i + 1), i + 1);
        }
        if (from === writes.length) replica = copyOf(document);
        const delta = encodeDelta(document, revisions, from, writes.length);
        expect(applyDelta(replica, from, delta)).toBe(writes.length);
        expect(encodeDocument(replica)).toEqual(encodeDocument(document));
      }),
    );
  });

  it('R2: deltas one after the other come to the same as one', () => {
    fc.assert(
      fc.property(randomWrites, fc.nat(7), (writes, stride) => {
        const document = new Document();
        const revisions = new RevisionTracker();
        const replica = new Document();
        let at = 0;
        for (const [i, write] of writes.entries()) {
          revisions.note(carryOut(document, write, i + 1), i + 1);
          if (i % (stride + 1) !== 0) continue;
          at = applyDelta(replica, at, encodeDelta(document, revisions, at, i + 1));
        }
        applyDelta(replica, at, encodeDelta(document, revisions, at, writes.length));
        expect(encodeDocument(replica)).toEqual(encodeDocument(document));
      }),
    );
  });

  it('R2: what was taken back leaves no component behind', () => {
    const document = new Document();
    const revisions = new RevisionTracker();
    const write = { author: 0, at: 0, to: 0, component: 4, value: 1 } as const;
    revisions.note(carryOut(document, { ...write, kind: 'create' }, 1), 1);
    const bare = copyOf(document);
    const added = carryOut(document, { ...write, kind: 'add' }, 2);
    revisions.note(added, 2);
    const replica = copyOf(document);
    document.rollBack(added);
    revisions.note(added, 3);
    applyDelta(replica, 2, encodeDelta(document, revisions, 2, 3));
    expect(encodeDocument(replica)).toEqual(encodeDocument(bare));
  });

  it('R2: a delta carries nothing that has not changed', () => {
    const document = new Document();
    const revisions = new RevisionTracker();
    for (let seq = 1; seq <= 100; seq++) {
      const write = { author: 0, kind: 'create', at: 0, to: 0, component: 0, value: 0 } as const;
      revisions.note(carryOut(document, write, seq), seq);
    }
    expect(revisions.changedSince(document, 99)).toHaveLength(1);
    expect(encodeDelta(document, revisions, 99, 100).length).toBeLessThan(500);
  });

  it('R2: a delta of another state is refused, and nothing done', () => {
    const document = new Document();
    const delta = encodeDelta(document, new RevisionTracker(), 5, 6);
    expect(() => applyDelta(document, 4, delta)).toThrow(/does not go on/);
    expect(() => applyDelta(document, 4, delta.slice(0, 15))).toThrow(/cut off/);
  });
});
