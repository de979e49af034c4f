import { describe, expect, it } from 'vitest';
import { Document } from '../../ecs/document/document.ts';
import { entityId } from '../../ecs/document/entity-id.ts';
import { NO_ENTITY } from '../../ecs/entity.ts';
import { Scheduler } from '../../ecs/schedule.ts';
import { type FrameSteps, frameSystems } from './frame-systems.ts';

const STEPS = [
  'presence',
  'headset',
  'flight',
  'input',
  'stores',
  'mirror',
  'scene',
  'surroundings',
  'hover',
] as const satisfies readonly (keyof FrameSteps)[];

function frameOf(overrides: Partial<FrameSteps> = {}) {
  const document = new Document();
  const done: string[] = [];
  const steps = Object.fromEntries(STEPS.map((step) => [step, () => void done.push(step)]));
  const schedule = new Scheduler({ world: document.world, strict: true });
  for (const system of frameSystems({ ...(steps as unknown as FrameSteps), ...overrides })) {
    schedule.addSystem(system);
  }
  const run = (): void => {
    schedule.advance(1 / 60);
    for (const stage of ['simulation', 'editor', 'render'] as const) schedule.run(stage);
  };
  const create = (): void => {
    const by = { lamport: 1, site: document.sites.intern('00'.repeat(8), 0) };
    document.create(entityId(by.site, 1), NO_ENTITY, 'a0', by);
  };
  return { schedule, done, run, create };
}

describe('the frame of the page', () => {
  it('F1: does its steps in the order of one list, each timed', () => {
    const { schedule, done, run } = frameOf();
    run();
    expect(done).toEqual(STEPS);
    const systems = schedule.timings().flatMap((stage) => stage.systems);
    expect(new Map(systems.map(({ name, runs }) => [name, runs]))).toEqual(
      new Map(STEPS.map((step) => [step, 1])),
    );
  });

  it('F1: a step that draws or shows and writes the document is caught', () => {
    for (const step of ['presence', 'stores', 'mirror', 'scene', 'hover'] as const) {
      let create = (): void => undefined;
      const frame = frameOf({ [step]: () => create() });
      create = frame.create;
      expect(frame.run, step).toThrow(/hierarchy/i);
    }
  });

  it('F1: input may write the document', () => {
    let create = (): void => undefined;
    const frame = frameOf({ input: () => create() });
    create = frame.create;
    expect(frame.run).not.toThrow();
  });
});
