import { describe, expect, it } from 'vitest';
import type { HistoryRevertOp } from '../../src/commands/definitions/history-revert.ts';
import { type EntityId, entityId, NO_ENTITY_ID } from '../../src/ecs/document/entity-id.ts';
import { NO_STAMP } from '../../src/ecs/document/stamps.ts';
import type { Entity } from '../../src/ecs/entity.ts';
import { RevertDirection } from '../../src/protocol/generated/types.ts';
import { Forger } from './crafted.ts';
import { create, goOffline, isAlive, nameOf, positionOf, twoPeople } from './two-people.ts';

describe('O5: undo', () => {
  it('O5: undoing twice goes back two steps, and redoing twice goes forward again', async () => {
    const { simulation, anna, bert, box } = await twoPeople();
    for (const name of ['One', 'Two'])
      anna.pipeline.execute('entity.rename', { entity: box, name });
    await simulation.quiesce();
    const seen: unknown[] = [];
    for (const step of ['undo', 'undo', 'redo', 'redo'] as const) {
      anna.pipeline[step]();
      await simulation.quiesce();
      seen.push(nameOf(bert, box));
    }
    expect(seen).toEqual(['One', 'Box', 'One', 'Two']);
  });

  it('O5: undone and redone before the server has heard of any of it', async () => {
    const { simulation, anna, bert, box } = await twoPeople();
    goOffline(anna);
    for (const name of ['One', 'Two'])
      anna.pipeline.execute('entity.rename', { entity: box, name });
    for (const step of ['undo', 'undo', 'redo'] as const) anna.pipeline[step]();
    expect(nameOf(anna, box)).toBe('One');
    await simulation.quiesce();
    expect(nameOf(bert, box)).toBe('One');
    expect(anna.hash).toBe(bert.hash);
  });

  it('O5: a gesture over several objects, each written twice, is one step', async () => {
    const { simulation, anna, bert, box } = await twoPeople();
    const other = create(anna, { name: 'Other' });
    await simulation.quiesce();
    const before = bert.hash;
    anna.pipeline.transaction('Move', (builder) => {
      for (const entity of [box, other]) {
        builder.execute('transform.translate', { entity, offset: [1, 0, 0] });
        builder.execute('transform.translate', { entity, offset: [0, 1, 0] });
      }
    });
    await simulation.quiesce();
    expect(positionOf(bert, other)).toEqual([1, 1, 0]);
    const undone = anna.pipeline.undo();
    await simulation.quiesce();
    expect(await undone?.outcome).toMatchObject({ status: 'accepted' });
    expect(bert.hash).toBe(before);
  });

  it('O5: a group that was made and filled in one step goes in one', async () => {
    const { simulation, anna, bert, box } = await twoPeople();
    let group = '';
    anna.pipeline.transaction('Group', (builder) => {
      group = (builder.execute('entity.create', { name: 'G' }) as { entity: string }).entity;
      builder.execute('entity.reparent', { entity: box, parent: group });
      builder.execute('entity.reparent', { entity: group, parent: null });
    });
    await simulation.quiesce();
    const undone = anna.pipeline.undo();
    await simulation.quiesce();
    expect(await undone?.outcome).toMatchObject({ status: 'accepted' });
    expect(isAlive(bert, group)).toBe(false);
    expect(isAlive(bert, box)).toBe(true);
    expect(anna.hash).toBe(bert.hash);
  });

  // Of two people one comes first in the order of authors: either may be late.
  it.each(['anna', 'bert'] as const)(
    'O5: a merge that came late is undone again, whoever wrote before: %s is late',
    async (name) => {
      const people = await twoPeople();
      const { simulation, anna, bert, box } = people;
      const late = people[name];
      const other = late === anna ? bert : anna;
      goOffline(late);
      late.pipeline.execute('transform.translate', { entity: box, offset: [1, 0, 0] });
      for (const x of [5, 6, 7])
        other.pipeline.execute('transform.set', { entity: box, position: [x, 0, 0] });
      await simulation.quiesce();
      expect(positionOf(other, box)).toEqual([8, 0, 0]);
      const undone = late.pipeline.undo();
      await simulation.quiesce();
      expect(await undone?.outcome).toMatchObject({ status: 'accepted' });
      expect(positionOf(other, box)).toEqual([7, 0, 0]);
      const redone = late.pipeline.redo();
      await simulation.quiesce();
      expect(await redone?.outcome).toMatchObject({ status: 'accepted' });
      expect(positionOf(other, box)).toEqual([8, 0, 0]);
      expect(anna.hash).toBe(bert.hash);
    },
  );

  it('O5: what somebody else has changed since stays, and the undo says so', async () => {
    const { simulation, anna, bert, box } = await twoPeople();
    const other = create(anna);
    anna.pipeline.transaction('Move', (builder) => {
      for (const entity of [box, other]) {
        builder.execute('transform.set', { entity, position: [1, 1, 1] });
      }
    });
    await simulation.quiesce();
    bert.pipeline.execute('transform.set', { entity: box, position: [7, 7, 7] });
    await simulation.quiesce();
    const undone = anna.pipeline.undo();
    await simulation.quiesce();
    expect(await undone?.outcome).toMatchObject({ status: 'accepted', code: 'changed_since' });
    expect(positionOf(anna, box)).toEqual([7, 7, 7]);
    expect(positionOf(anna, other)).toEqual([0, 0, 0]);
  });

  it('O5: a redo after somebody else’s newer write leaves that as it is', async () => {
    const { simulation, anna, bert, box } = await twoPeople();
    anna.pipeline.execute('entity.rename', { entity: box, name: 'Anna’s' });
    await simulation.quiesce();
    anna.pipeline.undo();
    await simulation.quiesce();
    bert.pipeline.execute('entity.rename', { entity: box, name: 'Bert’s' });
    await simulation.quiesce();
    const redone = anna.pipeline.redo();
    await simulation.quiesce();
    expect(await redone?.outcome).toMatchObject({ status: 'superseded', code: 'changed_since' });
    expect(nameOf(anna, box)).toBe('Bert’s');
  });

  it('O5: an undo sent before its target is refused has no effect', async () => {
    const { simulation, anna, bert, box } = await twoPeople();
    const group = create(anna, { name: 'Group' });
    await simulation.quiesce();
    goOffline(anna);
    const moved = anna.pipeline.execute('entity.reparent', { entity: box, parent: group });
    const undone = anna.pipeline.undo();
    bert.pipeline.execute('entity.delete', { entities: [box] });
    await simulation.run(500);
    await simulation.quiesce();
    expect(await moved.outcome).toMatchObject({ status: 'rejected' });
    expect(await undone?.outcome).toMatchObject({ status: 'superseded' });
    expect(isAlive(anna, box)).toBe(false);
    expect(anna.hash).toBe(bert.hash);
    expect(anna.pipeline.history.canRedo).toBe(false);
  });

  it('O5: a stale undo is made again with confirmed values, and the other’s work stands', async () => {
    const { simulation, anna, bert, box } = await twoPeople();
    goOffline(anna);
    // Two edits: the second has the higher clock, so that it wins over Bert’s.
    for (const name of ['Mine', 'Mine too']) {
      anna.pipeline.execute('entity.rename', { entity: box, name });
    }
    bert.pipeline.execute('entity.rename', { entity: box, name: 'Bert’s' });
    await simulation.run(500);
    anna.online = true;
    anna.pipeline.undo();
    const undone = anna.pipeline.undo();
    await simulation.quiesce();
    expect(nameOf(bert, box)).toBe('Bert’s');
    expect((await undone?.outcome)?.status).not.toBe('rejected');
    expect(anna.hash).toBe(bert.hash);
  });

  it('O5: a stale undo is still known as such by a server that has started from a snapshot', async () => {
    const { simulation, anna, bert, box } = await twoPeople({ snapshotEvery: 1 });
    anna.pipeline.execute('entity.delete', { entities: [box] });
    await simulation.quiesce();
    await simulation.run(200);
    expect(await simulation.storage.latestSnapshot(simulation.sessionId)).toBeDefined();
    await simulation.crashServer();
    await simulation.quiesce();
    const forger = new Forger(simulation, anna);
    const { document } = anna.session;
    const entity = document.entityOf(document.parseId(box) as EntityId) as Entity;
    const expected = { lamport: document.placeStamp(entity).lamport, site: forger.site };
    const revert: HistoryRevertOp = {
      direction: RevertDirection.undo,
      target: expected,
      // Before it was deleted it was where its creation had put it: not where nobody has.
      places: [
        {
          entity: entityId(forger.site, 1),
          parent: NO_ENTITY_ID,
          alive: true,
          expect: expected,
          stamp: NO_STAMP,
        },
      ],
      components: [],
    };
    expect(await forger.judge(forger.entry('history.revert', revert))).toEqual(['changed_since']);
    await simulation.quiesce();
    expect(isAlive(bert, box)).toBe(false);
  });

  it('O5: undoing a creation leaves it standing when somebody else has edited it since', async () => {
    const { simulation, anna, bert, box } = await twoPeople();
    bert.pipeline.execute('material.set', { entity: box, metalness: 1 });
    await simulation.quiesce();
    const undone = anna.pipeline.undo();
    await simulation.quiesce();
    expect(await undone?.outcome).toMatchObject({ status: 'superseded', code: 'changed_since' });
    expect(isAlive(anna, box)).toBe(true);
  });

  it('O5: each tab of an author has a stack of its own', async () => {
    const { simulation, anna, box } = await twoPeople();
    const tab = await simulation.peer({ author: 'anna', replica: 1 });
    await simulation.quiesce();
    tab.pipeline.execute('entity.rename', { entity: box, name: 'Tab’s' });
    await simulation.quiesce();
    expect(anna.pipeline.history.undoLabel).toBe('Create');
    tab.pipeline.undo();
    await simulation.quiesce();
    expect(nameOf(anna, box)).toBe('Box');
    expect(tab.pipeline.undo()).toBeUndefined();
  });

  it('O5: an undo after the server started from a snapshot knows whom it gives back', async () => {
    const { simulation, anna, bert, box } = await twoPeople({
      snapshotEvery: 1,
      rememberedPackets: 0,
    });
    const guest = await simulation.peer({ author: 'guest' });
    await simulation.quiesce();
    guest.pipeline.execute('entity.rename', { entity: box, name: 'Guest’s' });
    await simulation.quiesce();
    anna.pipeline.execute('entity.rename', { entity: box, name: 'Anna’s' });
    await simulation.quiesce();
    // Nothing in the document is the guest’s any more, and the snapshot is of the document.
    simulation.peers.splice(simulation.peers.indexOf(guest), 1);
    guest.kill();
    await simulation.crashServer();
    const late = await simulation.peer({ author: 'late' });
    await simulation.quiesce();
    const undone = anna.pipeline.undo();
    await simulation.quiesce();
    expect(await undone?.outcome).toMatchObject({ status: 'accepted' });
    expect(nameOf(late, box)).toBe('Guest’s');
    expect(late.session.counters.faults).toBe(0);
    expect(late.hash).toBe(bert.hash);
  });

  it('O5: a step made before a snapshot replaced the document still takes back its own', async () => {
    const { simulation, anna, bert, box } = await twoPeople({ maxResumedPackets: 0 });
    const others = ['A', 'B', 'C'].map((name) => create(anna, { name, parent: box }));
    await simulation.quiesce();
    anna.pipeline.execute('entity.delete', { entities: [box] });
    await simulation.quiesce();
    goOffline(anna);
    create(bert, { name: 'Meanwhile' });
    await simulation.run(1000);
    await simulation.quiesce();
    anna.pipeline.undo();
    await simulation.quiesce();
    for (const id of [box, ...others]) expect(isAlive(bert, id)).toBe(true);
    expect(anna.hash).toBe(bert.hash);
  });
});
