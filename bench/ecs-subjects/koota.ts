import { createChanged, createWorld, type Entity, trait } from 'koota';
import { DIRTY_STEP, STEP_SECONDS, type Subject } from './subject.ts';

/** koota 0.6; `updateEach` is its usual loop and `useStores` its fast one. */
export function create(count: number): Subject {
  const Position = trait({ x: 0, y: 0, z: 0 });
  const Velocity = trait({ x: 1, y: 1, z: 1 });
  const Extra = trait({ x: 0, y: 0, z: 0 });
  const Changed = createChanged();
  const world = createWorld();
  const spawn = (): Entity => world.spawn(Position, Velocity);
  const entities = Array.from({ length: count }, spawn);
  const spawned: Entity[] = [];
  const step = STEP_SECONDS;
  let sum = 0;
  return {
    label: 'koota',
    iterate() {
      world.query(Position, Velocity).updateEach(
        ([position, velocity]) => {
          position.x += velocity.x * step;
          position.y += velocity.y * step;
          position.z += velocity.z * step;
        },
        { changeDetection: 'never' },
      );
    },
    iterateOtherwise: {
      useStores() {
        world.query(Position, Velocity).useStores(([position, velocity], list) => {
          for (const entity of list) {
            const id = entity.id();
            position.x[id]! += velocity.x[id]! * step;
            position.y[id]! += velocity.y[id]! * step;
            position.z[id]! += velocity.z[id]! * step;
          }
        });
      },
    },
    addAndRemove() {
      for (const entity of entities) entity.add(Extra);
      for (const entity of entities) entity.remove(Extra);
    },
    spawnAndDespawn() {
      for (let i = 0; i < count; i++) spawned.push(spawn());
      for (const entity of spawned) entity.destroy();
      spawned.length = 0;
    },
    trackChanges() {
      for (let i = 0; i < count; i += DIRTY_STEP) {
        const entity = entities[i]!;
        const { x, y, z } = entity.get(Position)!;
        entity.set(Position, { x: x + 1, y: y + 1, z: z + 1 });
      }
      for (const entity of world.query(Changed(Position))) sum += entity.get(Position)!.x;
      if (Number.isNaN(sum)) throw new Error('Positions are numbers.');
    },
  };
}
