import { describe, expect, it } from 'vitest';
import type { Clock } from '../shared/clock.ts';
import type { Component } from './component.ts';
import { Name, Transform } from './components/index.ts';
import type { Entity } from './entity.ts';
import { type FrameContext, Scheduler, type SlowSystem, type Stage } from './schedule.ts';
import { World } from './world.ts';

class ManualClock implements Clock {
  time = 0;
  now(): number {
    return this.time;
  }
  wallTime(): number {
    return this.time;
  }
  pass(ms: number): void {
    this.time += ms;
  }
  setTimer(): () => void {
    return () => undefined;
  }
}

function idle(name: string, stage: Stage, run: (context: FrameContext) => void = () => undefined) {
  return { name, stage, reads: [], writes: [], run };
}

describe('Scheduler', () => {
  it('F1: runs the systems of a stage in the order of one readable list', () => {
    const scheduler = new Scheduler({ world: new World() });
    const ran: string[] = [];
    const names = ['move', 'collide', 'draw', 'pick', 'load'];
    const stages: Stage[] = ['simulation', 'simulation', 'render', 'editor', 'startup'];
    for (const [at, name] of names.entries()) {
      scheduler.addSystem(idle(name, stages[at]!, () => ran.push(name)));
    }
    expect(scheduler.order()).toEqual({
      startup: ['load'],
      simulation: ['move', 'collide'],
      render: ['draw'],
      editor: ['pick'],
    });
    scheduler.run('simulation');
    scheduler.run('editor');
    expect(ran).toEqual(['move', 'collide', 'pick']);
  });

  it('gives systems the frame and its times', () => {
    const scheduler = new Scheduler({ world: new World() });
    const seen: number[][] = [];
    scheduler.addSystem(
      idle('watch', 'simulation', ({ frame, deltaSeconds, elapsedSeconds }) => {
        seen.push([frame, deltaSeconds, elapsedSeconds]);
      }),
    );
    for (const delta of [0.5, 0.25]) {
      scheduler.advance(delta);
      scheduler.run('simulation');
    }
    expect(seen).toEqual([
      [1, 0.5, 0.5],
      [2, 0.25, 0.75],
    ]);
  });

  it('refuses a name that is taken, in any stage, until it is free again', () => {
    const scheduler = new Scheduler({ world: new World() });
    const remove = scheduler.addSystem(idle('draw', 'render'));
    const again = (): (() => void) => scheduler.addSystem(idle('draw', 'editor'));
    expect(again).toThrow(expect.objectContaining({ code: 'duplicate-system' }));
    remove();
    again();
    expect(scheduler.order()).toMatchObject({ render: [], editor: ['draw'] });
  });

  it('names the system that failed and keeps the cause', () => {
    const scheduler = new Scheduler({ world: new World() });
    const cause = new Error('no device');
    scheduler.addSystem(
      idle('draw', 'render', () => {
        throw cause;
      }),
    );
    const failure = { code: 'system-failed', message: 'System "draw" failed: no device', cause };
    expect(() => scheduler.run('render')).toThrow(expect.objectContaining(failure));
  });

  it('F1: times each system and each stage, on average over the last 120 runs', () => {
    const clock = new ManualClock();
    const scheduler = new Scheduler({ world: new World(), clock });
    let cost = 3;
    scheduler.addSystem(idle('a', 'simulation', () => clock.pass(cost)));
    scheduler.addSystem(idle('b', 'simulation', () => clock.pass(1)));
    scheduler.run('simulation');
    cost = 2;
    for (let i = 0; i < 119; i++) scheduler.run('simulation');
    const simulation = scheduler.timings().find((each) => each.name === 'simulation')!;
    const [a, b] = simulation.systems;
    expect(a).toMatchObject({ name: 'a', runs: 120, lastMs: 2, maxMs: 3 });
    expect(a!.averageMs).toBeCloseTo(2 + 1 / 120, 10);
    expect(b).toMatchObject({ name: 'b', averageMs: 1 });
    expect(simulation).toMatchObject({ runs: 120, lastMs: 3, maxMs: 4 });
    scheduler.run('simulation');
    expect(scheduler.timings()[1]!.systems[0]).toMatchObject({ averageMs: 2, maxMs: 2 });
  });

  it('F1: warns of a slow system by name, at most once in an interval', () => {
    const clock = new ManualClock();
    const scheduler = new Scheduler({
      world: new World(),
      clock,
      budgetMs: 4,
      slowReportIntervalMs: 100,
    });
    const slow: SlowSystem[] = [];
    const stop = scheduler.onSlow((each) => slow.push(each));
    scheduler.addSystem(idle('fast', 'render', () => clock.pass(4)));
    scheduler.addSystem({
      ...idle('slow', 'render', () => clock.pass(11)),
      budgetMs: 10,
    });
    scheduler.run('render');
    scheduler.run('render');
    expect(slow).toEqual([
      { system: 'slow', stage: 'render', lastMs: 11, averageMs: 11, budgetMs: 10 },
    ]);
    clock.time += 100;
    scheduler.run('render');
    expect(slow).toHaveLength(2);
    stop();
    clock.time += 100;
    scheduler.run('render');
    expect(slow).toHaveLength(2);
  });
});

describe('a strict Scheduler', () => {
  function strict(
    access: { reads: readonly Component[]; writes: readonly Component[] },
    body: (world: World, entity: Entity) => void,
  ): () => void {
    const world = new World({ capacity: 32 });
    const entity = world.spawn();
    world.add(entity, Transform);
    world.add(entity, Name);
    const scheduler = new Scheduler({ world, strict: true });
    scheduler.addSystem({
      name: 'culprit',
      stage: 'simulation',
      ...access,
      run: () => body(world, entity),
    });
    return () => scheduler.run('simulation');
  }

  const readOnly = { reads: [Transform], writes: [Name] };
  const violations: [string, (world: World, entity: Entity) => void, string][] = [
    ['set', (world, entity) => world.set(entity, Transform, { scale: [2, 2, 2] }), 'transform'],
    ['add', (world, entity) => world.add(entity, Transform), 'transform'],
    ['remove', (world, entity) => world.remove(entity, Transform), 'transform'],
    ['despawn', (world, entity) => world.despawn(entity), 'transform'],
    ['touch', (world, entity) => world.touch(entity, Transform), 'transform'],
    ['touchRun', (world) => world.touchRun(0, 1, Transform), 'transform'],
    [
      'a column',
      (world) => {
        world.columns(Transform).position[1] = 5;
      },
      'transform.position',
    ],
    [
      'a column, and a growing world',
      (world) => {
        world.columns(Transform).scale[0] = 7;
        for (let i = 0; i < 100; i++) world.spawn();
      },
      'transform.scale',
    ],
  ];

  it.each(violations)(
    'F1: names the system that writes by %s what it may only read',
    (_, body, what) => {
      const message = expect.stringMatching(`System "culprit" writes ${what},`);
      const violation = expect.objectContaining({ code: 'read-only-violation', message });
      expect(strict(readOnly, body)).toThrow(violation);
    },
  );

  it('F1: names it also when the system swallows the error', () => {
    const swallow = (world: World, entity: Entity): void => {
      try {
        world.remove(entity, Transform);
      } catch (thrown) {
        expect(thrown).toBeInstanceOf(Error);
      }
    };
    const violation = expect.objectContaining({ code: 'read-only-violation' });
    expect(strict(readOnly, swallow)).toThrow(violation);
  });

  it('F1: catches a read that was not declared', () => {
    const violation = expect.objectContaining({ code: 'undeclared-read' });
    const nameOnly = { reads: [], writes: [Name] };
    expect(strict(nameOnly, (world) => world.columns(Transform))).toThrow(violation);
    expect(strict(nameOnly, (world, entity) => world.get(entity, Transform))).toThrow(violation);
  });

  it('lets a system do all that it declared', () => {
    const body = (world: World, entity: Entity): void => {
      const { position } = world.columns(Transform);
      world.set(entity, Name, { value: String(position[0]) });
      world.columns(Name).value[0] = 'direct';
      world.touch(entity, Name);
      world.add(world.spawn(), Name);
    };
    expect(strict(readOnly, body)).not.toThrow();
  });

  it('is no guard outside of systems', () => {
    const world = new World();
    const scheduler = new Scheduler({ world, strict: true });
    scheduler.addSystem(idle('none', 'simulation'));
    scheduler.run('simulation');
    expect(() => world.add(world.spawn(), Transform)).not.toThrow();
  });
});
