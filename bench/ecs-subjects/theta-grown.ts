import { defineComponent } from '../../src/ecs/component.ts';
import { vec3 } from '../../src/ecs/fields.ts';
import { World } from '../../src/ecs/world.ts';
import { STEP_SECONDS, type Subject } from './subject.ts';

// Names of their own: a column that was ever replaced is no constant in any object of the same shape.
const Place = defineComponent('benchPlace', { grownPlace: vec3() });
const Speed = defineComponent('benchSpeed', { grownSpeed: vec3([1, 1, 1]) });

/** A world that began small, so that its columns were replaced by larger ones. It only iterates. */
export function create(count: number): Subject {
  const world = new World();
  for (let i = 0; i < count; i++) {
    const entity = world.spawn();
    world.add(entity, Place);
    world.add(entity, Speed);
  }
  const moving = world.query({ all: [Place, Speed] });
  const places = world.columns(Place);
  const speeds = world.columns(Speed);
  const step = STEP_SECONDS;
  const moveRun = (first: number, end: number): void => {
    const place = places.grownPlace;
    const speed = speeds.grownSpeed;
    const stop = end * 3;
    for (let row = first * 3; row < stop; row += 3) {
      place[row]! += speed[row]! * step;
      place[row + 1]! += speed[row + 1]! * step;
      place[row + 2]! += speed[row + 2]! * step;
    }
  };
  return { label: 'theta, grown', iterate: () => moving.forEachRun(moveRun) };
}
