import {
  addComponent,
  addEntity,
  createWorld,
  observe,
  onSet,
  query,
  removeComponent,
  removeEntity,
  setComponent,
} from 'bitecs';
import { DIRTY_STEP, STEP_SECONDS, type Subject } from './subject.ts';

interface Vector {
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly z: Float32Array;
}

interface Point {
  readonly x: number;
  readonly y: number;
  readonly z: number;
}

function vectorOf(capacity: number): Vector {
  const axis = (): Float32Array => new Float32Array(capacity);
  return { x: axis(), y: axis(), z: axis() };
}

/** bitECS 0.4 with typed arrays as stores; changes by its `onSet` observer. */
export function create(count: number): Subject {
  const capacity = count * 2 + 2;
  const [Position, Velocity, Extra] = [vectorOf(capacity), vectorOf(capacity), vectorOf(capacity)];
  const world = createWorld();
  const spawn = (): number => {
    const entity = addEntity(world);
    addComponent(world, entity, Position);
    addComponent(world, entity, Velocity);
    return entity;
  };
  const entities = Array.from({ length: count }, spawn);
  for (const axis of [Velocity.x, Velocity.y, Velocity.z]) axis.fill(1);
  query(world, [Position, Velocity]);
  const spawned: number[] = [];
  const step = STEP_SECONDS;
  const changed: number[] = [];
  let sum = 0;
  let tracking = false;
  observe(world, onSet(Position), (entity: number, { x, y, z }: Point) => {
    Position.x[entity] = x;
    Position.y[entity] = y;
    Position.z[entity] = z;
    if (tracking) changed.push(entity);
  });
  return {
    label: 'bitecs',
    iterate() {
      const { x, y, z } = Position;
      const { x: vx, y: vy, z: vz } = Velocity;
      for (const entity of query(world, [Position, Velocity])) {
        x[entity]! += vx[entity]! * step;
        y[entity]! += vy[entity]! * step;
        z[entity]! += vz[entity]! * step;
      }
    },
    addAndRemove() {
      for (const entity of entities) addComponent(world, entity, Extra);
      for (const entity of entities) removeComponent(world, entity, Extra);
    },
    spawnAndDespawn() {
      for (let i = 0; i < count; i++) spawned.push(spawn());
      for (const entity of spawned) removeEntity(world, entity);
      spawned.length = 0;
    },
    trackChanges() {
      tracking = true;
      for (let i = 0; i < count; i += DIRTY_STEP) {
        const entity = entities[i]!;
        const { x, y, z } = Position;
        const moved = { x: x[entity]! + 1, y: y[entity]! + 1, z: z[entity]! + 1 };
        setComponent(world, entity, Position, moved);
      }
      tracking = false;
      for (const entity of changed) sum += Position.x[entity]!;
      changed.length = 0;
      if (Number.isNaN(sum)) throw new Error('Positions are numbers.');
    },
  };
}
