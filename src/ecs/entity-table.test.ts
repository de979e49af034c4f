import { describe, expect, it } from 'vitest';
import { type Entity, entityGeneration, entityIndex, MAX_GENERATION, NO_ENTITY } from './entity.ts';
import { World } from './world.ts';

/** The largest small integer where pointers are compressed. */
const LARGEST_SMI = 2 ** 30 - 1;

describe('entity handles', () => {
  it('never come back with another meaning: a worn-out index is retired', () => {
    const world = new World({ capacity: 1 });
    const seen = new Set<Entity>();
    const uses = MAX_GENERATION * 3 + 5;
    for (let i = 0; i < uses; i++) {
      const entity = world.spawn();
      seen.add(entity);
      expect(entity).toBeLessThanOrEqual(LARGEST_SMI);
      world.despawn(entity);
    }
    expect(seen.size).toBe(uses);
    expect(world.indexEnd).toBe(4);
    expect([...seen].some((entity) => world.isAlive(entity))).toBe(false);
  });

  it('use freed indices again in the order in which they were freed', () => {
    const world = new World();
    const [first, second, third] = [world.spawn(), world.spawn(), world.spawn()];
    world.despawn(second);
    world.despawn(third);
    world.despawn(first);
    const indices = [world.spawn(), world.spawn(), world.spawn(), world.spawn()].map(entityIndex);
    expect(indices).toEqual([1, 2, 0, 3]);
  });

  it('tell a dead entity from the living one at its index', () => {
    const world = new World();
    const dead = world.spawn();
    world.despawn(dead);
    const living = world.spawn();
    expect(entityIndex(living)).toBe(entityIndex(dead));
    expect(entityGeneration(living)).toBe(entityGeneration(dead) + 1);
    expect(world.isAlive(dead)).toBe(false);
    expect(world.despawn(dead)).toBe(false);
    expect(world.entityAtIndex(entityIndex(dead))).toBe(living);
  });

  it('that are not handles are not alive', () => {
    const world = new World();
    world.spawn();
    for (const value of [NO_ENTITY, -1, ~(1 << 20), 2 ** 31, 0.5, Number.NaN]) {
      expect(world.isAlive(value as Entity)).toBe(false);
    }
  });

  it('run out with an error that says so, and nothing else is lost', () => {
    const world = new World({ capacity: 2 ** 20 });
    const last = 2 ** 20 - 1;
    for (let i = 0; i < last; i++) world.spawn();
    expect(() => world.spawn()).toThrow(expect.objectContaining({ code: 'world-full' }));
    world.despawn(world.entityAtIndex(7));
    expect(entityIndex(world.spawn())).toBe(7);
    expect(world.entityCount).toBe(last);
  });
});
