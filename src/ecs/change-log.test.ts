import { describe, expect, it } from 'vitest';
import { Change, type ChangeKind, ChangeLog, type ChangeReader } from './change-log.ts';
import { defineComponent } from './component.ts';
import { type Entity, packEntity } from './entity.ts';
import { f32 } from './fields.ts';
import { World } from './world.ts';

const Speed = defineComponent('speed', { value: f32() });

function changesOf(reader: ChangeReader): [Entity, ChangeKind][] {
  const changes: [Entity, ChangeKind][] = [];
  reader.read((entity, kind) => {
    changes.push([entity, kind]);
  });
  return changes;
}

function spawnWithSpeed(world: World, count: number): Entity[] {
  return Array.from({ length: count }, () => {
    const entity = world.spawn();
    world.add(entity, Speed);
    return entity;
  });
}

describe('ChangeReader', () => {
  it('starts from now, or with all that exists', () => {
    const world = new World();
    const [entity] = spawnWithSpeed(world, 1) as [Entity];
    const early = world.observe(Speed);
    const late = world.observe(Speed, { existing: true });
    expect([early.pending, late.pending]).toEqual([false, true]);
    expect(changesOf(early)).toEqual([]);
    expect(changesOf(late)).toEqual([[entity, Change.added]]);
    expect(changesOf(late)).toEqual([]);
  });

  it('reports the net of several changes: nothing, or one, or two entities at one index', () => {
    const world = new World();
    const [stays, goes] = spawnWithSpeed(world, 2) as [Entity, Entity];
    const reader = world.observe(Speed);
    const [brief] = spawnWithSpeed(world, 1) as [Entity];
    world.despawn(brief);
    world.remove(stays, Speed);
    world.add(stays, Speed);
    world.despawn(goes);
    const fresh = world.spawn();
    world.add(fresh, Speed);
    const next = world.spawn();
    world.add(next, Speed);
    expect(changesOf(reader)).toEqual([
      [fresh, Change.added],
      [stays, Change.changed],
      [goes, Change.removed],
      [next, Change.added],
    ]);
  });

  it('leaves what the visitor itself changes for the next read', () => {
    const world = new World();
    const [a, b] = spawnWithSpeed(world, 2) as [Entity, Entity];
    const reader = world.observe(Speed);
    world.touch(a, Speed);
    world.touch(b, Speed);
    const visited: Entity[] = [];
    reader.read((entity) => {
      visited.push(entity);
      world.touch(a, Speed);
      spawnWithSpeed(world, 1);
    });
    expect(visited).toEqual([a, b]);
    expect(changesOf(reader).map(([, kind]) => kind)).toEqual([
      Change.changed,
      Change.added,
      Change.added,
    ]);
  });

  it('goes on after a visitor that threw with the entities it had not reached', () => {
    const world = new World();
    const entities = spawnWithSpeed(world, 4);
    const reader = world.observe(Speed);
    for (const entity of entities) world.touch(entity, Speed);
    const failAtSecond = (entity: Entity): void => {
      if (entity === entities[1]) throw new Error('stop');
    };
    expect(() => reader.read(failAtSecond)).toThrow('stop');
    world.touch(entities[0]!, Speed);
    expect(changesOf(reader).map(([entity]) => entity)).toEqual([
      entities[2],
      entities[3],
      entities[0],
    ]);
  });

  it('goes on with all that exists after a visitor that threw', () => {
    const world = new World();
    const entities = spawnWithSpeed(world, 3);
    const reader = world.observe(Speed, { existing: true });
    const failAtSecond = (entity: Entity): void => {
      if (entity === entities[1]) throw new Error('stop');
    };
    expect(() => reader.read(failAtSecond)).toThrow('stop');
    expect(changesOf(reader)).toEqual([[entities[2], Change.added]]);
  });

  it('serves readers of different pace without growing with time', () => {
    const world = new World();
    const entities = spawnWithSpeed(world, 10);
    const eager = world.observe(Speed);
    const lazy = world.observe(Speed);
    const before = world.byteLength;
    for (let frame = 0; frame < 10_000; frame++) {
      world.touch(entities[frame % 10]!, Speed);
      expect(changesOf(eager)).toHaveLength(1);
    }
    expect(world.byteLength).toBe(before);
    expect(changesOf(lazy).map(([entity]) => entity)).toEqual(entities);
  });

  it('tells a slow reader that a component came or went, though a later write stands in for it', () => {
    const world = new World();
    const [entity] = spawnWithSpeed(world, 1) as [Entity];
    const eager = world.observe(Speed);
    const lazy = world.observe(Speed);
    const [fresh] = spawnWithSpeed(world, 1) as [Entity];
    world.despawn(entity);
    const heir = world.spawn();
    world.add(heir, Speed);
    expect(changesOf(eager)).toHaveLength(3);
    world.touch(heir, Speed);
    world.touch(fresh, Speed);
    expect(changesOf(eager)).toHaveLength(2);
    expect(changesOf(lazy)).toEqual([
      [entity, Change.removed],
      [heir, Change.added],
      [fresh, Change.added],
    ]);
  });

  it('tells of a removal that follows an unread write', () => {
    const world = new World();
    const [entity] = spawnWithSpeed(world, 1) as [Entity];
    const reader = world.observe(Speed);
    world.touch(entity, Speed);
    world.remove(entity, Speed);
    expect(changesOf(reader)).toEqual([[entity, Change.removed]]);
  });

  it('keeps nothing once it is disposed of, and twice is once', () => {
    const world = new World();
    const [entity] = spawnWithSpeed(world, 1) as [Entity];
    const before = world.byteLength;
    const reader = world.observe(Speed);
    world.touch(entity, Speed);
    reader.dispose();
    reader.dispose();
    expect(world.byteLength).toBe(before);
    const other = world.observe(Speed);
    world.touch(entity, Speed);
    expect(changesOf(other)).toEqual([[entity, Change.changed]]);
  });

  it('keeps an old change for a slow reader while another entity changes all the time', () => {
    const world = new World();
    const [old, busy] = spawnWithSpeed(world, 2) as [Entity, Entity];
    const eager = world.observe(Speed);
    const lazy = world.observe(Speed);
    world.touch(old, Speed);
    for (let frame = 0; frame < 1000; frame++) {
      world.touch(busy, Speed);
      changesOf(eager);
    }
    expect(changesOf(lazy).map(([entity]) => entity)).toEqual([old, busy]);
  });

  it('counts places anew without losing a change', () => {
    const entities = [1, 2, 3].map((index) => packEntity(index, 1));
    const log = new ChangeLog((index) => packEntity(index, 1), 500);
    const [eager, lazy] = [log.observe(8, false), log.observe(8, false)];
    for (let step = 0; step < 2000; step++) {
      const entity = entities[step % 3]!;
      log.markValue(entity);
      expect(changesOf(eager)).toEqual([[entity, Change.changed]]);
      if (step % 300 !== 299) continue;
      expect(changesOf(lazy).map(([each]) => each)).toEqual(entities);
      expect(changesOf(lazy)).toEqual([]);
    }
  });

  it('marks the members of a run', () => {
    const world = new World();
    const entities = spawnWithSpeed(world, 5);
    const reader = world.observe(Speed);
    world.touchRun(1, 3, Speed);
    expect(changesOf(reader).map(([entity]) => entity)).toEqual([entities[1], entities[2]]);
  });
});
