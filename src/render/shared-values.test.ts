import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Material, Primitive } from '../ecs/components/index.ts';
import { World } from '../ecs/world.ts';
import { SharedValues } from './shared-values.ts';

describe('values that many have', () => {
  it('are one object while they are equal, and another as soon as they are not', () => {
    const world = new World();
    const shared = new SharedValues(world, Primitive);
    const [a, b] = [world.spawn(), world.spawn()];
    expect(shared.get(a)).toBeUndefined();
    for (const each of [a, b]) world.add(each, Primitive, { kind: 'cone', height: 3 });
    expect(shared.get(a)).toEqual(world.get(a, Primitive));
    expect(shared.get(b)).toBe(shared.get(a));
    const before = shared.get(b);
    world.set(b, Primitive, { height: 4 });
    expect(shared.get(b)).toEqual(world.get(b, Primitive));
    expect(before).toEqual(world.get(a, Primitive));
    world.set(b, Primitive, { height: 3 });
    expect(shared.get(b)).toBe(shared.get(a));
  });

  it('are always what the world says, however many there are', () => {
    const color = fc.constantFrom([1, 0, 0, 1] as const, [0, 0.5, 1, 1] as const);
    const write = fc.record({
      at: fc.nat(29),
      value: fc.record({
        color,
        roughness: fc.nat(20).map((n) => n / 20),
        doubleSided: fc.boolean(),
      }),
    });
    fc.assert(
      fc.property(fc.array(write, { maxLength: 80 }), (writes) => {
        const world = new World({ capacity: 32 });
        const shared = new SharedValues(world, Material);
        const entities = Array.from({ length: 30 }, () => world.spawn());
        for (const { at, value } of writes) {
          world.add(entities[at]!, Material, value);
          for (const each of entities) expect(shared.get(each)).toEqual(world.get(each, Material));
        }
      }),
      { numRuns: 40 },
    );
  });
});
