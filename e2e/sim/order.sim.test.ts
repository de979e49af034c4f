import { describe, expect, it } from 'vitest';
import { Simulation } from './simulation.ts';
import {
  create,
  goOffline,
  isAlive,
  nameOf,
  parentOf,
  positionOf,
  twoPeople,
} from './two-people.ts';

const HOUR_MS = 3_600_000;

describe('order and convergence', () => {
  it('O1: two tabs of one author mint ids of their own and get all of each other', async () => {
    const simulation = await Simulation.create(2);
    const first = await simulation.peer({ author: 'anna' });
    const second = await simulation.peer({ author: 'anna', replica: 1 });
    await simulation.quiesce();
    const ids = [create(first), create(second), create(first), create(second)];
    await simulation.quiesce();
    expect(new Set(ids).size).toBe(4);
    for (const id of ids) expect(isAlive(first, id) && isAlive(second, id)).toBe(true);
    expect(first.hash).toBe(second.hash);
    expect(await simulation.serverHash()).toBe(first.hash);
  });

  it('O3: what was edited offline an hour ago does not overwrite what is newer', async () => {
    const { simulation, anna, bert, box } = await twoPeople();
    goOffline(anna);
    const old = anna.pipeline.execute('transform.set', { entity: box, position: [1, 1, 1] });
    await simulation.run(HOUR_MS);
    for (let i = 1; i <= 5; i++) {
      bert.pipeline.execute('transform.set', { entity: box, position: [i, 0, 0] });
      await simulation.run(200);
    }
    await simulation.quiesce();
    expect(await old.outcome).toMatchObject({ status: 'superseded', code: 'changed_since' });
    expect(positionOf(anna, box)).toEqual([5, 0, 0]);
    expect(positionOf(bert, box)).toEqual([5, 0, 0]);
    expect(anna.pipeline.history.canUndo).toBe(true);
    expect(anna.pipeline.history.undoLabel).toBe('Create');
  });

  it('O3: of an old edit the fields that nobody has touched since are taken', async () => {
    const { simulation, anna, bert, box } = await twoPeople();
    goOffline(anna);
    const position = [1, 1, 1];
    const old = anna.pipeline.execute('transform.set', { entity: box, position, scale: [2, 2, 2] });
    await simulation.run(500);
    for (let i = 0; i < 3; i++) {
      bert.pipeline.execute('transform.set', { entity: box, position: [i, 9, 9] });
    }
    await simulation.quiesce();
    expect(await old.outcome).toMatchObject({ status: 'accepted' });
    expect(positionOf(bert, box)).toEqual([2, 9, 9]);
    expect(anna.hash).toBe(bert.hash);
  });

  it('O3: offsets of two who move one object at once both stand', async () => {
    const { simulation, anna, bert, box } = await twoPeople();
    anna.pipeline.execute('transform.translate', { entity: box, offset: [1, 0, 0] });
    bert.pipeline.execute('transform.translate', { entity: box, offset: [0, 2, 0] });
    await simulation.quiesce();
    expect(positionOf(anna, box)).toEqual([1, 2, 0]);
    expect(bert.hash).toBe(anna.hash);
  });

  it('O4: what is refused is taken back with what stands on it, and said in words', async () => {
    const { simulation, anna, bert, box } = await twoPeople();
    const group = create(anna, { name: 'Group' });
    await simulation.quiesce();
    goOffline(anna);
    const moved = anna.pipeline.execute('entity.reparent', { entity: box, parent: group });
    const deleted = anna.pipeline.execute('entity.delete', { entities: [group] });
    bert.pipeline.execute('entity.delete', { entities: [box] });
    await simulation.run(1000);
    await simulation.quiesce();
    expect(await moved.outcome).toMatchObject({ status: 'rejected', code: 'scope_changed' });
    expect(await deleted.outcome).toMatchObject({ status: 'rejected', code: 'scope_changed' });
    expect(isAlive(anna, group)).toBe(true);
    expect(anna.notices).toEqual(['scope_changed', 'scope_changed']);
    expect(anna.hash).toBe(bert.hash);
  });

  it('O7: an edit of what somebody deletes is kept, and there when it is undeleted', async () => {
    const { simulation, anna, bert, box } = await twoPeople();
    goOffline(bert);
    anna.pipeline.execute('entity.delete', { entities: [box] });
    const renamed = bert.pipeline.execute('entity.rename', { entity: box, name: 'Bert’s' });
    await simulation.run(500);
    await simulation.quiesce();
    expect(await renamed.outcome).toMatchObject({ status: 'accepted' });
    expect(isAlive(bert, box)).toBe(false);
    anna.pipeline.undo();
    await simulation.quiesce();
    expect(isAlive(bert, box)).toBe(true);
    expect(nameOf(anna, box)).toBe('Bert’s');
    expect(anna.hash).toBe(bert.hash);
  });

  it('O7: of a deletion and a move of one object at once the first stands', async () => {
    const { simulation, anna, bert, box } = await twoPeople();
    const group = create(bert, { name: 'Group' });
    await simulation.quiesce();
    goOffline(bert);
    anna.pipeline.execute('entity.delete', { entities: [box] });
    const moved = bert.pipeline.execute('entity.reparent', { entity: box, parent: group });
    await simulation.run(500);
    await simulation.quiesce();
    expect(await moved.outcome).toMatchObject({ status: 'rejected', code: 'scope_changed' });
    expect(isAlive(bert, box)).toBe(false);
    expect(anna.hash).toBe(bert.hash);
  });

  it('O7: a child that the deleter had not seen moves to the nearest living ancestor', async () => {
    const { simulation, anna, bert, box } = await twoPeople();
    const group = create(anna, { name: 'Group', parent: box });
    await simulation.quiesce();
    goOffline(bert);
    const unseen = create(bert, { name: 'Child', parent: group });
    anna.pipeline.execute('entity.delete', { entities: [group] });
    await simulation.run(500);
    await simulation.quiesce();
    expect(isAlive(anna, unseen)).toBe(true);
    expect(parentOf(anna, unseen)).toBe(box);
    expect(parentOf(bert, unseen)).toBe(box);
  });

  it('O7: what is restored under a dead parent moves to the nearest living ancestor', async () => {
    const { simulation, anna, bert, box } = await twoPeople();
    const child = create(anna, { name: 'Child', parent: box });
    await simulation.quiesce();
    anna.pipeline.execute('entity.delete', { entities: [child] });
    await simulation.quiesce();
    bert.pipeline.execute('entity.delete', { entities: [box] });
    await simulation.quiesce();
    const undone = anna.pipeline.undo();
    await simulation.quiesce();
    expect(await undone?.outcome).toMatchObject({ status: 'accepted' });
    expect(isAlive(bert, child)).toBe(true);
    expect(parentOf(bert, child)).toBe('');
  });

  it('O7: of two moves that would close a cycle the second is refused', async () => {
    const { simulation, anna, bert, box } = await twoPeople();
    const other = create(anna, { name: 'Other' });
    await simulation.quiesce();
    goOffline(bert);
    anna.pipeline.execute('entity.reparent', { entity: box, parent: other });
    const second = bert.pipeline.execute('entity.reparent', { entity: other, parent: box });
    await simulation.run(500);
    await simulation.quiesce();
    expect(await second.outcome).toMatchObject({ status: 'rejected', code: 'cycle' });
    expect(parentOf(bert, box)).toBe(other);
    expect(anna.hash).toBe(bert.hash);
  });

  it('O2: a transaction of which one entry is refused is refused whole', async () => {
    const { simulation, anna, bert, box } = await twoPeople();
    goOffline(bert);
    anna.pipeline.execute('entity.delete', { entities: [box] });
    const both = bert.pipeline.transaction('Both', (builder) => {
      builder.execute('entity.create', { name: 'New' });
      builder.execute('entity.delete', { entities: [box] });
    });
    await simulation.run(500);
    await simulation.quiesce();
    expect(await both.outcome).toMatchObject({ status: 'rejected', code: 'scope_changed' });
    expect(bert.hash).toBe(anna.hash);
    expect([...bert.session.document.entities()]).toHaveLength(1);
  });
});
