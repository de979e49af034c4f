import { describe, expect, it } from 'vitest';
import { Simulation } from './simulation.ts';

describe('a session of two', () => {
  it('O2: what one makes the other has, and the server too', async () => {
    const simulation = await Simulation.create(1);
    const anna = await simulation.peer({ author: 'anna' });
    const bert = await simulation.peer({ author: 'bert' });
    await simulation.quiesce();
    const { seq } = anna.session;
    const made = anna.pipeline.execute('entity.create', {
      name: 'Box',
      components: { primitive: { kind: 'box' } },
    });
    const { entity } = made.result as { entity: string };
    anna.pipeline.execute('transform.set', { entity, position: [1, 2, 3] });
    await simulation.quiesce();
    expect(await made.outcome).toMatchObject({ status: 'accepted', seq: seq + 1 });
    expect(bert.hash).toBe(anna.hash);
    expect(await simulation.serverHash()).toBe(anna.hash);
    const late = await simulation.peer({ author: 'carl' });
    await simulation.quiesce();
    expect(late.hash).toBe(anna.hash);
  });
});
