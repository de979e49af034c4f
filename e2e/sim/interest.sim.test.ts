import { describe, expect, it } from 'vitest';
import { CAPABILITIES, PRESENCE_BATCH } from '../../src/commands/capabilities.ts';
import type { Presence } from '../../src/protocol/generated/types.ts';
import type { SimPeer } from './sim-peer.ts';
import { Simulation } from './simulation.ts';
import { create } from './two-people.ts';

function at(x: number, tick: number): Omit<Presence, 'peer'> {
  const view = { position: { x, y: 1, z: 0 }, rotation: { x: 0, y: 0, z: 0, w: 1 } };
  return { tick, fov: 50, view };
}

/** What a peer is shown from now on: of whom, and the tick. */
function seenBy(peer: SimPeer): { peer: number; tick: number }[] {
  const seen: { peer: number; tick: number }[] = [];
  peer.session.onPresence = ({ peer: id, tick }) => seen.push({ peer: id, tick });
  return seen;
}

async function people(places: readonly number[], release = {}) {
  const simulation = await Simulation.create(4);
  const peers: SimPeer[] = [];
  for (const [i] of places.entries()) {
    peers.push(await simulation.peer({ author: `person ${i}`, release }));
  }
  await simulation.quiesce();
  let tick = 0;
  const show = async (rounds: number): Promise<void> => {
    for (let round = 0; round < rounds; round++) {
      tick += 1;
      for (const [i, peer] of peers.entries()) peer.session.sendPresence(at(places[i] ?? 0, tick));
      await simulation.run(50);
    }
  };
  return { simulation, peers, show };
}

describe('R3: a room shows its peers to each other', () => {
  it.each([
    ['together in messages', CAPABILITIES],
    [
      'one by one to who cannot take several',
      CAPABILITIES.filter((each) => each !== PRESENCE_BATCH),
    ],
  ])('%s: the near ones at once, the far ones now and then', async (_, capabilities) => {
    const { simulation, peers, show } = await people([0, 5, 8, 5000], { capabilities });
    const [anna, bert, carl, dora] = peers as [SimPeer, SimPeer, SimPeer, SimPeer];
    const seen = seenBy(anna);
    await show(60);
    const of = (peer: SimPeer) => seen.filter((each) => each.peer === peer.session.peer);
    expect(of(bert).length).toBeGreaterThan(50);
    expect(of(carl).length).toBeGreaterThan(50);
    // Three seconds: the first, and one each second.
    expect(of(dora).length).toBeLessThanOrEqual(5);
    // A datagram may be lost: pages say it again when nothing moves.
    for (let i = 0; i < 4; i++) {
      await show(1);
      await simulation.run(2000);
    }
    for (const peer of [bert, carl, dora]) expect(of(peer).at(-1)?.tick).toBeGreaterThan(60);
  });

  it('without an effect on the document: who is far has what was edited as soon as others', async () => {
    const { simulation, peers, show } = await people([0, 9000]);
    const [anna, bert] = peers as [SimPeer, SimPeer];
    const before = bert.hash;
    create(anna, { name: 'Box' });
    await show(3);
    await simulation.quiesce();
    expect(bert.hash).not.toBe(before);
    expect(bert.hash).toBe(anna.hash);
  });

  it('to who comes: where everybody was last', async () => {
    const { simulation, peers, show } = await people([0, 3]);
    await show(2);
    const late = await simulation.peer({ author: 'late' });
    const seen = seenBy(late);
    await simulation.run(3000);
    expect(new Set(seen.map(({ peer }) => peer))).toEqual(
      new Set(peers.map(({ session }) => session.peer)),
    );
  });
});
