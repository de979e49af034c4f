import { defineComponent } from '../../src/ecs/component.ts';
import { type Entity, entityIndex } from '../../src/ecs/entity.ts';
import { vec3 } from '../../src/ecs/fields.ts';
import { World } from '../../src/ecs/world.ts';
import { DIRTY_STEP, STEP_SECONDS, type Subject } from './subject.ts';

export const Position = defineComponent('benchPosition', { at: vec3() });
export const Velocity = defineComponent('benchVelocity', { by: vec3([1, 1, 1]) });
const Extra = defineComponent('benchExtra', { value: vec3() });

/** A world of moving entities; without a capacity, it grows from the default one. */
export function createThetaWorld(
  count: number,
  capacity?: number,
): { world: World; entities: Entity[] } {
  const world = new World(capacity === undefined ? {} : { capacity });
  const entities = Array.from({ length: count }, () => {
    const entity = world.spawn();
    world.add(entity, Position);
    world.add(entity, Velocity);
    return entity;
  });
  return { world, entities };
}

/** With room for all entities from the start: the columns are never replaced. */
export function create(count: number): Subject {
  const { world, entities } = createThetaWorld(count, count * 2);
  const moving = world.query({ all: [Position, Velocity] });
  const positions = world.columns(Position);
  const velocities = world.columns(Velocity);
  const spawned: Entity[] = [];
  const step = STEP_SECONDS;
  let sum = 0;
  const moveRun = (first: number, end: number): void => {
    const position = positions.at;
    const velocity = velocities.by;
    const stop = end * 3;
    for (let row = first * 3; row < stop; row += 3) {
      position[row]! += velocity[row]! * step;
      position[row + 1]! += velocity[row + 1]! * step;
      position[row + 2]! += velocity[row + 2]! * step;
    }
  };
  const moved = world.observe(Position);
  const visitMoved = (entity: Entity): void => {
    sum += positions.at[entityIndex(entity) * 3]!;
  };
  return {
    label: 'theta',
    iterate: () => moving.forEachRun(moveRun),
    iterateOtherwise: {
      'by handles'() {
        const { entities: list } = moving;
        const position = positions.at;
        const velocity = velocities.by;
        for (let i = 0; i < list.length; i++) {
          const row = entityIndex(list[i]!) * 3;
          position[row]! += velocity[row]! * step;
          position[row + 1]! += velocity[row + 1]! * step;
          position[row + 2]! += velocity[row + 2]! * step;
        }
      },
    },
    addAndRemove() {
      for (const entity of entities) world.add(entity, Extra);
      for (const entity of entities) world.remove(entity, Extra);
    },
    spawnAndDespawn() {
      for (let i = 0; i < count; i++) {
        const entity = world.spawn();
        world.add(entity, Position);
        world.add(entity, Velocity);
        spawned.push(entity);
      }
      for (const entity of spawned) world.despawn(entity);
      spawned.length = 0;
    },
    trackChanges() {
      const position = positions.at;
      for (let i = 0; i < count; i += DIRTY_STEP) {
        const entity = entities[i]!;
        const row = entityIndex(entity) * 3;
        position[row]! += 1;
        position[row + 1]! += 1;
        position[row + 2]! += 1;
        world.touch(entity, Position);
      }
      moved.read(visitMoved);
      if (Number.isNaN(sum)) throw new Error('Positions are numbers.');
    },
  };
}
