import { describe, expect, it } from 'vitest';
import { auditLog } from './audit.ts';
import { create, goOffline, isAlive, nameOf, positionOf, twoPeople } from './two-people.ts';

describe('what a browser last knew', () => {
  it('T4: a page that opens while the server is away shows the last document, and sends what was done to it', async () => {
    const { simulation, anna, bert, box } = await twoPeople();
    goOffline(anna);
    anna.pipeline.execute('transform.translate', { entity: box, offset: [1, 0, 0] });
    await simulation.run(300);
    anna.kill();
    await anna.open();
    await simulation.run(500);
    expect(anna.session.status).toBe('offline');
    expect(anna.session).toMatchObject({ isOpen: true, role: 'editor', pending: 1 });
    expect(positionOf(anna, box)).toEqual([1, 0, 0]);
    const made = create(anna, { name: 'Made offline' });
    anna.pipeline.execute('transform.translate', { entity: box, offset: [1, 0, 0] });
    await simulation.run(300);
    anna.kill();
    await anna.open();
    await simulation.run(500);
    expect(positionOf(anna, box)).toEqual([2, 0, 0]);
    await simulation.quiesce();
    expect(isAlive(bert, made)).toBe(true);
    expect(positionOf(bert, box)).toEqual([2, 0, 0]);
    expect(anna.hash).toBe(bert.hash);
    expect(anna.notices).toEqual([]);
  });

  it('D4: a page that comes back gets only what it missed', async () => {
    const { simulation, anna, bert, box } = await twoPeople();
    await simulation.run(1000);
    anna.kill();
    bert.pipeline.execute('entity.rename', { entity: box, name: 'Meanwhile' });
    await simulation.run(300);
    await anna.open();
    await simulation.quiesce();
    expect(nameOf(anna, box)).toBe('Meanwhile');
    expect(anna.session.counters.compressionRatio).toBe(1);
    expect(anna.hash).toBe(bert.hash);
  });

  it('O5: undo works on a document that was opened offline', async () => {
    const { simulation, anna, bert, box } = await twoPeople();
    goOffline(anna);
    await simulation.run(1000);
    anna.kill();
    await anna.open();
    await simulation.run(300);
    anna.pipeline.execute('entity.rename', { entity: box, name: 'Offline' });
    anna.pipeline.undo();
    expect(nameOf(anna, box)).toBe('Box');
    await simulation.quiesce();
    expect(nameOf(bert, box)).toBe('Box');
    expect(anna.hash).toBe(bert.hash);
  });

  it('D4: a long tail of records becomes a base, and opens as the same document', async () => {
    const { simulation, anna, bert, box } = await twoPeople();
    for (let i = 0; i < 40; i++) {
      bert.pipeline.execute('entity.rename', { entity: box, name: `n${i}` });
      await simulation.run(120);
    }
    await simulation.quiesce();
    await simulation.run(1000);
    const before = anna.lastKnown.base?.index;
    await anna.lastKnown.compact();
    expect(anna.lastKnown.base?.index).toBeGreaterThan((before ?? 0) + 10);
    goOffline(anna);
    anna.kill();
    await anna.open();
    await simulation.run(300);
    expect(anna.session.status).toBe('offline');
    expect(anna.hash).toBe(bert.hash);
    await simulation.quiesce();
    expect(anna.hash).toBe(bert.hash);
  });

  describe('a record that cannot be read offline, before own ones that were acknowledged', () => {
    /** Anna's page opens offline with the document as it was before the record, and hers after it. */
    async function openedWithLess() {
      const scene = await twoPeople();
      const { simulation, anna, bert, box } = scene;
      bert.pipeline.execute('entity.rename', { entity: box, name: 'Unreadable' });
      await simulation.quiesce();
      const { index } = anna.session.confirmed();
      const first = create(anna, { name: 'First' });
      await simulation.quiesce();
      await simulation.run(1000);
      goOffline(anna);
      anna.kill();
      const record = anna.lastKnown.records.get(index);
      if (record === undefined) throw new Error('The record was not kept.');
      anna.lastKnown.records.set(index, { ...record, packet: record.packet.slice(0, 20) });
      await anna.open();
      expect(anna.session).toMatchObject({ isOpen: true, pending: 0 });
      expect(isAlive(anna, first)).toBe(false);
      return { ...scene, first };
    }

    it('O1, D2: none of their clocks, nonces and ids is used again (seeds 497, 537)', async () => {
      const { simulation, anna, bert, first } = await openedWithLess();
      const second = create(anna, { name: 'Second' });
      expect(second).not.toBe(first);
      await simulation.quiesce();
      expect([nameOf(bert, first), nameOf(bert, second)]).toEqual(['First', 'Second']);
      const { storage, blobs, sessionId } = simulation;
      const { taken, faults, hash } = await auditLog(storage, blobs, sessionId);
      expect(faults).toEqual([]);
      expect(taken).toEqual([...new Set(taken)]);
      expect([anna.hash, bert.hash]).toEqual([hash, hash]);
    });

    it('T4: what comes when the server is back is kept again', async () => {
      const { simulation, anna, bert, first } = await openedWithLess();
      await simulation.quiesce();
      await simulation.run(1000);
      goOffline(anna);
      anna.kill();
      await anna.open();
      await simulation.run(300);
      expect(anna.session.status).toBe('offline');
      expect(isAlive(anna, first)).toBe(true);
      expect(anna.hash).toBe(bert.hash);
    });
  });

  it('S5: what is damaged in the browser is fetched anew', async () => {
    const { simulation, anna, bert } = await twoPeople();
    await simulation.run(1000);
    anna.kill();
    const { base, records } = anna.lastKnown;
    if (base === undefined) throw new Error('Nothing was kept.');
    const last = records.get(base.index + 1);
    if (last === undefined) throw new Error('No record was kept.');
    records.set(last.index, { ...last, packet: last.packet.slice(0, 20) });
    await anna.open();
    await simulation.quiesce();
    expect(anna.hash).toBe(bert.hash);
    anna.kill();
    anna.lastKnown.base = { ...base, snapshot: new Uint8Array([1, 2, 3]), size: 99 };
    await anna.open();
    await simulation.quiesce();
    expect(anna.hash).toBe(bert.hash);
  });
});
