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
const SESSION_ID_BYTES = 16;
/** Sessions are of any of some years, in ms since the epoch. */
const FIRST_TIME = 1.75e12;
const SPAN_OF_TIMES = 2e11;

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
  const bytes = (length: number): Bytes => Uint8Array.from({ length }, () => random.below(256));
  // What the simulation has alike in all sessions, or less random than it is: nobody may learn it.
  const session = bytes(SESSION_ID_BYTES);
  const epoch = random.below(2 ** 32);
  const began = FIRST_TIME + random.below(SPAN_OF_TIMES);
  return records.flatMap(({ packet, judgement }) => {
    const signed = decode('Packet', packet);
    const judged = decode('Judgement', judgement);
    const body = decode('JudgementBody', judged.body);
    const time = began + body.time;
    return messagesOf(
      encode('Packet', {
        body: encode('PacketBody', { ...decode('PacketBody', signed.body), session }),
        signature: bytes(SIGNATURE_BYTES),
      }),
      encode('Judgement', {
        body: encode('JudgementBody', { ...body, session, epoch, time }),
        signature: bytes(SIGNATURE_BYTES),
      }),
    );
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
