import { describe, expect, it } from 'vitest';
import { RUNGS } from '../../src/transport/transport.ts';
import { auditLog } from './audit.ts';
import { doSomething } from './random-commands.ts';
import type { SimPeer } from './sim-peer.ts';
import type { SimWays } from './sim-ways.ts';
import { Simulation } from './simulation.ts';

const SEEDS = 6;
/** Of simulated time, in which rungs come and go. */
const STORM_MS = 30_000;
const STEP_MS = 40;

async function enter(simulation: Simulation, author: string): Promise<[SimPeer, SimWays]> {
  const peer = await simulation.peer({ author });
  return [peer, peer.ways];
}

describe('T2: the ladder under a session', () => {
  it('leaves a dead rung within 3 s and takes it again, in the middle of two drags', async () => {
    const simulation = await Simulation.create(1);
    const [anna, hers] = await enter(simulation, 'anna');
    const [bert] = await enter(simulation, 'bert');
    await simulation.quiesce();
    const { result } = anna.pipeline.execute('entity.create', {});
    const { entity } = result as { entity: string };
    await simulation.quiesce();
    const others: number[] = [];
    const follow = bert.session.onChange;
    bert.session.onChange = () => {
      follow();
      others.push(bert.session.peers.all.length);
    };
    let moves = 0;
    const drag = (peer: SimPeer): void => {
      moves += 1;
      void peer.does(peer.pipeline.execute('transform.set', { entity, position: [moves, 0, 0] }));
    };
    const dragFor = async (ms: number): Promise<void> => {
      for (let at = 0; at < ms; at += STEP_MS) {
        drag(anna);
        drag(bert);
        await simulation.run(STEP_MS);
      }
    };
    await dragFor(500);
    hers.dies('webtransport');
    await dragFor(3_000);
    expect(anna.session.transport).toBe('webrtc');
    expect(anna.session.status).toBe('connected');
    hers.lives('webtransport');
    await dragFor(10_000);
    expect(anna.session.transport).toBe('webtransport');
    // To Bert she has never been away, and is seen to be where she is.
    expect(new Set(others)).toEqual(new Set([1]));
    expect(bert.session.peers.all[0]?.transport).toBe('webtransport');
    await simulation.quiesce();
    expect(anna.hash).toBe(bert.hash);
    expect(anna.hash).toBe(await simulation.serverHash());
    const verdicts = [...anna.outcomes, ...bert.outcomes];
    expect(verdicts).toHaveLength(moves);
    expect(verdicts.filter(({ status }) => status === 'rejected')).toEqual([]);
    expect(anna.notices.filter((code) => code !== 'changed_since')).toEqual([]);
  });

  it.each(Array.from({ length: SEEDS }, (_, i) => i + 1))(
    'loses and doubles nothing while rungs come and go (seed %i)',
    async (seed) => {
      const simulation = await Simulation.create(seed);
      const { random } = simulation;
      const crew = [
        await enter(simulation, 'anna'),
        await enter(simulation, 'bert'),
        await enter(simulation, 'cleo'),
      ];
      await simulation.quiesce();
      for (let at = 0; at < STORM_MS; at += STEP_MS) {
        const [peer, ways] = crew[random.below(crew.length)]!;
        doSomething(random, peer);
        if (random.below(40) === 0) ways.dies(RUNGS[random.below(2)]!);
        if (random.below(20) === 0) ways.lives(RUNGS[random.below(2)]!);
        await simulation.run(STEP_MS);
      }
      for (const [, ways] of crew) for (const rung of RUNGS) ways.lives(rung);
      await simulation.quiesce();
      const { storage, blobs, sessionId } = simulation;
      const audit = await auditLog(storage, blobs, sessionId);
      expect(audit.faults).toEqual([]);
      expect(new Set(audit.taken).size, 'each once').toBe(audit.taken.length);
      for (const [peer] of crew) {
        expect(`${peer.name} ${peer.hash}`).toBe(`${peer.name} ${audit.hash}`);
        const acknowledged = peer.outcomes.filter(({ status }) => status === 'accepted');
        expect(acknowledged.filter(({ id }) => !audit.taken.includes(id))).toEqual([]);
      }
    },
  );
});
