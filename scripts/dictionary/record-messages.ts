import { doSomething } from '../../e2e/sim/random-commands.ts';
import type { SimPeer } from '../../e2e/sim/sim-peer.ts';
import { Simulation } from '../../e2e/sim/simulation.ts';
import { SIGNATURE_BYTES } from '../../src/commands/signing.ts';
import { decode, encode } from '../../src/protocol/codec.ts';
import type { Bytes } from '../../src/shared/bytes.ts';
import { seededRandom } from '../../src/shared/random.ts';

const PEOPLE = 3;
const STEPS = 240;
const STEP_MS = 60;

/**
 * The messages of a simulated session in which people do what people do: each packet as its author
 * submits it, as he is answered, and as the others get it. The same seed gives the same bytes.
 */
export async function recordMessages(seed: number): Promise<Bytes[]> {
  const simulation = await Simulation.create(seed);
  const peers: SimPeer[] = [];
  // Keys and names that no dictionary can know.
  for (let i = 0; i < PEOPLE; i++) peers.push(await simulation.peer({ author: `${seed} ${i}` }));
  await simulation.quiesce();
  const random = seededRandom(seed);
  for (let step = 0; step < STEPS; step++) {
    const peer = peers[random.below(PEOPLE)] as SimPeer;
    // People do the same thing several times in a row.
    const repeats = 1 + random.below(8);
    for (let i = 0; i < repeats; i++) doSomething(random, peer);
    await simulation.run(STEP_MS);
  }
  await simulation.quiesce();
  const records = await simulation.storage.readLog(simulation.sessionId, 0, 10_000);
  const signature = (): Bytes =>
    Uint8Array.from({ length: SIGNATURE_BYTES }, () => random.below(256));
  return records.flatMap(({ packet, judgement }) => {
    // The simulation's signatures are not as random as real ones.
    const signed = encode('Packet', { ...decode('Packet', packet), signature: signature() });
    const judged = encode('Judgement', {
      ...decode('Judgement', judgement),
      signature: signature(),
    });
    return messagesOf(signed, judged);
  });
}

function messagesOf(packet: Bytes, judgement: Bytes): Bytes[] {
  if (decode('PacketBody', decode('Packet', packet).body).entries === undefined) return [];
  return [
    encode('ClientMessage', { payload: { type: 'Submit', value: { packet } } }),
    encode('ServerMessage', { payload: { type: 'Judged', value: { judgement } } }),
    encode('ServerMessage', { payload: { type: 'Accepted', value: { judgement, packet } } }),
  ];
}
