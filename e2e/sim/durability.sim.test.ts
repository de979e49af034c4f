import { describe, expect, it } from 'vitest';
import { auditLog } from './audit.ts';
import type { Simulation } from './simulation.ts';
import { create, goOffline, isAlive, nameOf, twoPeople } from './two-people.ts';

async function lastIndex({ storage, sessionId }: Simulation): Promise<number> {
  return (await storage.lastRecord(sessionId))?.index ?? 0;
}

describe('durability', () => {
  it('D1: nobody hears of a packet before it is on disk', async () => {
    const { simulation, anna, bert, box } = await twoPeople();
    const [index, { seq }] = [await lastIndex(simulation), anna.session];
    simulation.storage.slowestMs = 5000;
    const edit = anna.pipeline.execute('entity.rename', { entity: box, name: 'Slow' });
    await simulation.until('seen', () => nameOf(bert, box) === 'Slow');
    expect(await lastIndex(simulation)).toBe(index + 1);
    await simulation.quiesce();
    expect(await edit.outcome).toMatchObject({ status: 'accepted', seq: seq + 1 });
  });

  it('D1: what the disk did not take is offered again, and taken once', async () => {
    const { simulation, anna, bert, box } = await twoPeople();
    simulation.storage.failures = 1;
    const edit = anna.pipeline.execute('transform.translate', { entity: box, offset: [1, 0, 0] });
    await simulation.run(50);
    const other = bert.pipeline.execute('entity.rename', { entity: box, name: 'B' });
    await simulation.quiesce();
    expect(await edit.outcome).toMatchObject({ status: 'accepted' });
    expect(await other.outcome).toMatchObject({ status: 'accepted' });
    expect(await simulation.serverHash()).toBe(bert.hash);
    expect(anna.hash).toBe(bert.hash);
  });

  it('D1: while the disk is full everybody is told, edits wait at their authors, and then go on', async () => {
    const { simulation, anna, bert, box } = await twoPeople();
    simulation.storage.failures = Number.POSITIVE_INFINITY;
    const first = anna.pipeline.execute('entity.rename', { entity: box, name: 'A' });
    const second = bert.pipeline.execute('transform.translate', { entity: box, offset: [1, 0, 0] });
    const said = new Set<string>();
    for (let i = 0; i < 300; i++) {
      await simulation.run(100);
      for (const { session } of [anna, bert]) said.add(session.problem?.message ?? '');
    }
    expect([...said].some((text) => text.includes('disk is full'))).toBe(true);
    expect(anna.session.pending + bert.session.pending).toBe(2);
    expect(nameOf(anna, box), 'edits stay visible to their author').toBe('A');
    simulation.storage.failures = 0;
    await simulation.quiesce();
    expect(await first.outcome).toMatchObject({ status: 'accepted' });
    expect(await second.outcome).toMatchObject({ status: 'accepted' });
    expect(anna.hash).toBe(bert.hash);
    expect(await simulation.serverHash()).toBe(anna.hash);
  });

  it('D1: an idle room that failed to write leaves no snapshot of what was not written', async () => {
    const { simulation, anna, bert } = await twoPeople({ snapshotEvery: 1 });
    const index = await lastIndex(simulation);
    goOffline(bert);
    simulation.storage.failures = 1;
    create(anna);
    await simulation.run(30);
    goOffline(anna);
    await simulation.run(90_000);
    const stored = await simulation.storage.latestSnapshot(simulation.sessionId);
    expect(stored?.logIndex).toBe(index);
    await simulation.quiesce();
    expect(await simulation.serverHash()).toBe(bert.hash);
  });

  it('D2: a packet whose acknowledgement is lost is sent again and taken once', async () => {
    const { simulation, anna, bert, box } = await twoPeople();
    const [index, { seq }] = [await lastIndex(simulation), anna.session];
    const edit = anna.pipeline.execute('transform.translate', { entity: box, offset: [1, 0, 0] });
    await simulation.run(1);
    while ((await lastIndex(simulation)) === index) await simulation.run(1);
    anna.cut();
    await simulation.quiesce();
    expect(await edit.outcome).toMatchObject({ status: 'accepted', seq: seq + 1 });
    expect(await lastIndex(simulation)).toBe(index + 1);
    expect(anna.hash).toBe(bert.hash);
  });

  it('D2: a page that dies with a packet under way leaves it to the next, which gets it taken once', async () => {
    const { simulation, anna, bert, box } = await twoPeople();
    const { seq } = anna.session;
    goOffline(anna);
    anna.pipeline.execute('transform.translate', { entity: box, offset: [1, 0, 0] });
    const made = create(anna, { name: 'Late' });
    await simulation.run(300);
    anna.kill();
    await simulation.run(1000);
    anna.online = true;
    await anna.open();
    await simulation.quiesce();
    expect(isAlive(bert, made)).toBe(true);
    expect(anna.hash).toBe(bert.hash);
    expect(anna.store.packets.size).toBe(0);
    const audit = await auditLog(simulation.storage, simulation.blobs, simulation.sessionId);
    expect(audit.faults).toEqual([]);
    expect(audit.taken).toHaveLength(seq + 2);
  });

  it('D2: ids that an earlier page minted are not minted again', async () => {
    const { simulation, anna } = await twoPeople();
    const first = create(anna);
    await simulation.quiesce();
    anna.pipeline.undo();
    await simulation.quiesce();
    anna.kill();
    await anna.open();
    await simulation.quiesce();
    expect(create(anna)).not.toBe(first);
  });

  it('D3: a server that dies at any instant loses nothing that it acknowledged', async () => {
    const { simulation, anna, bert, box } = await twoPeople();
    for (let i = 0; i < 20; i++) {
      void anna.does(anna.pipeline.execute('entity.rename', { entity: box, name: `n${i}` }));
      await simulation.run(i * 7);
      await simulation.crashServer();
    }
    await simulation.quiesce();
    const audit = await auditLog(simulation.storage, simulation.blobs, simulation.sessionId);
    expect(audit.faults).toEqual([]);
    for (const { id } of anna.outcomes) expect(audit.taken).toContain(id);
    expect(anna.outcomes).toHaveLength(20);
    expect(nameOf(bert, box)).toBe('n19');
    expect(audit.hash).toBe(bert.hash);
  });

  it('D4: who joins late gets a snapshot and what comes after it', async () => {
    const { simulation, anna, box } = await twoPeople();
    for (let i = 0; i < 5; i++) {
      anna.pipeline.execute('entity.rename', { entity: box, name: `n${i}` });
      await simulation.run(150);
    }
    // A server that just began has sent nobody a snapshot that would serve once more.
    await simulation.crashServer();
    await simulation.quiesce();
    const late = await simulation.peer({ author: 'late' });
    await simulation.run(20);
    anna.pipeline.execute('entity.rename', { entity: box, name: 'while joining' });
    await simulation.quiesce();
    expect(nameOf(late, box)).toBe('while joining');
    expect(late.session.counters.packetsReceived).toBeLessThan(8);
    expect(late.hash).toBe(anna.hash);
  });

  it('D4: who joins soon after another gets the same snapshot, and the entries after it', async () => {
    const { simulation, anna, box } = await twoPeople();
    const first = await simulation.peer({ author: 'first' });
    for (let i = 0; i < 3; i++) {
      anna.pipeline.execute('entity.rename', { entity: box, name: `n${i}` });
      await simulation.run(150);
    }
    await simulation.quiesce();
    const second = await simulation.peer({ author: 'second' });
    await simulation.quiesce();
    expect(second.hash).toBe(anna.hash);
    expect(second.session.seq).toBe(first.session.seq);
    const made = anna.pipeline.transaction('Import', (builder) => {
      for (let i = 0; i < 400; i++) builder.execute('entity.create', { name: `Part ${i}` });
    });
    await simulation.quiesce();
    expect((await made.outcome).status).toBe('accepted');
    const third = await simulation.peer({ author: 'third' });
    await simulation.quiesce();
    expect(third.hash).toBe(anna.hash);
  });

  it('D5: a large transaction travels as a blob, and is one step', async () => {
    const { simulation, anna, bert } = await twoPeople();
    const [before, index, { seq }] = [bert.hash, await lastIndex(simulation), anna.session];
    const made = anna.pipeline.transaction('Import', (builder) => {
      for (let i = 0; i < 3000; i++) builder.execute('entity.create', { name: `Part ${i}` });
    });
    await simulation.quiesce();
    expect(await made.outcome).toMatchObject({ status: 'accepted', seq: seq + 3000 });
    const [record] = await simulation.storage.readLog(simulation.sessionId, index, 1);
    expect(record?.packet.length).toBeLessThan(1024);
    expect([...bert.session.document.entities()]).toHaveLength(3001);
    expect(bert.hash).toBe(anna.hash);
    const undone = anna.pipeline.undo();
    await simulation.quiesce();
    expect(await undone?.outcome).toMatchObject({ status: 'accepted' });
    expect(bert.session.document.entities().next().done).toBe(false);
    expect(bert.hash).not.toBe(before);
    const { document } = bert.session;
    expect([...document.entities()].filter((entity) => document.isAlive(entity))).toHaveLength(1);
    await simulation.crashServer();
    expect(await simulation.serverHash()).toBe(anna.hash);
  });
});
