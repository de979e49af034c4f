import { createComponent, createSystem, type Entity, Types, World } from 'elics';
import { STEP_SECONDS, type Subject } from './subject.ts';

/** EliCS 3, its checks off. It has no change tracking by component. */
export function create(count: number): Subject {
  // Components are unique in the process and hold one world's data.
  const suffix = new URL(import.meta.url).search;
  const vector = (id: string) =>
    createComponent(id, { at: { type: Types.Vec3, default: [0, 0, 0] } });
  const world = new World({ entityCapacity: count * 2 + 1, checksOn: false });
  const Position = vector(`position${suffix}`);
  const Velocity = vector(`velocity${suffix}`);
  const Extra = vector(`extra${suffix}`);
  for (const component of [Position, Velocity, Extra]) world.registerComponent(component);
  class Move extends createSystem({ moving: { required: [Position, Velocity] } }) {
    override update(): void {
      const step = STEP_SECONDS;
      const position = Position.data.at;
      const velocity = Velocity.data.at;
      for (const entity of this.queries.moving.entities) {
        const row = entity.index * 3;
        position[row]! += velocity[row]! * step;
        position[row + 1]! += velocity[row + 1]! * step;
        position[row + 2]! += velocity[row + 2]! * step;
      }
    }
  }
  world.registerSystem(Move);
  const spawn = (): Entity => world.createEntity().addComponent(Position).addComponent(Velocity);
  const entities = Array.from({ length: count }, spawn);
  Velocity.data.at.fill(1);
  const spawned: Entity[] = [];
  return {
    label: 'elics',
    iterate: () => world.update(STEP_SECONDS, 0),
    addAndRemove() {
      for (const entity of entities) entity.addComponent(Extra);
      for (const entity of entities) entity.removeComponent(Extra);
    },
    spawnAndDespawn() {
      for (let i = 0; i < count; i++) spawned.push(spawn());
      for (const entity of spawned) entity.destroy();
      spawned.length = 0;
    },
  };
}
