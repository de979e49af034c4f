import { expect, it } from 'vitest';
import type { Clock } from '../shared/clock.ts';
import { Flags, Transform } from './components/index.ts';
import { type Entity, entityIndex } from './entity.ts';
import { Scheduler } from './schedule.ts';
import { World } from './world.ts';

const FRAMES = 200;
const WINDOWS = 12;
/** For what the measurement itself and the engine's compiler leave behind. */
const SLACK_BYTES = 64 * 1024;

class CountingClock implements Clock {
  #ticks = 0;
  now(): number {
    this.#ticks += 1;
    return this.#ticks;
  }
  wallTime(): number {
    return 0;
  }
  setTimer(): () => void {
    return () => undefined;
  }
}

/** A frame that moves, marks, reads and looks up everything, in a scene of this size. */
function createFrame(count: number): () => void {
  const world = new World();
  for (let i = 0; i < count; i++) world.add(world.spawn(), Transform);
  const moving = world.query({ all: [Transform], none: [Flags] });
  const columns = world.columns(Transform);
  const reader = world.observe(Transform);
  const scheduler = new Scheduler({ world, clock: new CountingClock() });
  const move = (entity: Entity): void => {
    columns.position[entityIndex(entity) * 3]! += 1;
    world.touch(entity, Transform);
  };
  const touchAll = (first: number, end: number): void => world.touchRun(first, end, Transform);
  let seen = 0;
  const look = (entity: Entity): void => {
    if (moving.has(entity)) seen += 1;
  };
  const access = { reads: [Flags], writes: [Transform] };
  const system = (name: string, run: () => void) => ({
    ...access,
    name,
    stage: 'simulation' as const,
    run,
  });
  scheduler.addSystem(system('move', () => moving.forEach(move)));
  scheduler.addSystem(system('touch', () => moving.forEachRun(touchAll)));
  scheduler.addSystem(system('read', () => reader.read(look)));
  return () => {
    scheduler.advance(1);
    scheduler.run('simulation');
    if (seen % count !== 0) throw new Error('Every entity is seen in every frame.');
  };
}

/** Heap and array buffers that some frames leave behind; less than nothing if garbage was collected. */
function garbageOf(frame: () => void): number {
  const before = process.memoryUsage();
  for (let i = 0; i < FRAMES; i++) frame();
  const after = process.memoryUsage();
  return after.heapUsed - before.heapUsed + after.arrayBuffers - before.arrayBuffers;
}

it('F2: a steady frame allocates nothing that grows with the scene', { timeout: 60_000 }, () => {
  const frame = createFrame(5000);
  const windows = Array.from({ length: WINDOWS }, () => garbageOf(frame));
  // Four bytes an entity would make 4 MB a window. A collection hides garbage in its window alone.
  const least = Math.min(...windows.filter((bytes) => bytes >= 0));
  expect(least).toBeLessThan(SLACK_BYTES);
});
