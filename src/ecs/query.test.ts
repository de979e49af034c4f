import { describe, expect, it } from 'vitest';
import { defineComponent } from './component.ts';
import type { Entity } from './entity.ts';
import { World } from './world.ts';

const A = defineComponent('queryA', {});
const B = defineComponent('queryB', {});

function worldWith(count: number): { world: World; entities: Entity[] } {
  const world = new World();
  const entities = Array.from({ length: count }, () => {
    const entity = world.spawn();
    world.add(entity, A);
    return entity;
  });
  return { world, entities };
}

describe('Query', () => {
  it('is one for the same terms, in whatever order they are named', () => {
    const world = new World();
    expect(world.query({ all: [A, B] })).toBe(world.query({ all: [B, A, B] }));
    expect(world.query({ all: [A] })).not.toBe(world.query({ any: [A] }));
  });

  it('forEach leaves out what ceases to fit before its turn', () => {
    const { world, entities } = worldWith(5);
    const visited: Entity[] = [];
    world.query({ all: [A] }).forEach((entity) => {
      visited.push(entity);
      if (entity === entities[1]) world.despawn(entities[3]!);
      if (entity === entities[1]) world.remove(entities[0]!, A);
    });
    expect(visited).toEqual([entities[0], entities[1], entities[2], entities[4]]);
  });

  it('forEach leaves what begins to fit meanwhile for the next loop', () => {
    const { world } = worldWith(3);
    const query = world.query({ all: [A] });
    let visits = 0;
    query.forEach(() => {
      visits += 1;
      for (let i = 0; i < 2000; i++) world.add(world.spawn(), A);
    });
    expect(visits).toBe(3);
    expect(query.count).toBe(6003);
  });

  it('forEach does not visit another entity that took the index of one that died', () => {
    const { world, entities } = worldWith(3);
    const visited: Entity[] = [];
    world.query({ all: [A] }).forEach((entity) => {
      visited.push(entity);
      if (entity !== entities[0]) return;
      world.despawn(entities[2]!);
      world.add(world.spawn(), A);
    });
    expect(visited).toEqual([entities[0], entities[1]]);
  });

  it('forEach may loop over itself after a change, each loop over its own entities', () => {
    const { world, entities } = worldWith(3);
    const query = world.query({ all: [A] });
    const visited: number[] = [];
    query.forEach((entity) => {
      if (entity === entities[0]) world.remove(entities[1]!, A);
      let inner = 0;
      query.forEach(() => {
        inner += 1;
      });
      visited.push(inner);
    });
    expect(visited).toEqual([2, 2]);
    expect([...query.entities]).toEqual([entities[0], entities[2]]);
  });

  it('forEachRun keeps its runs while the world changes below it', () => {
    const { world, entities } = worldWith(100);
    world.remove(entities[40]!, A);
    const query = world.query({ all: [A] });
    const runs: number[][] = [];
    query.forEachRun((first, end) => {
      runs.push([first, end]);
      for (const entity of entities) world.remove(entity, A);
      query.forEachRun(() => expect.unreachable('nothing fits any more'));
    });
    expect(runs).toEqual([
      [0, 40],
      [41, 100],
    ]);
  });

  it('finds entities wherever their index is', () => {
    const { world, entities } = worldWith(500);
    const kept = entities.filter((_, at) => at % 97 === 3 || at >= 490);
    for (const entity of entities) if (!kept.includes(entity)) world.remove(entity, A);
    expect([...world.query({ all: [A] }).entities]).toEqual(kept);
  });

  it('forEachRun cuts long runs, and leaves nothing out', () => {
    const { world } = worldWith(5000);
    const runs: number[][] = [];
    world.query({ all: [A] }).forEachRun((first, end) => {
      runs.push([first, end]);
    });
    expect(runs).toEqual([
      [0, 2048],
      [2048, 4096],
      [4096, 5000],
    ]);
  });

  it('is usable again after a loop that threw', () => {
    const { world, entities } = worldWith(2);
    const query = world.query({ all: [A] });
    const fail = (): void => {
      throw new Error('stop');
    };
    expect(() => query.forEach(fail)).toThrow('stop');
    expect([...query.entities]).toEqual(entities);
  });

  it('F2: gives the same list, made once, as long as nothing begins or ceases to fit', () => {
    const { world, entities } = worldWith(10);
    const query = world.query({ all: [A] });
    const list = query.entities;
    world.add(entities[0]!, B);
    world.spawn();
    expect(query.entities).toBe(list);
    const { version } = query;
    world.despawn(entities[9]!);
    expect(query.version).not.toBe(version);
    expect(query.entities).toHaveLength(9);
  });
});
